package provision

import (
	"errors"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
)

// LinkMaker makes invite links, and seals plans so that nobody else can alter
// them. It keeps the keys; the store keeps the rows.
type LinkMaker interface {
	NewLink() (id, keyID string, err error)             // a fresh link id and the active key's id
	URL(l LinkRow) (string, error)                      // the link of a row, the same whenever asked; ErrNoKey
	Mark(k identity.Key, organization string) string    // suppression mark, with the active key
	Marks(k identity.Key, organization string) []string // the marks under every key; "" stands for the whole platform
	Checks() map[string]string                          // key id → check value
	Seal(digest string) string                          // what only the keys can make of the digest of a plan
	Sealed(digest, seal string) bool                    // whether they did
}

// What a link is for.
const (
	Invitation = 1 // to set the first password, and claim the account
	Reset      = 2 // to set a new password
	Consent    = 3 // to accept a membership that was offered, or decline it
)

// A Channel is how a link leaves the system.
type Channel string

// The channels.
const (
	ByReport Channel = "report" // handed over by somebody who has the report
	ByMail   Channel = "mail"   // by mail alone
)

// LinkRow is a link: everything its token is computed from, and its state.
// Nothing in it is secret.
type LinkRow struct {
	ID           string // 32 hex digits
	Account      string
	Organization string // id
	Purpose      int    // Invitation, Reset or Consent
	KeyID        string // 8 hex digits
	Audience     string // public base URL
	Epoch        int64
	Lifetime     time.Duration
	GeneratedAt  time.Time // when it was first shown; zero until then
	ExpiresAt    time.Time // set with GeneratedAt, once: it is inside the token
	NotBefore    time.Time // it opens only from then on; zero for at once
	State        LinkState
	EndReason    string // why it was revoked, "" where it was not
	Run          string
	CreatedAt    time.Time
	Email        string // Value of the address it is for
	Channel      Channel
	Workday      bool // an end at a weekend, where its person is, moves to Monday morning

	RevealedAt   time.Time // when anybody but its person could see it first; zero for never
	HandedOverAt time.Time // when somebody said that they gave it to its person; zero for never
	OpenedAt     time.Time // when its page was opened first; zero for never
	Openings     int
	EndedAt      time.Time // when its state was no longer live; zero while it is

	// The account as it is now; filled by Store.Links alone.
	AccountEmail      identity.Email
	AccountName       string
	AccountStatus     dedupe.Status
	AccountBlocked    bool      // by the organization, or everywhere
	AccountBlockedAt  time.Time // when such a block began or was lifted last; zero for never
	AccountPasswordAt time.Time // when it was set; zero for never
	AccountEpoch      int64
	AccountTimeZone   string // "" where it is not known
	SignIn            string // of the link's organization
	Active            bool   // the organization is
}

// LiveLink is the account of a live link, and its version.
type LiveLink struct {
	Account string
	Version int64
}

// ErrNoKey means that the key a link was made with is not in the keyring.
var ErrNoKey = errors.New("the key of the link is not in the keyring")

// Link is an invite link as a report may tell of it.
type Link struct {
	URL       string // "" unless it is live: the only secret in a Line
	Email     string // address stored on the account: who the link is for
	Name      string // name stored on the account
	ExpiresAt time.Time
	State     LinkWord
}

// LinkWord says how a link stands when the report is written.
type LinkWord string

// The words.
const (
	LinkIssued      LinkWord = "issued"       // by this run
	LinkKept        LinkWord = "kept"         // the live one of an earlier run, the same
	LinkWaits       LinkWord = "mail_waits"   // it waits to be mailed
	LinkMailed      LinkWord = "mailed"       // it was mailed, or a mail server has it
	LinkOldAddress  LinkWord = "old_address"  // kept, and leads to another base URL than the run's: that is inside it
	LinkExpired     LinkWord = "expired"      // nothing to hand over; --reissue-expired renews it
	LinkRevoked     LinkWord = "revoked"      // by hand, or with the run that issued it: links reissue alone issues another
	LinkWithdrawn   LinkWord = "withdrawn"    // it ended with the access of its person; --reissue-expired issues another
	LinkDead        LinkWord = "dead"         // used, superseded or revoked since
	LinkNoKey       LinkWord = "no_key"       // its key is gone from the keyring: reissue needed
	LinkNone        LinkWord = "none"         // --invite none: the person has to be told some other way
	LinkByMail      LinkWord = "by_mail"      // another organization's account: by mail alone, not reported
	LinkSignIn      LinkWord = "sign_in"      // single sign-on: told where to sign in
	LinkAbove       LinkWord = "above"        // may do more than the operator: withheld
	LinkNoAddress   LinkWord = "no_address"   // a contact: nobody signs in with the account
	LinkElsewhere   LinkWord = "elsewhere"    // invited by other means, no link of ours is known
	LinkProfileOnly LinkWord = "profile_only" // known by a profile alone, which sends and shows nothing
	LinkInactive    LinkWord = "inactive"     // the organization is not active: none is issued, and none opens
	LinkAsked       LinkWord = "asked"        // another's own account: its person is asked by mail whether they want to be there
	LinkNeedless    LinkWord = "needless"     // registered already
)
