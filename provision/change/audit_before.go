package change

import (
	"encoding/json"

	"muster/dedupe"
	"muster/importer/identity"
)

// UnmarshalJSON reads the detail of an entry, also of one that was made before
// details held changes: then as the changes it tells of.
func (d *AuditDetail) UnmarshalJSON(text []byte) error {
	type plain AuditDetail
	if err := json.Unmarshal(text, (*plain)(d)); err != nil || len(d.Changes) > 0 {
		return err
	}
	var before detailBefore
	err := json.Unmarshal(text, &before)
	d.Changes = before.changes()
	return err
}

// detailBefore is what details held before they held changes.
type detailBefore struct {
	Memberships []dedupe.Membership `json:"memberships"`
	Raise       []dedupe.Raise      `json:"raise"`
	Campaigns   []string            `json:"campaigns"`
	Products    []string            `json:"products"`
	Profiles    []identity.Key      `json:"profiles"`
	ExternalID  bool                `json:"external_id"`
	Activate    string              `json:"activate"`
	Block       bool                `json:"block"`
	Address     string              `json:"address"`
	Link        string              `json:"link"`
	Decided     *dedupe.Memory      `json:"decided"`
}

func (b detailBefore) changes() Changes {
	var all Changes
	for _, m := range b.Memberships {
		all = append(all, Join{Membership: m})
	}
	for _, r := range b.Raise {
		all = append(all, SetRole{Brand: r.Brand, From: r.From, To: r.To})
	}
	for _, c := range b.Campaigns {
		all = append(all, GrantCampaign{Campaign: c})
	}
	for _, p := range b.Products {
		all = append(all, GrantProduct{Product: p})
	}
	for _, k := range b.Profiles {
		all = append(all, AddProfile{Profile: identity.Profile{Network: k.Space, Value: k.Value}})
	}
	for _, one := range []struct {
		done   bool
		change Change
	}{
		{b.ExternalID, TakeKey{identity.Key{Space: dedupe.ExternalSpace("")}}},
		{b.Activate != "", Unblock{Roles: b.Activate == "activate+roles"}},
		{b.Block, Block{}},
		{b.Address != "", Readdress{Mark: b.Address}},
		{b.Link != "", IssueLink{Link: b.Link}},
	} {
		if one.done {
			all = append(all, one.change)
		}
	}
	if was := b.Decided; was != nil { // whose person is what a memory calls its digest
		all = append(all, Remember{dedupe.Memory{Digest: was.Person, Record: was.Record, Choice: was.Choice, Seen: was.Seen}})
	}
	return all
}
