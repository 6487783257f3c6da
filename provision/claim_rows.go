package provision

import (
	"context"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
)

// ClaimStore is what the page behind a link asks of a database.
type ClaimStore interface {
	Writer
	// Claimant reads a link and everything that its page says, in one snapshot;
	// ErrNotFound where no link has the id.
	Claimant(ctx context.Context, link string) (Claimant, error)
	// Offered reads a membership that somebody was offered by the id of its link,
	// and whoever that is, in one snapshot; ErrNotFound where there is no such.
	Offered(ctx context.Context, link string) (Claimant, error)
	// CountOpening counts that the page of a link was opened. It is a statistic:
	// the account is not touched.
	CountOpening(ctx context.Context, link string, at time.Time) error
	// Asker reads the account that a key leads to; ErrNotFound where no
	// organization has the slug, or it does not know the account: as its owner,
	// or by a membership. Mails queued since then are counted.
	Asker(ctx context.Context, organization string, key identity.Key, since time.Time) (Asker, error)
}

// A Claimant is whoever a link is for, with what the page behind it needs.
type Claimant struct {
	Link  LinkRow
	Offer *Offer // what they are asked about, nil where they are not
	// Administrators are the ids of those of the organization, read with an offer
	// alone.
	Administrators []string
	Organization   Organization
	Version        int64 // of the account
	FirstName      string
	LastName       string
	Language       string
	TimeZone       string
	Handles        []string // of the account's profiles, as shown
	Memberships    []ClaimMembership
	Answers        map[string]string // to the organization's sign-up fields, by name
	Agreed         map[string]string // document → latest version that was agreed to
}

// ClaimMembership is a brand of the link's organization that the account is in.
type ClaimMembership struct {
	Brand     string // slug
	Kind      record.Kind
	Role      string
	Campaigns int    // of the brand, that the account may see
	GrantedBy string // name of whoever let them in, "" where that is not known
}

// An Asker is an account as an organization knows it that may have a link
// mailed.
type Asker struct {
	Organization Organization
	Account      string // id
	Version      int64
	Epoch        int64  // of its links
	Email        string // Value of its address, "" for none
	Status       dedupe.Status
	Blocked      bool        // by the organization, or everywhere
	Live         LinkRow     // whose ID is "" where no link is live, of any organization
	Last         LinkRow     // that the organization issued, live or not; its ID is "" where it never did
	Mailed       []time.Time // when mails with links to it were queued lately
}

// RedeemRow uses a link up: it has to open, as LinkRow.Standing says, by what
// holds within the transaction, and the step has to raise the epoch of the
// account's links; otherwise the batch is refused (ErrMoved). Unseen asks as
// well that nobody but its person may have seen it.
type RedeemRow struct {
	Link    string
	Account string
	Unseen  bool
}

// PasswordRow gives an account a password, and ends all its sessions.
type PasswordRow struct {
	Account  string
	Hash     string // PHC form
	Verified bool   // its person has shown that the mailbox is theirs
	// Registers says that the account belongs to its person from now on, and to
	// no organization.
	Registers bool
}

// AnswerRow is what somebody answered to a sign-up field; a former answer is
// replaced.
type AnswerRow struct {
	Account string
	Name    string
	Value   string
}

// ConsentRow says that somebody agreed to a version of a document; having
// agreed to it before counts.
type ConsentRow struct {
	Account  string
	Document string
	Version  string
}

// HandedRow says that a link was handed over to its person: it has to be live
// (ErrMoved), and what was said before stays.
type HandedRow struct {
	Link    string
	Account string
}
