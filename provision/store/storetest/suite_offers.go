package storetest

import (
	"encoding/json"
	"time"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

var offerTrials = []trial{
	{"a membership that is offered is none before it is accepted", offerAccepted},
	{"whoever declined is offered the brand no more", offerDeclined},
	{"an offer is made again only once it led to nothing", offerRepeated},
	{"an offer that does not open is not accepted", offerClosed},
}

// anOffer is a membership of a client in beta, with a campaign and a product.
func anOffer() change.Offer {
	return change.Offer{
		Offer: dedupe.Offer{
			Membership: dedupe.Membership{Brand: "beta", Kind: record.Client, Role: "manager"},
			Campaigns:  []string{"beta/launch"},
			Products:   []string{"reports"},
		},
		Attributes: json.RawMessage(`{"Tier":"Gold"}`),
	}
}

// offered offers the membership to somebody of another organization.
func (w *world) offered(address string) (account string, o provision.Offer) {
	w.Helper()
	b, account := w.newAccount(address)
	w.ok(w.apply(b))
	w.ok(w.change(account, anOffer()))
	return account, w.offerOf(account)
}

func (w *world) offerOf(account string) provision.Offer {
	w.Helper()
	open := w.account(account).Offers
	w.same(len(open), 1)
	offers, err := w.s.Offers(w.ctx, []string{open[0].Link, newLinkID()})
	w.ok(err)
	w.same(len(offers), 1)
	return offers[0]
}

func accept(o provision.Offer) change.Accept { return change.Accept{Offer: o.Offer, Link: o.ID} }

func offerAccepted(w *world) {
	a, o := w.offered("ann@example.com")
	w.same(w.account(a).Memberships, []dedupe.Membership(nil))
	w.same(w.account(a).Campaigns, []string(nil))
	w.same(o.Offer, anOffer().Offer)
	w.same(o.Purpose, provision.Consent)
	w.same(o.Standing(w.by.At), provision.StandingOpen)
	c, err := w.s.Offered(w.ctx, o.ID)
	w.ok(err)
	w.same(*c.Offer, o)
	w.same(c.Link, o.LinkRow)
	w.same(c.Organization.Slug, "here")

	asked := w.by
	w.by.At = w.by.At.Add(time.Hour)
	w.by.Source = "the person"
	w.ok(w.change(a, accept(o)))
	w.is(w.change(a, accept(o)), provision.ErrMoved)
	w.is(w.change(a, change.Decline{Link: o.ID}), provision.ErrMoved)
	w.same(w.account(a).Memberships, []dedupe.Membership{o.Membership})
	w.same(w.account(a).Campaigns, []string{"beta/launch"})
	w.same(w.account(a).Products, []string{"reports"})
	w.same(w.account(a).Offers, []dedupe.OpenOffer(nil))
	w.ok(w.s.Snapshot(w.ctx, func(d provision.Directory) error {
		kept, err := d.Attributes(w.ctx, w.here.ID, []provision.Membership{{Account: a, Brand: "beta"}})
		w.same(kept[0].Columns, map[string]string{"Tier": "Gold"})
		return err
	}))
	offers, err := w.s.Offers(w.ctx, []string{o.ID})
	w.ok(err)
	w.same(offers[0].Standing(w.by.At), provision.StandingUsed)
	w.same(offers[0].CreatedAt.Equal(asked.At), true)
	_, err = w.s.Offered(w.ctx, newLinkID())
	w.is(err, provision.ErrNotFound)
}

func offerDeclined(w *world) {
	a, o := w.offered("ann@example.com")
	w.ok(w.change(a, change.Decline{Link: o.ID}))
	w.same(w.offerOf(a).Standing(w.by.At), provision.StandingDeclined)
	w.same(w.account(a).Offers[0].Declined, true)
	w.is(w.change(a, accept(o)), provision.ErrMoved)
	w.by.At = w.by.At.AddDate(1, 0, 0)
	w.is(w.change(a, anOffer()), provision.ErrMoved)
}

func offerRepeated(w *world) {
	a, o := w.offered("ann@example.com")
	w.is(w.change(a, anOffer()), provision.ErrMoved)
	w.by.At = o.ExpiresAt
	w.ok(w.change(a, anOffer()))
	again := w.offerOf(a)
	w.same(again.ID == o.ID, false)
	w.is(w.change(a, accept(o)), provision.ErrMoved)
	w.ok(w.change(a, accept(again)))
	w.ok(w.change(a, anOffer()))
	w.same(w.account(a).Offers[0].Declined, false)
}

func offerClosed(w *world) {
	a, o := w.offered("ann@example.com")
	w.by.At = o.ExpiresAt
	w.is(w.change(a, accept(o)), provision.ErrMoved)
	w.by.At = o.CreatedAt.Add(time.Hour)
	w.is(w.change(w.create("bob@example.com"), accept(o)), provision.ErrMoved)
	w.ok(w.change(a, change.Block{}))
	w.same(w.offerOf(a).Standing(w.by.At), provision.StandingBlocked)
	w.is(w.change(a, accept(o)), provision.ErrMoved)
	w.ok(w.change(a, change.Unblock{Roles: true}))
	w.same(w.offerOf(a).Standing(w.by.At), provision.StandingRevoked)
	w.is(w.change(a, accept(o)), provision.ErrMoved)

	b, o := w.offered("carl@example.com")
	w.ok(w.change(b, change.Readdress{To: email("new@example.com")}))
	w.same(w.offerOf(b).Standing(w.by.At), provision.StandingMoved)
	w.is(w.change(b, accept(o)), provision.ErrMoved)
}
