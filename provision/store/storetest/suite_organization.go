package storetest

import (
	"encoding/json"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/directory"
)

var organizationTrials = []trial{
	{"an organization comes back whole, in order", organizationWhole},
	{"saving adds and renames, says so, and removes nothing", organizationSaved},
	{"what a file leaves out stays, and a new name is the slug", organizationKept},
	{"going over to single sign-on revokes the live links", organizationSignsOn},
	{"administrators get an account and every brand", organizationAdministrators},
	{"logins act as who they are let, until they end", organizationLogins},
	{"a seat is a person of a kind, whatever the brands", organizationSeats},
	{"what is put away is in no look-up, and comes back under its id", organizationArchived},
	{"operators stand with their highest role, by address", operators},
}

func organizationWhole(w *world) {
	all, err := w.s.Organizations(w.ctx)
	w.ok(err)
	w.same(len(all), 2)
	w.same(all, []provision.Organization{w.here, w.there})
	w.same(w.there.SignIn, "sso")
	var brands []string
	for _, b := range w.here.Brands {
		brands = append(brands, b.Slug)
	}
	w.same(brands, []string{"Zeta", "alpha", "beta"})
	w.same(w.here.Products, []string{"Chat", "reports"})
	w.same(w.here.Roles, []provision.Role{
		{Name: "member", Rank: 10, Capabilities: []string{}},
		{Name: "manager", Rank: 50, Dashboard: true, Capabilities: []string{"links:reissue"}},
		{Name: "administrator", Rank: 100, Dashboard: true, Capabilities: []string{"*"}}})
}

func organizationSaved(w *world) {
	file := provision.Organization{Slug: "here", Name: "Here & Now", SignIn: "sso", SignUpURL: "https://example.com/join",
		Brands: []provision.Brand{
			{Slug: "beta", Name: "Beta!", Campaigns: []provision.Campaign{{Slug: "launch", Name: "The launch"}, {Slug: "winter"}}},
			{Slug: "gamma"}},
		Products:     []string{"ads"},
		Roles:        []provision.Role{{Name: "manager", Rank: 60, Dashboard: true}, {Name: "member", Rank: 5, Dashboard: true}},
		DefaultRoles: map[record.Kind]string{record.Staff: "manager"}}
	changes := w.save(file)
	w.same(changes.Changes, []string{
		`organization "here" renamed to "Here & Now"`,
		`sign-in changed from password to sso`,
		`sign-up address changed to https://example.com/join`,
		`default role of a staff is now "manager"`,
		`role "member" changed`,
		`role "manager" changed`,
		`product "ads" enabled`,
		`brand "beta" renamed to "Beta!"`,
		`campaign "beta/launch" renamed to "The launch"`,
		`campaign "beta/winter" added`,
		`brand "gamma" added`,
	})
	o := changes.Organization
	w.same(len(o.Brands), 4)
	w.same(o.Products, []string{"Chat", "ads", "reports"})
	w.same(o.Roles[0], provision.Role{Name: "member", Rank: 10, Dashboard: true, Capabilities: []string{}})
	w.same(o.ID, w.here.ID)
	w.same(len(w.save(file).Changes), 0)
	w.same(len(w.save(provision.Organization{Slug: "here"}).Changes), 0)
	if _, err := directory.SaveOrganization(w.ctx, w.s, provision.Organization{}, w.by, id); err == nil {
		w.Fatal("an organization without a slug was saved")
	}
}

func organizationAdministrators(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{{Account: a, Brand: w.brand("beta"), Kind: "staff", Role: "member"}}}))
	file := provision.Organization{Slug: "here", Administrators: []string{"new@example.com", "ann@example.com"}}
	w.same(len(w.save(file).Changes), 3+4)
	w.same(w.account(a).Memberships, []dedupe.Membership{
		{Brand: "Zeta", Kind: record.Staff, Role: "administrator"},
		{Brand: "alpha", Kind: record.Staff, Role: "administrator"},
		{Brand: "beta", Kind: record.Staff, Role: "administrator"}})
	w.same(w.account(a).Version, int64(2))
	w.same(len(w.save(file).Changes), 0)
	file.Brands = []provision.Brand{{Slug: "gamma"}}
	w.same(w.save(file).Changes, []string{`brand "gamma" added`, `ann@example.com is administrator of brand "gamma"`, `new@example.com is administrator of brand "gamma"`})
	if bad, err := directory.SaveOrganization(w.ctx, w.s, provision.Organization{Slug: "here", Administrators: []string{"nobody"}}, w.by, id); err == nil {
		w.Fatalf("saved %v", bad.Changes)
	}
}

