package run

import (
	"context"
	"encoding/json"
	"fmt"

	"muster/provision"
)

// whoIsMissing are the people of the run who are on no row, for its report: by name
// those whom whoever has the report may see.
func (w *work) whoIsMissing(ctx context.Context, visible []string) ([]provision.MissingPerson, error) {
	var all []provision.MissingPerson
	err := provision.Persist(ctx, func() error {
		all = nil
		for after, full := 0, true; full; {
			page, err := w.Store.Removals(ctx, w.run.ID, after, ledgerPage)
			if err != nil {
				return err
			}
			if full = len(page) == ledgerPage; full {
				after = page[ledgerPage-1].N
			}
			people, err := named(ctx, w.Engine, w.run.Organization, page, visible)
			if err != nil {
				return err
			}
			all = append(all, people...)
		}
		return nil
	})
	return all, err
}

// named puts the names of people to what became of them. Of who is gone there is
// none.
func named(
	ctx context.Context, e *provision.Engine, organization string, rows []provision.Removal, visible []string,
) ([]provision.MissingPerson, error) {
	people := make([]provision.MissingPerson, len(rows))
	ids := make([]string, len(rows))
	at := map[string]int{}
	for i, r := range rows {
		people[i].Removal, ids[i], at[r.Account] = r, r.Account, i
		if len(r.Detail) == 0 {
			continue
		}
		if err := json.Unmarshal(r.Detail, &people[i].Lost); err != nil {
			return nil, fmt.Errorf("reading what became of somebody who is missing: %w", err)
		}
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return people, e.Store.Snapshot(ctx, func(d provision.Directory) error {
		accounts, err := d.Accounts(ctx, organization, ids, e.Now())
		for _, a := range accounts {
			p := &people[at[a.ID]]
			if p.Masked = !a.Visible(visible); !p.Masked {
				p.Name, p.Email = a.Name, a.Email.Address
			}
		}
		return err
	})
}
