package directory

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// A Loader puts accounts that the platform has already into the directory.
type Loader struct {
	by       provision.Author
	carriers map[string]*change.Carrier     // by id of the organization
	brands   map[string]string              // id → slug
	rights   *rights                        // nil where everything may be written
	limits   map[string]map[record.Kind]int // seats of the plans, by id of the organization
}

// seatless says which rows of a chunk, by their places in it, would take more seats than
// the plan of their organization has: those that come last.
type seatless struct {
	*provision.PlanLimitError
	rows map[int]bool
}

// NewLoader makes a loader for accounts of these organizations.
func NewLoader(organizations []provision.Organization, by provision.Author, newID func() string) *Loader {
	l := &Loader{by: by, carriers: map[string]*change.Carrier{}, brands: map[string]string{}, limits: map[string]map[record.Kind]int{}}
	for _, o := range organizations {
		if limits := o.Limits(); len(limits) > 0 {
			l.limits[o.ID] = limits
		}
		l.carriers[o.ID] = linkless(o, newID)
		for _, b := range o.Brands {
			l.brands[b.ID] = b.Slug
		}
	}
	return l
}

// Load loads a chunk of accounts in one transaction and says what became of
// them; compareAccounts has the rules. It fails with ErrMoved where others were
// faster time and again, or where the id of a new account is somebody's.
func (l *Loader) Load(ctx context.Context, w provision.Writer, accounts []Account) (provision.LoadCounts, error) {
	var counts provision.LoadCounts
	err := provision.Retry(func() error {
		return w.InTx(ctx, func(tx provision.Tx) (err error) {
			counts, err = l.load(ctx, tx, accounts)
			return err
		})
	})
	if err != nil {
		return provision.LoadCounts{}, fmt.Errorf("loading accounts: %w", err)
	}
	return counts, nil
}

func (l *Loader) load(ctx context.Context, tx provision.Tx, accounts []Account) (provision.LoadCounts, error) {
	found, holdings, err := lookUp(ctx, tx, accounts)
	if err != nil {
		return provision.LoadCounts{}, err
	}
	c := compareAccounts(accounts, found, holdings, l.brands, l.rights)
	write := func() error {
		return errors.Join(l.carry(ctx, tx, c.steps, c.counts.Added), l.carry(ctx, tx, c.later, c.counts.Added))
	}
	for _, organization := range slices.Sorted(maps.Keys(l.limits)) {
		limits, inner := l.limits[organization], write
		write = func() error {
			err := provision.WithinSeats(ctx, tx, organization, limits, slices.Sorted(maps.Keys(limits)), inner)
			if full, is := errors.AsType[*provision.PlanLimitError](err); is && !isSeatless(err) {
				return &seatless{full, c.last(organization, full)}
			}
			return err
		}
	}
	if err := write(); err != nil {
		return provision.LoadCounts{}, err
	}
	return c.counts, nil
}

func isSeatless(err error) bool {
	_, is := errors.AsType[*seatless](err)
	return is
}

// last are the rows of as many of the last people who would take a seat as there are too
// many.
func (c *comparison) last(organization string, full *provision.PlanLimitError) map[int]bool {
	rows := map[int]bool{}
	over := full.Over
	for _, s := range slices.Backward(slices.Concat(c.steps, c.later)) {
		joins := func(c change.Change) bool {
			join, is := c.(change.Join)
			return is && join.Kind == full.Kind
		}
		if over == 0 || s.organization != organization || !slices.ContainsFunc(s.Changes, joins) {
			continue
		}
		over--
		for _, row := range s.rows {
			rows[row] = true
		}
	}
	return rows
}

// carry writes steps in one batch, about so many of which make an account.
func (l *Loader) carry(ctx context.Context, tx provision.Tx, steps []*placedStep, made int) error {
	if len(steps) == 0 {
		return nil
	}
	b := change.NewBatch(l.by, made)
	for _, s := range steps {
		carrier, there := l.carriers[s.organization]
		if !there {
			return fmt.Errorf("there is no organization %s", s.organization)
		}
		if _, err := carrier.Carry(&b, s.Step, s.Seen(0, "")); err != nil {
			return err
		}
	}
	return tx.Apply(ctx, b)
}

// lookUp reads who owns the keys of a chunk, and what has to be known of them.
func lookUp(ctx context.Context, tx provision.Tx, accounts []Account) ([]provision.Found, []provision.Holding, error) {
	var asked []identity.Key
	for _, d := range accounts {
		asked = append(asked, accountKeys(d)...)
	}
	found, err := tx.Resolve(ctx, asked, nil)
	if err != nil || len(found) == 0 {
		return nil, nil, err
	}
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Account)
	}
	for _, d := range accounts {
		if d.Before != "" && d.Email.IsZero() {
			ids = append(ids, d.Before)
		}
	}
	holdings, err := tx.Holdings(ctx, ids)
	return found, holdings, err
}

// linkless carries steps that issue no links.
func linkless(o provision.Organization, newID func() string) *change.Carrier {
	return change.NewCarrier(o, nil, newID, change.LinkTerms{})
}
