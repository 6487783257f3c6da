package store

import (
	"cmp"

	"muster/provision"
)

func newOwned(b provision.Batch) step {
	return &insertion{
		what:   "what sources give",
		into:   ownedTable,
		shared: []any{b.By.Organization, orNil(b.By.Run)},
		fill: func(r *rows) {
			for _, g := range sorted(b.Owned, bySource) {
				r.add(g.Account, g.Source, string(g.What), g.Target, g.Former, g.Given)
			}
		},
	}
}

func goneOwned(b provision.Batch) step {
	s := &statement{
		what: "what sources give no more",
		all:  true,
		more: []any{b.By.Organization},
		text: `DELETE FROM sync_grants WHERE organization_id = CAST($2 AS {uuid}) AND (account_id, source, what, target) IN (
			SELECT CAST(r.value->>0 AS {uuid}), r.value->>1, r.value->>2, r.value->>3 FROM {rows} AS r)`,
	}
	for _, g := range sorted(b.Gone.Owned, bySource) {
		s.rows.add(g.Account, g.Source, string(g.What), g.Target)
	}
	return s
}

func bySource(x, y provision.SourceGrant) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Source, y.Source), cmp.Compare(x.What, y.What),
		cmp.Compare(x.Target, y.Target))
}

func newAttending(b provision.Batch) step {
	return &insertion{
		what:   "people of sources",
		into:   attendingTable,
		shared: []any{b.By.Organization, orNil(b.By.Run)},
		fill: func(r *rows) {
			for _, p := range sorted(b.Attending, byPerson) {
				if p.From == nil && p.To != nil {
					r.add(p.Account, p.Source, p.To.Absences, absentSince(b, *p.To))
				}
			}
		},
	}
}

// attending changes whether people are on the lists of a source.
func attending(b provision.Batch) step {
	s := &statement{
		what: "absences",
		all:  true,
		text: `UPDATE source_people SET absences = CAST(r.value->>3 AS bigint), absent_run = CAST(r.value->>4 AS {uuid})
			FROM {rows} AS r WHERE source_people.organization_id = CAST(r.value->>5 AS {uuid})
			AND source_people.account_id = CAST(r.value->>0 AS {uuid}) AND source_people.source = r.value->>1
			AND source_people.absences = CAST(r.value->>2 AS bigint)`,
	}
	for _, p := range sorted(b.Attending, byPerson) {
		if p.From != nil && p.To != nil {
			s.rows.add(p.Account, p.Source, p.From.Absences, p.To.Absences, absentSince(b, *p.To), b.By.Organization)
		}
	}
	return s
}

func notAttending(b provision.Batch) step {
	s := &statement{
		what: "people whom sources never named",
		all:  true,
		more: []any{b.By.Organization},
		text: `DELETE FROM source_people WHERE organization_id = CAST($2 AS {uuid}) AND (account_id, source) IN (
			SELECT CAST(r.value->>0 AS {uuid}), r.value->>1 FROM {rows} AS r)`,
	}
	for _, p := range sorted(b.Attending, byPerson) {
		if p.From != nil && p.To == nil {
			s.rows.add(p.Account, p.Source)
		}
	}
	return s
}

func byPerson(x, y provision.SourcePersonRow) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Source, y.Source))
}

// absentSince is the run in which somebody went missing, NULL for who is there.
func absentSince(b provision.Batch, a provision.Attendance) any {
	if a.Absences == 0 {
		return nil
	}
	return orNil(cmp.Or(a.Run, b.By.Run))
}
