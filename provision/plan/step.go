package plan

import (
	"encoding/json"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// FromDecision returns the step that carries a decision out. Organization is
// the id of the one that decides.
func FromDecision(d dedupe.Decision, organization string) change.Step {
	first, rest := verdicts(d)
	s := change.Step{
		Rows:    d.Rows,
		Marks:   d.Marks,
		Account: d.Account,
		Watch:   d.Watch,
		Link:    d.Link,
		LinkID:  d.LinkID,
		First:   first,
		Detail:  detailOf(d),
	}
	if len(d.Rows) > 1 {
		s.Rest = rest
	}
	switch d.Action {
	case dedupe.Create:
		s.Changes = creation(d)
	case dedupe.Claim, dedupe.Update:
		s.Changes = additions(d, organization)
	}
	for _, m := range d.Remember {
		s.Changes = append(s.Changes, change.Remember{Memory: m})
	}
	if len(s.Changes) > 0 {
		s.Action = actions[d.Action]
	}
	return s
}

// actions are what the audit calls decisions that change something.
var actions = map[dedupe.Action]change.Action{
	dedupe.Create:    change.CreateAction,
	dedupe.Claim:     change.ClaimAction,
	dedupe.Update:    change.UpdateAction,
	dedupe.Review:    change.DecidedAction,
	dedupe.Unchanged: change.LeftAction,
}

// verdicts returns what a decision, carried out, means for the row that
// carries it and for the other rows of the person.
func verdicts(d dedupe.Decision) (first, rest change.Verdict) {
	ends := func(o provision.Outcome) change.Verdict { return change.Verdict{Outcome: o, Reason: d.Reason} }
	merged := change.Verdict{Outcome: provision.Merged, Reason: reason.SamePerson}
	switch d.Action {
	case dedupe.Reject:
		return ends(provision.Rejected), ends(provision.Rejected)
	case dedupe.Review:
		return ends(provision.Review), ends(provision.Review)
	case dedupe.Blocked:
		return ends(provision.Blocked), ends(provision.Blocked)
	case dedupe.Create:
		return ends(provision.Created), merged
	case dedupe.Claim:
		return ends(provision.Claimed), merged
	case dedupe.Update:
		return ends(provision.Updated), merged
	}
	return ends(provision.Unchanged), merged
}

// detailOf is what there is to explain of a person, nil for nothing.
func detailOf(d dedupe.Decision) *provision.Detail {
	detail := provision.Detail{Candidates: d.Candidates, Notes: d.Notes, Problems: d.Problems, Path: d.Path}
	if d.Action == dedupe.Review && d.Digest != "" {
		detail.Held = &provision.Held{Rows: d.Rows, Digest: d.Digest, Why: d.Held, Contested: d.Contested, Sharers: d.Sharers}
	}
	if detail.IsZero() {
		return nil
	}
	return &detail
}

// creation makes an account with everything that is its own. Keys that
// somebody has stay theirs.
func creation(d dedupe.Decision) change.Changes {
	changes := append(make(change.Changes, 0, 8), change.Create{NewAccount: *d.Write.New})
	changes = append(changes, access(d.Write)...)
	keys := d.NewKeys()              // sorted
	comes := make([]bool, len(keys)) // with the address or a profile
	take := func(k identity.Key) (free bool) {
		at, free := slices.BinarySearchFunc(keys, k, dedupe.CompareKeys)
		if free {
			comes[at] = true
		}
		return free
	}
	take(d.Write.New.Email.Key())
	for _, p := range d.Write.Profiles {
		changes = append(changes, change.AddProfile{Profile: p, Disputed: !p.Shared && !take(p.Key())})
	}
	for i, k := range keys {
		if !comes[i] {
			changes = append(changes, change.TakeKey{Key: k})
		}
	}
	if len(d.Write.Readmit) > 0 {
		changes = append(changes, change.Readmit{Marks: d.Write.Readmit})
	}
	if d.Link.Issues() {
		changes = append(changes, change.IssueLink{Mail: d.MailsLink()})
	}
	return append(changes, mailed(d)...)
}

// additions gives an account that exists what the decision adds.
func additions(d dedupe.Decision, organization string) change.Changes {
	w := d.Write
	changes := access(w)
	for _, p := range w.Profiles {
		changes = append(changes, change.AddProfile{Profile: p})
	}
	if w.ExternalID != "" {
		key := identity.Key{Space: dedupe.ExternalSpace(organization), Value: w.ExternalID}
		changes = append(changes, change.TakeKey{Key: key})
	}
	if w.Activate != "" {
		changes = append(changes, change.Lifted(w.Lower))
	}
	if w.Block {
		changes = append(changes, change.Block{EndsLink: d.LinkID != ""})
	}
	if w.Email != nil {
		changes = append(changes, readdressed(d)...)
	}
	if d.Link.Issues() {
		changes = append(changes, change.IssueLink{Again: d.Link == dedupe.ReissueLink, Mail: d.MailsLink()})
	}
	return append(changes, mailed(d)...)
}

// mailed queues what people are mailed about a decision.
func mailed(d dedupe.Decision) change.Changes {
	var changes change.Changes
	for _, m := range d.Mails {
		send := change.SendMail{Template: string(m.Message), Brand: m.Brand, About: m.About, Asks: m.Message == dedupe.AskConsent}
		switch {
		case m.Message == dedupe.TellAdministrators:
			changes = append(changes, change.TellAdministrators{})
			continue
		case m.Message == dedupe.TellClaimed:
			send.Reference = m.Brand // one for each brand, once
		case m.About && !d.Link.Issues():
			send.Link = d.LinkID
		}
		changes = append(changes, send)
	}
	if d.Opens { // after the mail that says so
		changes = append(changes, change.OpenDashboard{})
	}
	return changes
}

// readdressed gives an account the address of its person, and the key of that,
// unless it has it from earlier.
func readdressed(d dedupe.Decision) change.Changes {
	to := *d.Write.Email
	address := change.Readdress{From: d.Write.Former, To: to}
	for _, k := range d.NewKeys() {
		if k == to.Key() {
			return change.Changes{change.TakeKey{Key: k}, address}
		}
	}
	return change.Changes{address}
}

// access is what a decision adds to memberships and grants, and to what is
// kept with them.
func access(w dedupe.Write) change.Changes {
	var changes change.Changes
	attributes := attributesJSON(w.Attributes)
	for _, m := range w.Memberships {
		changes = append(changes, change.Join{Membership: m, Attributes: attributes})
	}
	for _, o := range w.Offers {
		changes = append(changes, change.Offer{Offer: o, Attributes: attributes})
	}
	for _, r := range w.Raise {
		changes = append(changes, change.SetRole{Brand: r.Brand, From: r.From, To: r.To})
	}
	for _, k := range w.Kept {
		changes = append(changes, change.SetColumns{Brand: k.Brand, From: k.Before, To: k.After, Rest: rest(k)})
	}
	if w.Clear != nil {
		changes = append(changes, change.Clear{Fill: *w.Clear})
	}
	if w.Fill != nil {
		changes = append(changes, change.Fill{Fill: *w.Fill})
	}
	for _, c := range w.Campaigns {
		changes = append(changes, change.GrantCampaign{Campaign: c})
	}
	for _, p := range w.Products {
		changes = append(changes, change.GrantProduct{Product: p})
	}
	return changes
}

func attributesJSON(attributes []record.Attribute) json.RawMessage {
	if len(attributes) == 0 {
		return nil
	}
	columns := make(map[string]string, len(attributes))
	for _, a := range attributes {
		columns[a.Column] = a.Value
	}
	text, _ := json.Marshal(columns) // strings always marshal
	return text
}

// rest returns the free columns of a membership that stay as they are.
func rest(k dedupe.Kept) map[string]string {
	if len(k.All) == len(k.After) {
		return nil
	}
	columns := maps.Clone(k.All)
	maps.DeleteFunc(columns, func(column, _ string) bool {
		_, changes := k.After[column]
		return changes
	})
	return columns
}
