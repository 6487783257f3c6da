package run

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// builder knows what every batch of a run has in common.
type builder struct {
	organization provision.Organization
	links        provision.LinkMaker
	newID        func() string
	baseURL      string
	linkTTL      time.Duration
	now          func() time.Time
	brands       map[string]string // slug → id
	campaigns    map[string]string // "brand/campaign" → id
}

func newBuilder(org provision.Organization, links provision.LinkMaker, newID func() string, baseURL string, ttl time.Duration, now func() time.Time) builder {
	b := builder{organization: org, links: links, newID: newID, baseURL: baseURL, linkTTL: ttl, now: now, brands: map[string]string{}, campaigns: map[string]string{}}
	for _, brand := range org.Brands {
		b.brands[brand.Slug] = brand.ID
		for _, c := range brand.Campaigns {
			b.campaigns[brand.Slug+"/"+c.Slug] = c.ID
		}
	}
	return b
}

// build collects what one chunk adds.
type build struct {
	builder
	batch provision.Batch
	err   error
}

// start begins a batch for about as many people as given.
func (b builder) start(by provision.Author, people int) *build {
	by.At = b.now()
	return &build{builder: b, batch: provision.Batch{
		By: by, Accounts: make([]provision.AccountRow, 0, people), Keys: make([]provision.KeyRow, 0, 4*people), Profiles: make([]provision.ProfileRow, 0, 2*people),
		Memberships: make([]provision.MembershipRow, 0, people), Links: make([]provision.LinkRow, 0, people), Audit: make([]provision.AuditRow, 0, people),
	}}
}

// carryOut adds what a fresh decision writes to the batch, and returns its
// ledger rows.
func (b *build) carryOut(d dedupe.Decision, found map[identity.Key]provision.Found) []provision.LedgerRow {
	first, rest := provision.RowOutcomes(d)
	account, link := d.Account, d.LinkID
	switch {
	case d.Action == dedupe.Create:
		account = b.newID()
		link = b.create(account, d)
	case d.Action == dedupe.Claim || d.Action == dedupe.Update:
		if issued := b.add(d, found); issued != "" {
			link = issued
		}
	}
	b.remember(d, account)
	return provision.RowsOf(d, first, rest, d.Reason, account, link)
}

// create adds a new account with everything that is its own.
func (b *build) create(account string, d dedupe.Decision) (link string) {
	row := provision.AccountRow{ID: account, NewAccount: *d.Write.New, Status: dedupe.Created, Owner: b.organization.ID}
	if d.Link == dedupe.IssueLink {
		row.Epoch = 1
		link = b.issue(account, row.Epoch, row.Email.Value)
	}
	b.batch.Accounts = append(b.batch.Accounts, row)
	for _, k := range d.NewKeys() {
		b.batch.Keys = append(b.batch.Keys, provision.KeyRow{Key: k, Account: account})
	}
	if row.Email.Folds() {
		b.batch.Hints = append(b.batch.Hints, provision.KeyRow{Key: row.Email.MailboxKey(), Account: account})
	}
	b.attach(account, d.Write.Profiles, false)
	b.access(account, d, link)
	return link
}

// add gives an account that exists what the decision adds.
func (b *build) add(d dedupe.Decision, found map[identity.Key]provision.Found) (link string) {
	f := b.known(d, found)
	issues, address := d.Link.Issues(), f.Email
	ends := d.Write.Email != nil || d.Link == dedupe.EndedLink && d.LinkID != ""
	b.batch.Bumps = append(b.batch.Bumps, provision.Bump{Account: d.Account, Version: f.Version, Epoch: issues || ends})
	if e := d.Write.Email; e != nil {
		b.readdress(d.Account, *e, found)
		address = e.Value
	}
	if issues {
		link = b.issue(d.Account, f.Epoch+1, address)
	}
	if d.Write.ExternalID != "" {
		k := identity.Key{Space: dedupe.ExternalSpace(b.organization.ID), Value: d.Write.ExternalID}
		b.batch.Keys = append(b.batch.Keys, provision.KeyRow{Key: k, Account: d.Account})
	}
	b.attach(d.Account, d.Write.Profiles, true)
	b.access(d.Account, d, link)
	return link
}

