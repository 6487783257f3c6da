package directory

import (
	"context"
	"fmt"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/change"
)

// A Loader puts accounts that the platform has already into the directory.
type Loader struct {
	by       provision.Author
	carriers map[string]*change.Carrier // by id of the organization
	brands   map[string]string          // id → slug
	rights   *rights                    // nil where everything may be written
}

// NewLoader makes a loader for accounts of these organizations.
func NewLoader(organizations []provision.Organization, by provision.Author, newID func() string) *Loader {
	l := &Loader{by: by, carriers: map[string]*change.Carrier{}, brands: map[string]string{}}
	for _, o := range organizations {
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
	for _, steps := range [][]*placedStep{c.steps, c.later} {
		if err := l.carry(ctx, tx, steps, c.counts.Added); err != nil {
			return provision.LoadCounts{}, err
		}
	}
	return c.counts, nil
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
