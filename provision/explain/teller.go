package explain

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"muster/dedupe"
	"muster/provision"
)

// store is what stories are told from.
type store interface {
	provision.Reader
	provision.RunStore
	provision.LedgerStore
}

// teller tells stories within what one operator of an organization may see.
type teller struct {
	store        store
	folders      provision.Folders
	now          func() time.Time
	authority    *provision.Authority
	organization string
	brands       []string // visible ones
}

func newTeller(e *provision.Engine, a *provision.Authority) *teller {
	return &teller{
		store:        e.Store,
		folders:      e.Folders,
		now:          e.Now,
		authority:    a,
		organization: a.Organization.ID,
		brands:       a.VisibleBrands(),
	}
}

// tell fills in the rows of a person, the accounts those led to, and what was
// changed on them. The ledger knows the rows of an account; rows that led to
// none are found by what they say, in the reports that still stand.
func (t *teller) tell(ctx context.Context, s *Story, account string, sought search) error {
	runs, err := t.store.Runs(ctx, t.organization, storyRuns)
	if err != nil {
		return err
	}
	if account, err = t.known(ctx, account); err != nil {
		return err
	}
	rows, err := t.ledgerOf(ctx, account)
	if err != nil {
		return err
	}
	for _, run := range runs {
		if !t.authority.Sees(run) {
			delete(rows, run.ID)
			continue
		}
		if !run.PurgedAt.IsZero() {
			s.Purged = append(s.Purged, run.ID)
			delete(rows, run.ID)
			continue
		}
		known := rows[run.ID]
		told, err := reportedRows(ctx, t.folders, run, func(number int, text []byte) bool {
			return known[number] != nil || sought.maybe(text)
		}, func(r provision.ReportedRow) bool {
			return t.authority.SeesRow(r.Brands) && (known[r.Number] != nil || sought.says(r))
		})
		if err != nil {
			return err
		}
		if err := t.told(ctx, s, run, told, rows[run.ID]); err != nil {
			return err
		}
		delete(rows, run.ID)
	}
	for id, older := range rows {
		run, err := t.store.Run(ctx, id)
		if err != nil {
			return err
		}
		if !t.authority.Sees(run) {
			continue
		}
		if err := t.told(ctx, s, run, nil, older); err != nil {
			return err
		}
	}
	slices.SortStableFunc(s.Appearances, func(a, b Appearance) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Row, b.Row))
	})
	accounts := []string{account}
	for _, one := range s.Appearances {
		accounts = append(accounts, one.Account)
	}
	slices.Sort(accounts)
	for _, id := range slices.Compact(accounts) {
		if id, err = t.known(ctx, id); err == nil && id != "" {
			err = t.account(ctx, s, id)
		}
		if err != nil {
			return err
		}
	}
	slices.SortStableFunc(s.Changes, func(a, b Change) int { return a.At.Compare(b.At) })
	return nil
}

// known is an account, or "" where the operator may not know that the
// organization has it: whoever does not see all brands asks in vain for people of
// the others.
func (t *teller) known(ctx context.Context, account string) (string, error) {
	if account == "" || t.authority.SeesAll() {
		return account, nil
	}
	known := ""
	err := t.store.Snapshot(ctx, func(d provision.Directory) error {
		accounts, err := d.Accounts(ctx, t.organization, []string{account}, t.now())
		for _, a := range accounts {
			if a.KnownTo(t.brands) {
				known = a.ID
			}
		}
		return err
	})
	return known, err
}

// ledgerOf reads the rows that led to an account: run → number → row.
func (t *teller) ledgerOf(ctx context.Context, account string) (map[string]map[int]*provision.LedgerRow, error) {
	rows := map[string]map[int]*provision.LedgerRow{}
	if account == "" {
		return rows, nil
	}
	all, err := t.store.AccountRows(ctx, t.organization, account, storyRows)
	for i, r := range all {
		if rows[r.Run] == nil {
			rows[r.Run] = map[int]*provision.LedgerRow{}
		}
		rows[r.Run][r.Row] = &all[i].LedgerRow
	}
	return rows, err
}