func operators(w *world) {
	w.save(provision.Organization{Slug: "here", Administrators: []string{"zoe@example.com", "Zed@example.com"}})
	a, m := w.create("ann@example.com"), w.create("mia@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{
		{Account: a, Brand: w.brand("alpha"), Kind: "staff", Role: "member"},
		{Account: a, Brand: w.brand("beta"), Kind: "staff", Role: "manager"},
		{Account: a, Brand: w.brand("other"), Kind: "staff", Role: "administrator"},
		{Account: m, Brand: w.brand("beta"), Kind: "creator", Role: "member"}}}))
	w.block(a, w.here.ID)
	all, err := w.s.Operators(w.ctx, w.here.ID)
	w.ok(err)
	var addresses []string
	for _, o := range all {
		addresses = append(addresses, o.Email)
	}
	w.same(addresses, []string{"Zed@example.com", "ann@example.com", "zoe@example.com"})
	ann := provision.Operator{Account: a, Email: "ann@example.com", Brands: []string{"alpha", "beta"}, Manages: []string{"beta"}, Blocked: true,
		Role: provision.Role{Name: "manager", Rank: 50, Dashboard: true, Capabilities: []string{"links:reissue"}}}
	ann.Roles = map[string]provision.Role{"alpha": {Name: "member", Rank: 10, Capabilities: []string{}}, "beta": ann.Role}
	w.same(all[1], ann)
	got, err := w.s.Operator(w.ctx, w.here.ID, email("ann@example.com"))
	w.ok(err)
	w.same(got, ann)
	got, err = w.s.Operator(w.ctx, w.here.ID, email("mia@example.com"))
	w.ok(err)
	w.same(got.Role.Name, "member")
	for _, e := range []identity.Email{email("nobody@example.com"), {}} {
		_, err = w.s.Operator(w.ctx, w.here.ID, e)
		w.is(err, provision.ErrNotFound)
	}
	_, err = w.s.Operator(w.ctx, w.there.ID, email("mia@example.com"))
	w.is(err, provision.ErrNotFound)
}

func organizationKept(w *world) {
	w.save(provision.Organization{Slug: "here", Name: "Here", SignIn: "sso", SignUpURL: "https://example.com/join", Brands: []provision.Brand{{Slug: "beta", Name: "Beta!"}}})
	changes := w.save(provision.Organization{Slug: "here", Brands: []provision.Brand{{Slug: "beta"}}})
	w.same(len(changes.Changes), 0)
	o := changes.Organization
	w.same([]string{o.Name, o.SignIn, o.SignUpURL}, []string{"Here", "sso", "https://example.com/join"})
	fresh := w.save(provision.Organization{Slug: "fresh", Brands: []provision.Brand{{Slug: "only"}}}).Organization
	w.same([]string{fresh.Name, fresh.SignIn, fresh.Brands[0].Name}, []string{"fresh", "password", "only"})
}

func organizationSignsOn(w *world) {
	a, b, c := w.create("a@example.com"), w.create("b@example.com"), w.create("c@example.com")
	ours, over, theirs := w.link(a, 1), w.link(b, 1), w.link(c, 1)
	theirs.Organization = w.there.ID
	w.ok(w.apply(provision.Batch{By: w.by, Links: []provision.LinkRow{ours, over, theirs}}))
	again := w.link(b, 2)
	w.ok(w.apply(provision.Batch{By: w.by, Bumps: w.bump(b, true), Links: []provision.LinkRow{again}}))
	before := w.account(a).Version

	file := provision.Organization{Slug: "here", SignIn: "sso", Brands: []provision.Brand{{Slug: "beta"}}}
	w.same(w.save(file).Changes, []string{
		"sign-in changed from password to sso",
		"2 live links revoked: their people sign in by single sign-on now",
	})
	w.same(len(w.save(file).Changes), 0)
	links, err := w.s.Links(w.ctx, []string{ours.ID, over.ID, again.ID, theirs.ID})
	w.ok(err)
	states := map[string]string{}
	for _, l := range links {
		states[l.ID] = string(l.State) + " " + l.EndReason
	}
	w.same(states, map[string]string{ours.ID: "revoked sso", over.ID: "superseded ", again.ID: "revoked sso", theirs.ID: "live "})
	w.same(w.account(a).Version, before+1)
	audit, err := w.s.Audit(w.ctx, w.here.ID, a)
	w.ok(err)
	w.same(audit[len(audit)-1].Action, "link revoked")
	var told change.AuditDetail
	w.ok(json.Unmarshal(audit[len(audit)-1].Detail, &told))
	w.same(told, change.AuditDetail{Reason: "sso", Version: before + 1, Changes: change.Changes{change.EndLink{Why: "sso"}}})
}

