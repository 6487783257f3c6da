package change

import (
	"encoding/json"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to memberships that wait until their people accept them.
const (
	OpOffer    Op = "offer"
	OpWithdraw Op = "withdraw"
	OpAccept   Op = "accept"
	OpDecline  Op = "decline"
)

// Offer offers somebody a membership: they are no member before they accept. A
// SendMail after it asks them.
type Offer struct {
	dedupe.Offer
	Attributes json.RawMessage `json:"attributes,omitempty"` // free columns as {"column":"value"}, nil for none
	Link       string          `json:"link,omitempty"`       // in the audit: id of the link by which they answer
}

// Op is OpOffer.
func (Offer) Op() Op { return OpOffer }

// Reverse withdraws the offer.
func (c Offer) Reverse() (Change, bool) { return Withdraw{c.Offer, c.Attributes}, true }

func (c Offer) audited(func(identity.Key) string) (Change, bool) {
	return Offer{Offer: c.Offer, Link: c.Link}, len(c.Attributes) == 0
}

func (c Offer) into(b *provision.Batch, t *target) error {
	m, err := t.membership(c.Membership, c.Attributes)
	if err != nil {
		return err
	}
	id, keyID, err := t.links.NewLink()
	if err != nil {
		return fmt.Errorf("offering a membership: %w", err)
	}
	if t.offers == nil {
		t.offers = map[string]string{}
	}
	t.offers[c.Brand] = id
	b.Offers = append(b.Offers, provision.OfferRow{
		MembershipRow: m,
		Campaigns:     c.Campaigns,
		Products:      c.Products,
		Link:          id,
		KeyID:         keyID,
		Audience:      t.terms.BaseURL,
		Email:         t.email,
		ExpiresAt:     b.By.At.Add(provision.OfferLife).Truncate(time.Second),
	})
	return nil
}

// Withdraw takes an offer back that waits for its person.
type Withdraw struct {
	dedupe.Offer
	Attributes json.RawMessage `json:"attributes,omitempty"` // free columns that it kept
}

// Op is OpWithdraw.
func (Withdraw) Op() Op { return OpWithdraw }

// Reverse offers the membership again.
func (c Withdraw) Reverse() (Change, bool) {
	return Offer{Offer: c.Offer, Attributes: c.Attributes}, true
}

func (c Withdraw) audited(func(identity.Key) string) (Change, bool) {
	return Withdraw{Offer: c.Offer}, len(c.Attributes) == 0
}

func (c Withdraw) into(b *provision.Batch, t *target) error {
	m, err := t.membership(c.Membership, c.Attributes)
	b.Gone.Offers = append(b.Gone.Offers, provision.OfferRow{MembershipRow: m})
	return err
}

// Accept makes somebody a member who was offered that, with what comes with it.
type Accept struct {
	dedupe.Offer
	Link string `json:"link"` // id
}

// Op is OpAccept.
func (Accept) Op() Op { return OpAccept }

// Reverse has nothing to offer: it is the person who said yes.
func (Accept) Reverse() (Change, bool) { return nil, false }

func (c Accept) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Accept) into(b *provision.Batch, t *target) error {
	row := provision.AcceptRow{Link: c.Link, Account: t.account, Products: c.Products}
	for _, name := range c.Campaigns {
		id, err := t.campaign(name)
		if err != nil {
			return err
		}
		row.Campaigns = append(row.Campaigns, id)
	}
	b.Accepts = append(b.Accepts, row)
	return nil
}

// Decline keeps that somebody does not want a membership that they were offered.
type Decline struct {
	Brand string `json:"brand"` // slug
	Link  string `json:"link"`  // id
}

// Op is OpDecline.
func (Decline) Op() Op { return OpDecline }

// Reverse has nothing to offer: it is the person who said no.
func (Decline) Reverse() (Change, bool) { return nil, false }

func (c Decline) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c Decline) into(b *provision.Batch, t *target) error {
	b.Declines = append(b.Declines, provision.DeclineRow{Link: c.Link, Account: t.account})
	return nil
}