// told adds the rows of one run: those its report tells of, with where they
// stood, and then the rest of the ledger's.
func (t *teller) told(
	ctx context.Context, s *Story, run provision.Run, told []provision.ReportedRow, rows map[int]*provision.LedgerRow,
) error {
	add := func(l provision.LedgerRow, r provision.ReportedRow) {
		one := appearance(run, l, r)
		one.Detail = nil // of the row that was asked for alone
		s.Appearances = append(s.Appearances, one)
	}
	for _, r := range told {
		if l := rows[r.Number]; l != nil {
			add(*l, r)
			delete(rows, r.Number)
			continue
		}
		ledger, err := t.store.Ledger(ctx, run.ID, r.Number-1, 1)
		if err != nil {
			return err
		}
		if len(ledger) == 1 && ledger[0].Row == r.Number {
			add(ledger[0], r)
		}
	}
	for _, l := range rows {
		add(*l, provision.ReportedRow{})
	}
	return nil
}

// mask takes out of a row what the operator may not see of accounts: the run
// may have had an operator who saw more.
func (t *teller) mask(ctx context.Context, one *Appearance) error {
	if one.Detail == nil {
		return nil
	}
	ids := []string{}
	for _, c := range one.Detail.Candidates {
		ids = append(ids, c.Account)
	}
	if one.Account != "" {
		ids = append(ids, one.Account)
	}
	visible := map[string]bool{}
	err := t.store.Snapshot(ctx, func(d provision.Directory) error {
		accounts, err := d.Accounts(ctx, t.organization, ids, t.now())
		for _, a := range accounts {
			visible[a.ID] = !t.shown(a).Masked
		}
		return err
	})
	one.Detail.Mask(ids, visible)
	return err
}

// account adds an account, and what was done to it.
func (t *teller) account(ctx context.Context, s *Story, id string) error {
	masked := true
	err := t.store.Snapshot(ctx, func(d provision.Directory) error {
		accounts, err := d.Accounts(ctx, t.organization, []string{id}, t.now())
		for _, a := range accounts {
			shown := t.shown(a)
			s.Accounts = append(s.Accounts, shown)
			masked = shown.Masked
		}
		return err
	})
	if err != nil {
		return err
	}
	entries, err := t.store.Audit(ctx, t.organization, id)
	for _, a := range entries {
		change := Change{
			At:       a.At,
			Account:  id,
			Run:      a.Run,
			Row:      a.Row,
			Operator: a.Operator,
			Source:   a.Source,
			Action:   a.Action,
			Detail:   a.Detail,
		}
		if masked || t.tellsOfOthers(a.Detail) {
			change.Detail = nil
		}
		s.Changes = append(s.Changes, change)
	}
	return err
}

// tellsOfOthers reports whether a detail of the audit speaks of a brand that the
// operator does not see.
func (t *teller) tellsOfOthers(detail json.RawMessage) bool {
	return slices.ContainsFunc(t.authority.Organization.Brands, func(b provision.Brand) bool {
		named := bytes.Contains(detail, []byte(`"`+b.Slug+`"`)) || bytes.Contains(detail, []byte(`"`+b.Slug+`/`))
		return named && !slices.Contains(t.brands, b.Slug)
	})
}

// shown masks an account that the operator may not see.
func (t *teller) shown(a dedupe.Account) Account {
	shown := Account{ID: a.ID, Masked: !a.Visible(t.brands)}
	for _, m := range a.Memberships {
		if slices.Contains(t.brands, m.Brand) {
			shown.Brands = append(shown.Brands, m.Brand)
		}
	}
	if !shown.Masked {
		shown.Name = a.Name
		shown.Email = a.Email.Address
		shown.Status = a.Status
	}
	return shown
}
