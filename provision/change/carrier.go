package change

import (
	"encoding/json"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// A Carrier puts the steps of a run into batches. It has what all of them need:
// the organization they speak of, where ids and links come from, and where
// links lead.
type Carrier struct {
	organization provision.Organization
	links        provision.LinkMaker
	newID        func() string
	terms        LinkTerms
	brands       map[string]string // slug → id
	campaigns    map[string]string // "brand/campaign" → id
}

// LinkTerms are what the links that a carrier issues have in common, and the
// mails about them.
type LinkTerms struct {
	BaseURL   string
	Life      time.Duration // from when a link is first shown
	NotBefore time.Time     // it opens only from then on; zero for at once
	Workday   bool          // an end at a weekend moves to Monday morning
	Inviter   string        // as "Name <address>", "" for the organization
	Note      string        // from the inviter, plain text
	Awaited   bool          // its person waits for the mail

	Administrators []string // ids of those whom a new one is told to
	InvitedBy      string   // id of whoever mails name as the one who invites; "" for the author
}

// NewCarrier returns the carrier of a run.
func NewCarrier(
	org provision.Organization, links provision.LinkMaker, newID func() string, terms LinkTerms,
) *Carrier {
	c := &Carrier{
		organization: org,
		links:        links,
		newID:        newID,
		terms:        terms,
		brands:       map[string]string{},
		campaigns:    map[string]string{},
	}
	for _, brand := range org.Brands {
		c.brands[brand.Slug] = brand.ID
		for _, campaign := range brand.Campaigns {
			c.campaigns[brand.Slug+"/"+campaign.Slug] = campaign.ID
		}
	}
	return c
}

// membership is the row of an account in a brand.
func (t *target) membership(m dedupe.Membership, attributes json.RawMessage) (provision.MembershipRow, error) {
	id, err := t.brand(m.Brand)
	if err != nil {
		return provision.MembershipRow{}, err
	}
	row := provision.MembershipRow{Account: t.account, Brand: id, Kind: string(m.Kind), Role: m.Role, Attributes: attributes}
	if m.Permissions != nil {
		row.Permissions, err = json.Marshal(m.Permissions)
	}
	return row, err
}

// brand is the id of a brand. One that is gone is a *StalePlanError.
func (c *Carrier) brand(slug string) (string, error) {
	id, there := c.brands[slug]
	if !there {
		return "", &provision.StalePlanError{Msg: fmt.Sprintf("the plan names brand %q, which is gone", slug)}
	}
	return id, nil
}

// campaign is the id of a campaign. One that is gone is a *StalePlanError.
func (c *Carrier) campaign(name string) (string, error) {
	id, there := c.campaigns[name]
	if !there {
		return "", &provision.StalePlanError{Msg: fmt.Sprintf("the plan names campaign %q, which is gone", name)}
	}
	return id, nil
}

// A target is the account of a step, as the changes before have left it.
type target struct {
	*Carrier
	account string            // id
	made    bool              // by the step itself
	version int64             // once it is written; 0 where nothing is
	email   string            // Value of its own address, "" for none
	epoch   int64             // of its links
	raised  bool              // the epoch was, by this step
	link    string            // id of the link that was issued
	why     string            // code of what the step was done for
	offers  map[string]string // brand → id of the link of a membership that was offered
}

// raiseEpoch raises the epoch of the account's links, once in a step, and
// returns it: links of an earlier epoch open no more.
func (t *target) raiseEpoch(b *provision.Batch) int64 {
	if t.raised {
		return t.epoch
	}
	t.raised = true
	t.epoch++
	if t.made {
		b.Accounts[len(b.Accounts)-1].Epoch = t.epoch
	} else {
		b.Bumps[len(b.Bumps)-1].Epoch = true
	}
	return t.epoch
}

// Done says what the store made of a step.
type Done struct {
	Account string // id, also of the account that was made; "" for nobody
	Link    string // id of the link to be reported, "" for none
}

// Carry adds to a batch what a step writes, and its entry in the audit. Found
// is where the watched keys lead inside the transaction: where the step saw
// them lead. What comes back is for the ledger; an error says that the plan
// names something that is gone, or that no link could be made, and leaves the
// batch useless.
func (c *Carrier) Carry(b *provision.Batch, s Step, found map[identity.Key]provision.Found) (Done, error) {
	at, err := c.target(b, s, found)
	if err != nil {
		return Done{}, err
	}
	changes := make(Changes, len(s.Changes))
	for i, change := range s.Changes {
		if err := change.into(b, at); err != nil {
			return Done{}, err
		}
		switch made := change.(type) {
		case IssueLink:
			made.Link = at.link
			change = made
		case Offer:
			made.Link = at.offers[made.Brand]
			change = made
		}
		changes[i] = change
	}
	done := Done{Account: at.account, Link: s.LinkID}
	if at.link != "" {
		done.Link = at.link
	}
	if len(changes) == 0 {
		return done, nil
	}
	row, err := c.audit(s, changes, at.version)
	row.Account = at.account
	b.Audit = append(b.Audit, row)
	return done, err
}

// target finds the account of a step, and raises the version of one that is
// written to.
func (c *Carrier) target(b *provision.Batch, s Step, found map[identity.Key]provision.Found) (*target, error) {
	at := &target{Carrier: c, account: s.Account, why: string(s.First.Reason)}
	switch {
	case s.Creates():
		at.made = true
		at.version = 1
		if at.account == "" {
			at.account = c.newID()
		}
	case s.writes():
		f, known := s.found(found)
		if !known {
			return nil, fmt.Errorf("%sno key leads to account %s", s.at(), s.Account)
		}
		at.email = f.Email
		at.epoch = f.Epoch
		at.version = f.Version + 1
		b.Bumps = append(b.Bumps, provision.Bump{Account: s.Account, Version: f.Version})
	}
	return at, nil
}

// NewBatch begins a batch for about as many people as given.
func NewBatch(by provision.Author, people int) provision.Batch {
	return provision.Batch{
		By:          by,
		Accounts:    make([]provision.AccountRow, 0, people),
		Keys:        make([]provision.KeyRow, 0, 4*people),
		Profiles:    make([]provision.ProfileRow, 0, 2*people),
		Memberships: make([]provision.MembershipRow, 0, people),
		Links:       make([]provision.LinkRow, 0, people),
		Audit:       make([]provision.AuditRow, 0, people),
	}
}