func organizationLogins(w *world) {
	here := func(logins ...provision.Login) []string {
		file := provision.Organization{Slug: "here", Administrators: []string{"ann@example.com", "bob@example.com"}}
		file.Logins = append([]provision.Login{}, logins...)
		w.save(file)
		all, err := w.s.Logins(w.ctx, w.here.ID)
		w.ok(err)
		var said []string
		for _, l := range all {
			o, err := w.s.Operator(w.ctx, w.here.ID, email(l.As))
			w.ok(err)
			w.same(l.Account, o.Account)
			said = append(said, l.Login+" as "+l.As)
		}
		return said
	}
	ann, bob := provision.Login{Login: "nightly", As: "ann@example.com"}, provision.Login{Login: "desk", As: "bob@example.com"}
	w.same(here(ann, bob), []string{"desk as bob@example.com", "nightly as ann@example.com"})
	w.same(here(bob), []string{"desk as bob@example.com"})
	w.save(provision.Organization{Slug: "here"}) // lists none, and keeps them
	w.same(here(bob, ann), []string{"desk as bob@example.com", "nightly as ann@example.com"})
	all, err := w.s.Logins(w.ctx, w.there.ID)
	w.ok(err)
	w.same(len(all), 0)
}

func organizationSeats(w *world) {
	a, b, c, d := w.create("a@example.com"), w.create("b@example.com"), w.create("c@example.com"), w.create("d@example.com")
	in := func(account, brand, kind string) provision.MembershipRow {
		return provision.MembershipRow{Account: account, Brand: w.brand(brand), Kind: kind, Role: "member"}
	}
	w.ok(w.apply(provision.Batch{By: w.by, Memberships: []provision.MembershipRow{
		in(a, "alpha", "client"), in(a, "beta", "client"), in(b, "beta", "client"), in(b, "alpha", "staff"), in(c, "beta", "creator"),
		in(d, "other", "client")}}))
	want := map[record.Kind]int{record.Client: 2, record.Staff: 1}
	w.ok(w.s.Snapshot(w.ctx, func(directory provision.Directory) error {
		seats, err := directory.Seats(w.ctx, w.here.ID)
		w.same(seats, want)
		return err
	}))
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		w.ok(tx.Apply(w.ctx, provision.Batch{By: w.by, Memberships: []provision.MembershipRow{in(c, "alpha", "client")}}))
		seats, err := tx.Seats(w.ctx, w.here.ID)
		w.same(seats, map[record.Kind]int{record.Client: 3, record.Staff: 1})
		return err
	}))
}

func organizationArchived(w *world) {
	a := w.create("ann@example.com")
	w.save(provision.Organization{Slug: "here", Administrators: []string{"zoe@example.com"}})
	w.ok(w.apply(provision.Batch{By: w.by,
		Memberships: []provision.MembershipRow{{Account: a, Brand: w.brand("beta"), Kind: "staff", Role: "manager"}},
		Campaigns:   []provision.CampaignRow{{Account: a, Campaign: w.here.Brands[2].Campaigns[0].ID}},
		Products:    []provision.ProductRow{{Account: a, Product: "reports"}}}))
	users := func(tx provision.Tx, of provision.Archived) []string {
		all, err := tx.Users(w.ctx, w.here.ID, of)
		w.ok(err)
		return all
	}
	beta, alpha := w.here.Brands[2], w.here.Brands[1]
	w.ok(w.s.InTx(w.ctx, func(tx provision.Tx) error {
		for _, of := range []provision.Archived{{Brand: beta.ID}, {Campaign: beta.Campaigns[0].ID}, {Product: "reports"}, {Role: "manager"}} {
			w.same(users(tx, of), []string{"ann@example.com"})
		}
		w.same(len(users(tx, provision.Archived{Brand: alpha.ID})), 0) // but an administrator, who is in every brand
		w.same(len(users(tx, provision.Archived{Product: "Chat"})), 0)
		return tx.SaveOrganization(w.ctx, provision.OrganizationRows{ID: w.here.ID, At: w.by.At,
			Archived: []provision.Archived{{Brand: beta.ID}, {Campaign: alpha.Campaigns[0].ID}, {Product: "Chat"}, {Role: "manager"}}})
	}))
	all, err := w.s.Organizations(w.ctx)
	w.ok(err)
	w.same(all[0].BrandSlugs(), []string{"Zeta", "alpha"})
	w.same(len(all[0].Brands[1].Campaigns), 0)
	w.same(all[0].Products, []string{"reports"})
	w.same(len(all[0].Roles), 2)
	w.same(len(w.account(a).Memberships), 0)
	w.same(len(w.account(a).Campaigns), 0)
	_, err = w.s.Operator(w.ctx, w.here.ID, email("ann@example.com"))
	w.is(err, provision.ErrNotFound)

	back := w.save(provision.Organization{Slug: "here", Products: []string{"Chat"},
		Roles:  []provision.Role{{Name: "manager", Rank: 50, Dashboard: true}},
		Brands: []provision.Brand{{Slug: "beta"}, {Slug: "alpha", Campaigns: []provision.Campaign{{Slug: "launch"}}}}})
	w.same(back.Changes, []string{`role "manager" added`, `product "Chat" enabled`, `brand "beta" is back`, `campaign "alpha/launch" is back`})
	w.same(back.Organization.Brands[2], beta)
	w.same(back.Organization.Brands[1].Campaigns, alpha.Campaigns)
	w.same(w.account(a).Memberships, []dedupe.Membership{{Brand: "beta", Kind: record.Staff, Role: "manager"}})
}
