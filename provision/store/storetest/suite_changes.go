package storetest

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var changeTrials = []trial{
	{"a link is issued for the address of then, and ended by its reverse", linkReversed},
	{"what is kept of somebody is replaced in one step", editedAtOnce},
}

var goneTrials = []trial{
	{"what a change does, its reverse undoes", changeReversed},
	{"what is not there cannot be taken away", goneTwice},
	{"a batch takes away before it adds", goneFirst},
}

// aChange is a change that can be taken back, and what has to be so before.
type aChange struct {
	before change.Changes
	change change.Change
}

// reversibleChanges are tried on the account of ann@example.com.
func reversibleChanges() map[string]aChange {
	external := identity.Key{Space: "external:here", Value: "17"}
	page := identity.Profile{Network: "website", Kind: "blog", Value: "ann.example", Shared: true}
	declared := change.AddProfile{Profile: handle("ann")}
	member := dedupe.Membership{Brand: "alpha", Kind: record.Staff, Role: "member"}
	join := change.Join{Membership: member, Attributes: json.RawMessage(`{"Size":"M","Tier":"Gold"}`)}
	custom := &permission.Grant{Mode: permission.Custom, Leaves: []string{"reports.view"}, Source: "reports"}
	raised := change.Join{Membership: dedupe.Membership{Brand: "alpha", Kind: record.Staff, Role: "manager"}}
	columns := change.SetColumns{
		Brand: "alpha",
		From:  map[string]string{"Tier": "Gold", "City": ""},
		To:    map[string]string{"Tier": "Silver", "City": "Rome"},
		Rest:  map[string]string{"Size": "M"},
	}
	said := memory("d1", "r1")
	said.Choice = dedupe.ChooseSkip
	return map[string]aChange{
		"status":           {nil, change.SetStatus{From: dedupe.Created, To: dedupe.Invited}},
		"details":          {nil, change.Fill{Fill: dedupe.Fill{Details: dedupe.Details{Language: "de", Picture: "p"}}}},
		"address":          {nil, change.Readdress{From: email("ann@example.com"), To: email("new@example.com")}},
		"key":              {nil, change.TakeKey{Key: external}},
		"profile":          {nil, declared},
		"disputed profile": {nil, change.AddProfile{Profile: handle("ann"), Disputed: true}},
		"shared profile":   {nil, change.AddProfile{Profile: page}},
		"connection":       {change.Changes{declared}, change.Connect{Profile: handle("ann")}},
		"membership":       {nil, join},
		"offer":            {nil, change.Offer{Offer: dedupe.Offer{Membership: member}, Attributes: join.Attributes}},
		"role":             {change.Changes{join}, change.SetRole{Brand: "alpha", From: "member", To: "manager"}},
		"permissions":      {change.Changes{join}, change.SetPermissions{Brand: "alpha", To: custom}},
		"free columns":     {change.Changes{join}, columns},
		"campaign":         {nil, change.GrantCampaign{Campaign: "beta/launch"}},
		"product":          {nil, change.GrantProduct{Product: "reports"}},
		"block":            {nil, change.Block{}},
		"lifted block":     {change.Changes{join, change.Block{}}, change.Unblock{Roles: true}},
		"lowered roles": {change.Changes{raised, change.Block{}}, change.Unblock{Lowered: []change.SetRole{
			{Brand: "alpha", From: "manager", To: "member", Lowers: true}}}},
		"block everywhere": {nil, change.Block{Everywhere: true}},
		"decision":         {nil, change.Remember{Memory: said}},
	}
}

func changeReversed(w *world) {
	a := w.create("ann@example.com")
	for name, tried := range reversibleChanges() {
		w.ok(w.step(a, tried.before...))
		before := w.stateOf(a)
		w.ok(w.step(a, tried.change))
		if cmp.Equal(w.stateOf(a), before) {
			w.Errorf("%s: nothing changed", name)
		}
		back, _ := tried.change.Reverse()
		w.ok(w.step(a, back))
		if diff := cmp.Diff(before, w.stateOf(a)); diff != "" {
			w.Errorf("%s: -before +after it was taken back:\n%s", name, diff)
		}
		for i := len(tried.before) - 1; i >= 0; i-- {
			back, _ := tried.before[i].Reverse()
			w.ok(w.step(a, back))
		}
	}
}

// state is what changes of an account can be told by.
type state struct {
	Account   dedupe.Account
	Columns   []provision.Attributes
	Owners    []string
	Hints     int
	Decisions int
}

func (w *world) stateOf(account string) (s state) {
	w.Helper()
	s.Account = w.account(account)
	s.Account.Version = 0
	s.Account.Link = dedupe.LinkState{}
	external := identity.Key{Space: "external:here", Value: "17"}
	for _, k := range []identity.Key{emailKey("ann@example.com"), external, handle("ann").Key()} {
		s.Owners = append(s.Owners, w.owner(k))
	}
	s.Hints = len(w.resolve(nil, []identity.Key{{Space: "website", Value: "ann.example"}}))
	s.Decisions = len(w.decided(w.here.ID, "d1"))
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		s.Columns, err = d.Attributes(w.ctx, w.here.ID, []provision.Membership{{Account: account, Brand: "alpha"}})
		return err
	}))
	return s
}

