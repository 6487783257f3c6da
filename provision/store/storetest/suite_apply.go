package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

var applyTrials = []trial{
	{"a version that is not the current one is moved", applyVersion},
	{"a taken key undoes the whole batch", applyTakenKey},
	{"a brand that does not exist is moved", applyNoBrand},
	{"what is there already is moved", applyTwice},
	{"a role is raised, and only an existing one", applyRaise},
	{"a block is lifted by whom it is of, or everywhere", applyLift},
	{"blanks are filled, and what is there stays", applyFill},
	{"free columns of a membership are replaced, of no other", applyKept},
	{"a block ends the organization's link, and can be set again", applyBlock},
	{"any text that PostgreSQL can hold is stored as it is", applyText},
	{"text with NUL, broken UTF-8 or too long for a key is refused, not mangled", applyNUL},
	{"an error, a panic and a cancelled context leave nothing behind", applyUndone},
	{"a batch of megabytes goes in whole or not at all", applyLarge},
	{"the order of a batch's rows does not matter to its caller", applyCallerOrder},
}

func applyVersion(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: []provision.Bump{{Account: a, Version: 1}, {Account: a, Version: 1, Epoch: true}}}))
	k := identity.Key{Space: "instagram", Value: "ann"}
	for _, b := range []provision.Bump{{Account: a, Version: 1}, {Account: a, Version: 3}, {Account: id(), Version: 1}} {
		w.is(w.apply(provision.Batch{By: w.by, Bumps: []provision.Bump{b}, Keys: []provision.KeyRow{{Key: k, Account: a}}}), provision.ErrMoved)
	}
	w.same(w.account(a).Version, int64(2))
	w.same(w.resolve([]identity.Key{emailKey("ann@example.com")}, nil)[0].Epoch, int64(1))
	w.same(w.owner(k), "")
}

func applyTakenKey(w *world) {
	a := w.create("ann@example.com")
	b, other := w.newAccount("ann@example.com")
	w.is(w.apply(b), provision.ErrMoved)
	w.same(w.owner(emailKey("ann@example.com")), a)
	w.same(len(w.accounts(w.here.ID, other)), 0)
}

func applyNoBrand(w *world) {
	b, a := w.newAccount("ann@example.com")
	b.Memberships = []provision.MembershipRow{{Account: a, Brand: id(), Kind: "creator", Role: "member"}}
	w.is(w.apply(b), provision.ErrMoved)
	w.same(w.owner(emailKey("ann@example.com")), "")
}

func applyTwice(w *world) {
	a := w.create("ann@example.com")
	for _, b := range []provision.Batch{
		{Profiles: []provision.ProfileRow{{Profile: handle("ann"), Account: a}}},
		{Memberships: []provision.MembershipRow{{Account: a, Brand: w.brand("alpha"), Kind: "creator", Role: "member"}}},
		{Campaigns: []provision.CampaignRow{{Account: a, Campaign: w.campaign("beta", "launch")}}},
		{Products: []provision.ProductRow{{Account: a, Product: "reports"}}},
		{Audit: []provision.AuditRow{{ID: id(), Account: a, Action: "test", Row: 3, Detail: []byte(`{"a":1}`)}}},
	} {
		b.By = w.by
		w.ok(w.apply(b))
		w.is(w.apply(b), provision.ErrMoved)
	}
}

func applyRaise(w *world) {
	a := w.create("ann@example.com")
	raise := provision.Batch{By: w.by, Raises: []provision.MembershipRow{{Account: a, Brand: w.brand("alpha"), Role: "manager"}}}
	w.is(w.apply(raise), provision.ErrMoved)
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{
		{Account: a, Brand: w.brand("alpha"), Kind: "staff", Role: "member"}, {Account: a, Brand: w.brand("beta"), Kind: "staff", Role: "member"}}}))
	w.ok(w.apply(raise))
	w.same(w.account(a).Memberships, []dedupe.Membership{{Brand: "alpha", Kind: "staff", Role: "manager"}, {Brand: "beta", Kind: "staff", Role: "member"}})
}