// readdress gives an account another address, as a reviewer decided. The key
// of the former one stays with the account.
func (b *build) readdress(account string, e identity.Email, found map[identity.Key]provision.Found) {
	b.batch.Addresses = append(b.batch.Addresses, provision.AddressRow{Account: account, Email: e})
	if found[e.Key()].Account != account {
		b.batch.Keys = append(b.batch.Keys, provision.KeyRow{Key: e.Key(), Account: account})
	}
	if e.Folds() {
		b.batch.Hints = append(b.batch.Hints, provision.KeyRow{Key: e.MailboxKey(), Account: account})
	}
}

// remember keeps a reviewer's decision. One that writes nothing else is in the
// audit all the same.
func (b *build) remember(d dedupe.Decision, account string) {
	for _, memory := range d.Remember {
		memory.Account = account
		if memory.Choice == dedupe.ChooseSkip {
			memory.Account = ""
		}
		b.batch.Decisions = append(b.batch.Decisions, provision.DecisionRow{Memory: memory})
	}
	if len(d.Remember) > 0 && (d.Action == dedupe.Review || d.Action == dedupe.Unchanged) {
		b.audit(account, d, "")
	}
}

// known returns what the look-up found of the decision's account.
func (b *build) known(d dedupe.Decision, found map[identity.Key]provision.Found) provision.Found {
	for _, w := range d.Watch {
		if f, taken := found[w.Key]; taken && f.Account == d.Account {
			return f
		}
	}
	b.fail(fmt.Errorf("row %d: no key leads to account %s", d.Rows[0], d.Account))
	return provision.Found{}
}

func (b *build) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// attach adds declared profiles; keys says whether theirs are still to be
// added, too.
func (b *build) attach(account string, profiles []identity.Profile, keys bool) {
	for _, p := range profiles {
		b.batch.Profiles = append(b.batch.Profiles, provision.ProfileRow{Profile: p, Account: account})
		switch {
		case p.Shared:
			b.batch.Hints = append(b.batch.Hints, provision.KeyRow{Key: p.Key(), Account: account})
		case keys:
			b.batch.Keys = append(b.batch.Keys, provision.KeyRow{Key: p.Key(), Account: account})
		}
	}
}

// access adds memberships and grants, and the audit entry of it all.
func (b *build) access(account string, d dedupe.Decision, link string) {
	w := d.Write
	attributes := attributesJSON(w.Attributes)
	for _, m := range w.Memberships {
		b.batch.Memberships = append(b.batch.Memberships, provision.MembershipRow{Account: account, Brand: b.brand(m.Brand), Kind: string(m.Kind), Role: m.Role, Attributes: attributes})
	}
	for _, k := range w.Kept {
		b.batch.Kept = append(b.batch.Kept, provision.MembershipRow{Account: account, Brand: b.brand(k.Brand), Attributes: columnsJSON(k.All)})
	}
	if w.Fill != nil {
		b.batch.Fills = append(b.batch.Fills, provision.FillRow{Account: account, Fill: *w.Fill})
	}
	for _, r := range w.Raise {
		b.batch.Raises = append(b.batch.Raises, provision.MembershipRow{Account: account, Brand: b.brand(r.Brand), Role: r.To})
	}
	for _, c := range w.Campaigns {
		id, ok := b.campaigns[c]
		if !ok {
			b.fail(&provision.StalePlanError{Msg: fmt.Sprintf("the plan names campaign %q, which is gone", c)})
		}
		b.batch.Campaigns = append(b.batch.Campaigns, provision.CampaignRow{Account: account, Campaign: id})
	}
	for _, p := range w.Products {
		b.batch.Products = append(b.batch.Products, provision.ProductRow{Account: account, Product: p})
	}
	if w.Activate != "" {
		b.batch.Lifts = append(b.batch.Lifts, provision.Lift{Account: account, Roles: strings.HasSuffix(w.Activate, "+roles"), Default: provision.MemberRole})
	}
	if w.Block {
		b.batch.Blocks = append(b.batch.Blocks, provision.BlockRow{Account: account, Organization: b.organization.ID})
	}
	b.audit(account, d, link)
}

func (b *build) brand(slug string) string {
	id, ok := b.brands[slug]
	if !ok {
		b.fail(&provision.StalePlanError{Msg: fmt.Sprintf("the plan names brand %q, which is gone", slug)})
	}
	return id
}

func attributesJSON(attributes []record.Attribute) json.RawMessage {
	if len(attributes) == 0 {
		return nil
	}
	m := make(map[string]string, len(attributes))
	for _, a := range attributes {
		m[a.Column] = a.Value
	}
	return columnsJSON(m)
}

func columnsJSON(columns map[string]string) json.RawMessage {
	text, _ := json.Marshal(columns) // strings always marshal
	return text
}

