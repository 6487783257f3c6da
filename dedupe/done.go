package dedupe

import (
	"maps"
	"slices"
	"strings"

	"muster/importer/reason"
)

// done notes what a reviewer's decision changes on an account that was there, the
// weightiest first: its reason says only that somebody decided. That an account is claimed
// is told by the outcome.
func (d Decision) done(row int) []Note {
	if d.Action != Claim && d.Action != Update {
		return nil
	}
	var notes []Note
	w := d.Write
	add := func(code reason.Code, is bool, said ...string) {
		if is {
			notes = append(notes, Note{Code: code, Row: row, Said: strings.Join(said, ", ")})
		}
	}
	if w.Email != nil {
		notes = append(notes, Note{Code: reason.NewAddress, Row: row, Said: w.Email.Address, Holds: w.Former.Address})
	}
	add(reason.BlockedNow, w.Block)
	add(reason.Activated, w.Activate != "")
	for _, r := range w.Raise {
		add(reason.RoleRaised, true, r.To)
	}
	var access []string
	for _, m := range w.Memberships {
		access = append(access, m.Brand)
	}
	access = slices.Concat(access, w.Campaigns, w.Products)
	add(reason.AccessAdded, d.Action == Update && len(access) > 0, access...)
	var added []string
	if w.ExternalID != "" {
		added = append(added, w.ExternalID)
	}
	for _, p := range w.Profiles {
		added = append(added, p.URL)
	}
	add(reason.DetailsAdded, len(added) > 0, added...)
	var columns []string
	for _, k := range w.Kept {
		for _, column := range slices.Sorted(maps.Keys(k.After)) {
			columns = append(columns, column+" "+k.After[column])
		}
	}
	add(reason.DetailsChanged, len(columns) > 0, columns...)
	add(reason.DetailsReplaced, w.Clear != nil)
	add(reason.DetailsFilled, w.Fill != nil && w.Clear == nil)
	return notes
}