func applyLift(w *world) {
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{ // who stays
		{Account: w.create("ada@example.com"), Brand: w.brand("other"), Kind: "staff", Role: "administrator"}}}))
	a := w.create("ann@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{
		{Account: a, Brand: w.brand("alpha"), Kind: "staff", Role: "manager"},
		{Account: a, Brand: w.brand("other"), Kind: "staff", Role: "administrator"}}}))
	w.block(a, w.here.ID)
	w.block(a, w.there.ID)
	lift := provision.Batch{By: w.by, Lifts: []provision.Lift{{Account: a, Organization: w.here.ID}}}
	w.ok(w.apply(lift))
	w.same(w.account(a).Blocked, false)
	w.same(w.accounts(w.there.ID, a)[0].Blocked, true)
	w.is(w.apply(lift), provision.ErrMoved)
	everywhere := provision.Batch{By: w.by, Blocks: []provision.BlockRow{{Account: a, Organization: provision.Everywhere}}}
	w.ok(w.apply(everywhere))
	w.same(w.account(a).Barred, true)
	w.is(w.apply(lift), provision.ErrMoved)
	lift.Lifts[0].Organization = provision.Everywhere
	w.ok(w.apply(lift))
	w.same(w.account(a).Blocked, false)
	w.same(w.accounts(w.there.ID, a)[0].Barred, false)
}

func applyFill(w *world) {
	a := w.create("ann@example.com")
	fill := func(language, zone string) provision.Batch {
		return provision.Batch{By: w.by, Fills: []provision.FillRow{{Account: a, Fill: dedupe.Fill{Name: "Somebody", Details: dedupe.Details{Language: language, TimeZone: zone}}}}}
	}
	w.ok(w.apply(fill("de", "")))
	w.ok(w.apply(fill("en", "Europe/Berlin")))
	got := w.account(a)
	w.same(got.Name, "Name of ann@example.com")
	w.same(got.Details, dedupe.Details{Language: "de", TimeZone: "Europe/Berlin"})
	w.is(w.apply(provision.Batch{By: w.by, Fills: []provision.FillRow{{Account: id()}}}), provision.ErrMoved)
}

func applyKept(w *world) {
	a := w.create("ann@example.com")
	row := func(brand, columns string) provision.MembershipRow {
		return provision.MembershipRow{Account: a, Brand: w.brand(brand), Kind: "creator", Role: "member", Attributes: []byte(columns)}
	}
	w.is(w.apply(provision.Batch{By: w.by, Kept: []provision.MembershipRow{row("alpha", `{"Tier":"Gold"}`)}}), provision.ErrMoved)
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{row("alpha", `{"Tier":"Silver"}`), row("beta", `{"Tier":"Silver"}`)}}))
	w.ok(w.apply(provision.Batch{By: w.by, Kept: []provision.MembershipRow{row("alpha", `{"Tier":"it's \"Gold\""}`)}}))
	var got []provision.Attributes
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) (err error) {
		got, err = d.Attributes(w.ctx, w.here.ID, []provision.Membership{{Account: a, Brand: "alpha"}, {Account: a, Brand: "beta"}})
		return err
	}))
	w.same(got[0].Columns, map[string]string{"Tier": `it's "Gold"`})
	w.same(got[1].Columns, map[string]string{"Tier": "Silver"})
}

func applyBlock(w *world) {
	a := w.create("ann@example.com")
	link := w.link(a, 1)
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(a, true), Links: []provision.LinkRow{link}}))
	block := provision.Batch{By: w.by, Blocks: []provision.BlockRow{{Account: a, Organization: w.here.ID}}}
	w.ok(w.apply(block))
	w.same(w.account(a).Blocked, true)
	w.same(w.account(a).Link.ID, "")
	w.same(w.accounts(w.there.ID, a)[0].Blocked, false)
	w.is(w.apply(block), provision.ErrMoved)
	w.ok(w.apply(provision.Batch{By: w.by, Lifts: []provision.Lift{{Account: a, Organization: w.here.ID}}}))
	w.same(w.account(a).Blocked, false)
	w.ok(w.apply(block))
	w.same(w.account(a).Blocked, true)
}

func applyText(w *world) {
	text := strings.Join(awkward, "|")
	b, a := w.newAccount("ann@example.com")
	b.Accounts[0].Name = text
	b.By.Source = text
	p := handle("ann")
	p.Display, p.URL = text, text
	b.Profiles = []provision.ProfileRow{{Profile: p, Account: a}}
	w.ok(w.apply(b))
	got := w.account(a)
	w.same(got.Name, text)
	w.same(got.Profiles[0].Profile, p)
	w.ok(w.s.SetSetting(w.ctx, "text", text))
	value, err := w.s.Setting(w.ctx, "text")
	w.ok(err)
	w.same(value, text)
}