// change makes changes to an account, as a step does.
func (w *world) change(account string, changes ...change.Change) error {
	if len(changes) == 0 {
		return nil
	}
	carrier := change.NewCarrier(w.here, fewLinks{}, id,
		change.LinkTerms{BaseURL: "https://claim.example.com", Life: time.Hour})
	return w.s.InTx(w.ctx, func(tx provision.Tx) error {
		key := identity.Key{Space: dedupe.AccountSpace, Value: account}
		found, err := tx.Resolve(w.ctx, []identity.Key{key}, nil)
		if err != nil || len(found) != 1 {
			return errors.Join(err, errors.New("one account is needed"))
		}
		b := change.NewBatch(w.by, 1)
		s := change.Step{
			Account: account,
			Watch:   []dedupe.Watched{{Key: key, Account: account, Version: found[0].Version}},
			Action:  "test",
			First:   change.Verdict{Reason: w.why},
			Changes: changes,
		}
		if _, err := carrier.Carry(&b, s, map[identity.Key]provision.Found{key: found[0]}); err != nil {
			return err
		}
		return tx.Apply(w.ctx, b)
	})
}

// fewLinks makes links that lead nowhere.
type fewLinks struct{ provision.LinkMaker }

func (fewLinks) NewLink() (id, keyID string, err error)   { return newLinkID(), "0a0b0c0d", nil }
func (fewLinks) Mark(k identity.Key, _ string) (m string) { return "mark of " + k.Space }

func linkReversed(w *world) {
	a := w.create("ann@example.com")
	issue := change.IssueLink{}
	w.ok(w.change(a, change.Readdress{From: email("ann@example.com"), To: email("new@example.com")}, issue))
	live := w.account(a).Link.ID
	links, err := w.s.Links(w.ctx, []string{live})
	w.ok(err)
	w.same(links[0].Email, "new@example.com")
	w.same(links[0].Epoch, links[0].AccountEpoch)
	back, _ := issue.Reverse()
	w.ok(w.change(a, back))
	w.same(w.account(a).Link.ID, "")
	links, err = w.s.Links(w.ctx, []string{live})
	w.ok(err)
	w.same(links[0].State, provision.RevokedState)
	w.same(links[0].EndReason, provision.EndTakenBack)
	w.is(w.change(a, back), provision.ErrMoved)
}

// editedAtOnce is all that an edit writes. The role of runs may do so.
func editedAtOnce(w *world) {
	a := w.create("ann@example.com")
	former := identity.Key{Space: "external:here", Value: "17"}
	next := identity.Key{Space: "external:here", Value: "18"}
	page := identity.Profile{Network: "website", Kind: "blog", Value: "ann.example", Shared: true}
	w.ok(w.change(a,
		change.TakeKey{Key: former}, change.AddProfile{Profile: handle("ann")}, change.AddProfile{Profile: page},
		change.Fill{Fill: dedupe.Fill{Details: dedupe.Details{Language: "de"}}}, change.IssueLink{}))
	live := w.account(a).Link.ID
	w.ok(w.change(a,
		change.Clear{Fill: dedupe.Fill{Details: dedupe.Details{Language: "de"}}},
		change.Fill{Fill: dedupe.Fill{Details: dedupe.Details{Language: "fr"}}},
		change.DropKey{Key: former}, change.TakeKey{Key: next},
		change.DropProfile{Profile: handle("ann")}, change.DropProfile{Profile: page}, change.AddProfile{Profile: handle("anna")},
		change.TakeKey{Key: emailKey("new@example.com")},
		change.Readdress{From: email("ann@example.com"), To: email("new@example.com")}, change.EndLink{Why: provision.EndEmail}))
	now := w.account(a)
	w.same(now.Language, "fr")
	w.same(now.Email.Value, "new@example.com")
	w.same(len(now.Profiles), 1)
	w.same(w.owner(former), "")
	w.same(w.owner(next), a)
	w.same(w.owner(emailKey("ann@example.com")), a)
	links, err := w.s.Links(w.ctx, []string{live})
	w.ok(err)
	w.same(links[0].State, provision.RevokedState)
	w.same(links[0].EndReason, provision.EndEmail)
}

func goneTwice(w *world) {
	a := w.create("ann@example.com")
	never := map[string]bool{"details": true, "shared profile": true} // as it should be already
	for name, tried := range reversibleChanges() {
		if tried.before != nil || never[name] {
			continue
		}
		back, _ := tried.change.Reverse()
		switch back.(type) {
		case change.SetStatus, change.Readdress:
			continue // written over
		}
		if err := w.change(a, back); !errors.Is(err, provision.ErrMoved) {
			w.Errorf("%s: got %v, want ErrMoved", name, err)
		}
	}
}

func goneFirst(w *world) {
	a := w.create("ann@example.com")
	b := w.create("bob@example.com")
	w.ok(w.change(a, change.AddProfile{Profile: handle("ann")}))
	key := provision.KeyRow{Key: handle("ann").Key(), Account: a}
	batch := provision.Batch{By: w.by, Keys: []provision.KeyRow{{Key: key.Key, Account: b}}}
	w.is(w.apply(batch), provision.ErrMoved)
	batch.Gone.Keys = []provision.KeyRow{key}
	w.ok(w.apply(batch))
	w.same(w.owner(key.Key), b)
}