// issue adds a link for the address stored on the account.
func (b *build) issue(account string, epoch int64, email string) (id string) {
	id, keyID, err := b.links.NewLink()
	if err != nil {
		b.fail(fmt.Errorf("issuing a link: %w", err))
	}
	b.batch.Links = append(b.batch.Links, provision.LinkRow{
		ID: id, KeyID: keyID, Account: account, Organization: b.organization.ID, Purpose: 1, Audience: b.baseURL, Epoch: epoch,
		Lifetime: b.linkTTL, State: "live", Run: b.batch.By.Run, CreatedAt: b.batch.By.At, Email: email,
	})
	return id
}

// AuditDetail is what the audit keeps of a change to an account: what was
// added, in enough detail to take it back. Names and addresses stay out of it:
// they go when the person does, the audit stays.
type AuditDetail struct {
	Reason      reason.Code         `json:"reason"`
	Memberships []dedupe.Membership `json:"memberships,omitempty"`
	Columns     map[string][]string `json:"columns,omitempty"` // brand → free columns that changed
	Filled      []string            `json:"filled,omitempty"`  // details that were blank
	Raise       []dedupe.Raise      `json:"raise,omitempty"`
	Campaigns   []string            `json:"campaigns,omitempty"`
	Products    []string            `json:"products,omitempty"`
	Profiles    []identity.Key      `json:"profiles,omitempty"`
	ExternalID  bool                `json:"external_id,omitempty"`
	Activate    string              `json:"activate,omitempty"`
	Block       bool                `json:"block,omitempty"`
	Link        string              `json:"link,omitempty"`    // id of the one issued
	Address     string              `json:"address,omitempty"` // mark of the new one
	Decided     *Decided            `json:"decided,omitempty"` // by a reviewer
}

// audit records what was added.
func (b *build) audit(account string, d dedupe.Decision, link string) {
	w := d.Write
	keys := make([]identity.Key, 0, len(w.Profiles))
	for _, p := range w.Profiles {
		keys = append(keys, p.Key())
	}
	detail, err := json.Marshal(AuditDetail{
		Reason: d.Reason, Memberships: w.Memberships, Raise: w.Raise, Campaigns: w.Campaigns, Products: w.Products, Profiles: keys,
		Columns: changedColumns(w.Kept), Filled: w.Fill.Blanks(),
		ExternalID: w.ExternalID != "", Activate: w.Activate, Block: w.Block, Link: link, Address: b.addressMark(w.Email), Decided: decidedOn(d),
	})
	if err != nil {
		b.fail(err)
	}
	b.batch.Audit = append(b.batch.Audit, provision.AuditRow{
		ID: b.newID(), Account: account, Action: string(d.Action), Row: d.Rows[0], Detail: detail, Private: formerColumns(w.Kept),
	})
}

// changedColumns names the free columns that change, by brand.
func changedColumns(kept []dedupe.Kept) map[string][]string {
	if len(kept) == 0 {
		return nil
	}
	columns := make(map[string][]string, len(kept))
	for _, k := range kept {
		columns[k.Brand] = slices.Sorted(maps.Keys(k.After))
	}
	return columns
}

// AuditPrivate is what the audit keeps apart of a change to an account: data
// of the person that taking it back needs.
type AuditPrivate struct {
	Columns map[string]map[string]string `json:"columns,omitempty"` // brand → free column → what it was, "" for nothing
}

func formerColumns(kept []dedupe.Kept) json.RawMessage {
	if len(kept) == 0 {
		return nil
	}
	p := AuditPrivate{Columns: make(map[string]map[string]string, len(kept))}
	for _, k := range kept {
		p.Columns[k.Brand] = k.Before
	}
	text, _ := json.Marshal(p) // strings always marshal
	return text
}

func (b *build) addressMark(e *identity.Email) string {
	if e == nil {
		return ""
	}
	return b.links.Mark(e.Key(), b.organization.ID)
}

// Decided is what the audit keeps of a reviewer's decision: what was chosen,
// for which record of which person, and which accounts spoke for being them.
type Decided struct {
	Choice dedupe.Choice    `json:"choice"`
	Person string           `json:"person"` // digest
	Record string           `json:"record"` // digest of the row that carries the decision
	Seen   []dedupe.Witness `json:"seen,omitempty"`
}

func decidedOn(d dedupe.Decision) *Decided {
	if len(d.Remember) == 0 {
		return nil
	}
	first := d.Remember[0]
	return &Decided{first.Choice, first.Digest, first.Record, first.Seen}
}