func applyNUL(w *world) {
	a := w.create("ann@example.com")
	member := func(attributes string) provision.Batch {
		return provision.Batch{By: w.by, Memberships: []provision.MembershipRow{
			{Account: a, Brand: w.brand("alpha"), Kind: "creator", Role: "member", Attributes: []byte(attributes)}}}
	}
	named, _ := w.newAccount("b@example.com")
	named.Accounts[0].Name = "a\x00b"
	broken, _ := w.newAccount("b@example.com")
	broken.Accounts[0].Name = "a\xffb"
	source := member(`{}`)
	source.By.Source = "a\x00"
	long, a2 := w.newAccount("b@example.com")
	long.Keys = append(long.Keys, provision.KeyRow{Key: identity.Key{Space: "external:x", Value: strings.Repeat("x", 2049)}, Account: a2})
	for _, b := range []provision.Batch{long, named, broken, source, member(`{"a":"\u0000"}`), member(`{"a":"\\\u0000"}`), member(`{"a":`)} {
		if err := w.apply(b); err == nil || errors.Is(err, provision.ErrMoved) {
			w.Fatalf("got %v, want a refusal", err)
		}
	}
	w.same(w.owner(emailKey("b@example.com")), "")
	w.ok(w.apply(member(`{"a":"\\u0000 \\\\u0000"}`)))
	mixed := strings.Builder{} // as hard to compress as it gets
	for i := range 680 {
		mixed.WriteRune(rune(0x4e00 + i*7919%20000))
	}
	w.ok(w.apply(provision.Batch{By: w.by,
		Keys:  []provision.KeyRow{{Key: identity.Key{Space: "external:" + w.here.ID, Value: mixed.String()}, Account: a}},
		Hints: []provision.KeyRow{{Key: identity.Key{Space: "external:" + w.here.ID, Value: mixed.String()}, Account: a}}}))
}

func applyUndone(w *world) {
	b, _ := w.newAccount("ann@example.com")
	own := errors.New("own")
	w.is(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		w.ok(tx.Apply(w.ctx, b))
		return own
	}), own)

	func() {
		defer func() { w.same(recover(), any("boom")) }()
		w.s.InTx(w.ctx, func(tx provision.Tx) error {
			w.ok(tx.Apply(w.ctx, b))
			panic("boom")
		})
	}()

	ctx, cancel := context.WithCancel(w.ctx)
	w.is(w.s.InTx(ctx, func(tx provision.Tx) error {
		w.ok(tx.Apply(ctx, b))
		cancel()
		return nil
	}), context.Canceled)
	w.is(w.s.InTx(ctx, func(provision.Tx) error { panic("must not run") }), context.Canceled)
	w.is(w.s.Snapshot(ctx, func(provision.Directory) error { panic("must not run") }), context.Canceled)
	_, err := w.s.Organizations(ctx)
	w.is(err, context.Canceled)
	w.same(w.owner(emailKey("ann@example.com")), "")
	w.ok(w.apply(b)) // no lock was left behind
}

func applyLarge(w *world) {
	const people = 2000
	large := provision.Batch{By: w.by}
	var last string
	for i := range people {
		b, a := w.newAccount(fmt.Sprintf("p%d@example.com", i))
		b.Accounts[0].Name = strings.Repeat("long\tname\n", 100+i%100)
		large.Accounts, large.Keys, last = append(large.Accounts, b.Accounts...), append(large.Keys, b.Keys...), a
	}
	taken := large
	taken.Keys = append(slices.Clone(large.Keys), provision.KeyRow{Key: emailKey("z@example.com"), Account: last})
	z := w.create("z@example.com")
	w.is(w.apply(taken), provision.ErrMoved)
	w.same(w.owner(emailKey("p0@example.com")), "")
	w.ok(w.apply(large))
	w.same(w.account(last).Name, strings.Repeat("long\tname\n", 100+(people-1)%100))
	w.same(w.owner(emailKey("z@example.com")), z)
}

func applyCallerOrder(w *world) {
	b1, a1 := w.newAccount("a@example.com")
	b2, a2 := w.newAccount("b@example.com")
	b := provision.Batch{By: w.by, Accounts: append(b2.Accounts, b1.Accounts...), Keys: append(b2.Keys, b1.Keys...)}
	w.ok(w.apply(b))
	w.same(b.Accounts[0].ID, a2)
	w.same(b.Keys[1].Account, a1)
	w.same(w.owner(emailKey("b@example.com")), a2)
}
