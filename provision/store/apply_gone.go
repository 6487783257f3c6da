package store

import (
	"cmp"

	"muster/provision"
)

// goneSteps take away what a batch says is gone, in the order of its fields, but
// for memberships: with them goes what is left of the campaigns of their brands.
var goneSteps = []func(provision.Batch) step{
	goneFills, goneConnects, goneKeys, goneHints, goneProfiles,
	keptCampaigns, goneCampaigns, keptProducts, goneProducts,
	keptCampaignsOfBrands, goneCampaignsOfBrands, keptMemberships, goneMemberships, goneOffers, goneDecisions, goneMarks, goneOwned,
}

// goneFills blanks details of accounts that still say what is given.
func goneFills(b provision.Batch) step {
	s := &statement{
		what: "details taken back",
		all:  true,
		more: []any{stamp(b.By.At)},
		text: `UPDATE accounts SET
			name = CASE WHEN name = r.value->>1 THEN '' ELSE name END,
			first_name = CASE WHEN first_name = r.value->>2 THEN '' ELSE first_name END,
			last_name = CASE WHEN last_name = r.value->>3 THEN '' ELSE last_name END,
			contact_email = CASE WHEN contact_email = r.value->>4 THEN '' ELSE contact_email END,
			language = CASE WHEN language = r.value->>5 THEN '' ELSE language END,
			time_zone = CASE WHEN time_zone = r.value->>6 THEN '' ELSE time_zone END,
			picture = CASE WHEN picture = r.value->>7 THEN '' ELSE picture END,
			updated_at = CAST($2 AS {ts})
			FROM {rows} AS r WHERE accounts.id = CAST(r.value->>0 AS {uuid})`,
	}
	s.rows.addFills(b.Gone.Fills)
	return s
}

func goneConnects(b provision.Batch) step {
	s := &statement{
		what: "connections",
		all:  true,
		text: `UPDATE profiles SET connected = false FROM {rows} AS r
			WHERE profiles.account_id = CAST(r.value->>0 AS {uuid}) AND profiles.network = r.value->>1
			AND profiles.kind = r.value->>2 AND profiles.value = r.value->>3`,
	}
	s.rows.addPins(b.Gone.Connects)
	return s
}

func goneKeys(b provision.Batch) step {
	s := &statement{
		what: "keys taken away",
		all:  true,
		text: `DELETE FROM account_key WHERE (space, value, account_id) IN (
			SELECT r.value->>0, r.value->>1, CAST(r.value->>2 AS {uuid}) FROM {rows} AS r)`,
	}
	s.rows.addKeys(b.Gone.Keys)
	return s
}

func goneHints(b provision.Batch) step {
	s := &statement{
		what: "hints taken away",
		text: `DELETE FROM account_hint WHERE (space, value, account_id) IN (
			SELECT r.value->>0, r.value->>1, CAST(r.value->>2 AS {uuid}) FROM {rows} AS r)`,
	}
	s.rows.addKeys(b.Gone.Hints)
	return s
}

func goneProfiles(b provision.Batch) step {
	s := &statement{
		what: "profiles taken away",
		all:  true,
		text: `DELETE FROM profiles WHERE (account_id, network, kind, value) IN (
			SELECT CAST(r.value->>0 AS {uuid}), r.value->>1, r.value->>2, r.value->>3 FROM {rows} AS r)`,
	}
	s.rows.addPins(b.Gone.Profiles)
	return s
}

// addPins adds what makes profiles some of their accounts'.
func (r *rows) addPins(of []provision.ProfileRow) {
	for _, p := range oneProfile(of) {
		r.add(p.Account, p.Network, p.Kind, p.Value)
	}
}

func goneDecisions(b provision.Batch) step {
	s := &statement{
		what: "decisions taken back",
		all:  true,
		more: []any{b.By.Organization},
		text: `DELETE FROM decisions
			WHERE organization_id = CAST($2 AS {uuid}) AND (digest, record) IN (
				SELECT r.value->>0, r.value->>1 FROM {rows} AS r)`,
	}
	for _, d := range sorted(b.Gone.Decisions, byRecord) {
		s.rows.add(d.Digest, d.Record)
	}
	return s
}

// goneMarks lifts marks of people who were erased.
func goneMarks(b provision.Batch) step {
	s := &statement{
		what: "marks that are lifted",
		text: `DELETE FROM suppressions WHERE (mark, organization_id) IN (
			SELECT r.value->>0, CAST(r.value->>1 AS {uuid}) FROM {rows} AS r)`,
	}
	for _, m := range sorted(b.Gone.Marks, func(x, y provision.MarkRow) int { return cmp.Compare(x.Mark, y.Mark) }) {
		s.rows.add(m.Mark, m.Organization)
	}
	return s
}
