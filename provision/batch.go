package provision

import (
	"encoding/json"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
)

// Author says who makes a change, through what, and when: kept with every
// grant and in the audit.
type Author struct {
	Organization string // id
	Account      string // of the operator, "" for the program itself
	Run          string // id, "" outside a run
	Source       string // name of the list, command or source
	At           time.Time
}

// Batch is everything one chunk changes. The store writes each kind of row with
// one statement, sorted by its unique key, in the order of the fields.
type Batch struct {
	By          Author
	Bumps       []Bump      // accounts that exist and are written to
	Gone        Gone        // what is taken away, before anything is added
	Redeems     []RedeemRow // while their accounts are as they were
	Accounts    []AccountRow
	Addresses   []AddressRow // of accounts that exist; their live links are superseded
	Fills       []FillRow    // of accounts that exist
	Statuses    []StatusRow  // of several of one account the last counts
	Keys        []KeyRow
	Hints       []KeyRow // a hint that is there already is left as it is
	Profiles    []ProfileRow
	Connects    []ProfileRow // profiles that were declared so far and are connected from now on
	Memberships []MembershipRow
	Back        Back
	Offers      []OfferRow // memberships that wait for their people
	Accepts     []AcceptRow
	Declines    []DeclineRow
	Raises      []MembershipRow // new role of an existing membership; its other fields are ignored
	Permits     []MembershipRow // new permissions of an existing membership; its other fields are ignored
	Kept        []MembershipRow // new attributes of an existing membership; its other fields are ignored
	Campaigns   []CampaignRow
	Products    []ProductRow
	Lifts       []Lift
	Ends        []EndRow
	Blocks      []BlockRow
	Links       []LinkRow // the account's former live link is superseded
	Handed      []HandedRow
	Passwords   []PasswordRow
	Answers     []AnswerRow
	Consents    []ConsentRow
	Mails       []MailRow // queued mail about links of the batch's accounts that ended is cancelled first
	Dashboards  []DashboardRow
	Sent        []SentRow
	Unsent      []UnsentRow
	Unmade      []string // accounts that go, with everything that is kept of them
	Merged      []MergeRow
	Erased      []EraseRow
	Decisions   []DecisionRow
	Owned       []SourceGrant     // what sources give
	Stopped     []string          // accounts to whom nothing is mailed that waits
	Attending   []SourcePersonRow // whom they name; refused (ErrMoved) where they do not stand as From says
	Audit       []AuditRow
}

// Bump raises an account's version, and its link epoch where Epoch is set. It
// is refused (ErrMoved) unless the account still has the version given.
type Bump struct {
	Account string
	Version int64
	Epoch   bool
}

// AccountRow is a new account, at version 1. Epoch is its first link epoch.
type AccountRow struct {
	ID string
	dedupe.NewAccount
	Status dedupe.Status
	Owner  string // organization id
	Epoch  int64
}

// AddressRow gives an account another address. The key of the former one stays
// with the account.
type AddressRow struct {
	Account string
	Email   identity.Email
}

// FillRow fills blanks of an account; what is there already stays.
type FillRow struct {
	Account string
	dedupe.Fill
}

// StatusRow gives an account another status.
type StatusRow struct {
	Account string
	Status  dedupe.Status
}

// KeyRow gives an account a key.
type KeyRow struct {
	identity.Key
	Account string
}

// ProfileRow attaches a declared or connected profile.
type ProfileRow struct {
	identity.Profile
	Account   string
	Connected bool
}

// MembershipRow makes an account a member of a brand, or gives it a new role.
type MembershipRow struct {
	Account    string
	Brand      string // id
	Kind       string
	Role       string
	Attributes json.RawMessage // free columns as {"column":"value"}, or nil

	Permissions json.RawMessage // as a permission.Grant, or nil
}

// CampaignRow grants a campaign.
type CampaignRow struct {
	Account  string
	Campaign string // id
}

// ProductRow grants a product of the organization.
type ProductRow struct {
	Account string
	Product string
}

// Lift ends the block of an account by an organization.
type Lift struct {
	Account      string
	Organization string // id
}

// Everywhere stands for an organization where something holds for the whole
// platform.
const Everywhere = "00000000-0000-0000-0000-000000000000"

// EndRow revokes the live link of an account. It is refused (ErrMoved) where
// there is none.
type EndRow struct {
	Account string
	Why     string // "registered", or the code of a reason
}

// BlockRow ends the access of an account to an organization, or Everywhere: a
// live link that the organization gave it is revoked, the epoch of the account's
// links raised, mail that waits cancelled, and its sessions end.
type BlockRow struct {
	Account      string
	Organization string // id
	Why          string // in somebody's own words
	Again        bool   // the one that was lifted, as it was: refused where there is none
}

// AuditRow records one change to one account, rich enough to undo it.
type AuditRow struct {
	ID      string // UUID
	Account string
	Action  string
	Row     int
	Detail  json.RawMessage
	// Private is what undoing it needs of the person's own data, nil for nothing;
	// it goes before the rest does.
	Private json.RawMessage
}
