package run

import (
	"context"

	"muster/importer/record"
	"muster/provision"
)

// A veil is what a report keeps from whoever asked for it again and sees less
// than whoever ran it did: rows about people of other brands, and what accounts
// hold that are not for them to see. A nil veil keeps nothing.
type veil struct {
	authority *provision.Authority
	brands    []string // that they see
}

// veilFor is the veil of a run for an operator, nil where they see all of it.
func veilFor(a *provision.Authority, r provision.Run) *veil {
	if a.SeesWhole(r) {
		return nil
	}
	return &veil{authority: a, brands: a.VisibleBrands()}
}

// row is a row as it is shown: of one about other people, where it stood.
func (v *veil) row(r record.Record) record.Record {
	if v == nil || v.authority.SeesRow(r.Brands) {
		return r
	}
	hidden := record.Record{Row: r.Row, Place: r.Place, OfRow: r.OfRow, Kind: r.Kind}
	hidden.Cells = make([]string, len(r.Cells))
	for _, p := range r.Problems {
		hidden.Problems = append(hidden.Problems, record.Problem{Code: p.Code, Fatal: p.Fatal})
	}
	return hidden
}

// details takes out of entries of the ledger what accounts hold that the
// operator may not see.
func (v *veil) details(ctx context.Context, e *provision.Engine, rows []provision.LedgerRow) error {
	if v == nil {
		return nil
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, accountsOf(r)...)
	}
	if len(ids) == 0 {
		return nil
	}
	visible := make(map[string]bool, len(ids))
	err := provision.Persist(ctx, func() error {
		return e.Store.Snapshot(ctx, func(d provision.Directory) error {
			accounts, err := d.Accounts(ctx, v.authority.Organization.ID, ids, e.Now())
			for _, a := range accounts {
				visible[a.ID] = a.Visible(v.brands)
			}
			return err
		})
	})
	for _, r := range rows {
		r.Detail.Mask(accountsOf(r), visible)
	}
	return err
}

// accountsOf are the accounts that the detail of a row speaks of.
func accountsOf(r provision.LedgerRow) []string {
	if r.Detail == nil {
		return nil
	}
	var ids []string
	for _, c := range r.Detail.Candidates {
		ids = append(ids, c.Account)
	}
	if r.Account != "" {
		ids = append(ids, r.Account)
	}
	return ids
}
