package provision

import (
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/reason"
	"muster/importer/record"
)

// Line is one input row and what became of it: what the report shows. Lines
// come in list order, every input row exactly once.
type Line struct {
	record.Record
	Outcome    Outcome
	Reason     reason.Code
	Account    string // UUID, "" for none
	MergedInto *record.Place
	Candidates []dedupe.Candidate
	Notes      []dedupe.Note
	Problems   []record.Problem // those of the row and those of the decision
	Link       *Link            // nil where the person has none to be told of
	Error      string           // of a failed row
	Held       *Held            // of a held row: what a decision about it is made on
	HeldWith   []record.Place   // of a held row: the first few of the others of its person
}

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
	LinkOldAddress  LinkWord = "old_address"  // kept, and leads to another base URL than the run's: that is inside it
	LinkExpired     LinkWord = "expired"      // nothing to hand over; --reissue-expired renews it
	LinkDead        LinkWord = "dead"         // used, superseded or revoked since
	LinkNoKey       LinkWord = "no_key"       // its key is gone from the keyring: reissue needed
	LinkNone        LinkWord = "none"         // --invite none: the person has to be told some other way
	LinkByMail      LinkWord = "by_mail"      // another organization's account: by mail alone, not reported
	LinkSignIn      LinkWord = "sign_in"      // single sign-on: told where to sign in
	LinkAbove       LinkWord = "above"        // may do more than the operator: withheld
	LinkNoAddress   LinkWord = "no_address"   // a contact: nobody signs in with the account
	LinkElsewhere   LinkWord = "elsewhere"    // invited by other means, no link of ours is known
	LinkProfileOnly LinkWord = "profile_only" // known by a profile alone, which sends and shows nothing
	LinkNeedless    LinkWord = "needless"     // registered already
)

// ListInfo is one input list as the report names it.
type ListInfo struct {
	File      string   `json:"file"`
	Sheet     string   `json:"sheet,omitempty"`
	SHA256    string   `json:"sha256"`
	Rows      int      `json:"rows"`
	Format    string   `json:"format"` // csv, xlsx
	Encoding  string   `json:"encoding,omitempty"`
	Delimiter string   `json:"delimiter,omitempty"`
	Columns   []string `json:"columns"`           // headers under which its rows can be fed back, in order
	Labels    []string `json:"labels,omitempty"`  // the columns as problems name them, where that differs
	Free      []string `json:"free,omitempty"`    // columns that are kept with the person and travel to the report
	Notes     []string `json:"notes,omitempty"`   // what was assumed while reading
	Ignored   []string `json:"ignored,omitempty"` // columns left out by a mapping

	Unread []importer.UnreadSheet `json:"unread,omitempty"` // other sheets of the file that hold people
}

// Places are the first few places of rows by what is to be said about them.
type Places map[reason.Code][]record.Place

// FirstPlaces is how many places are kept of each.
const FirstPlaces = 3

// Add keeps the place of a row that a code was met on, while there are few.
func (p Places) Add(code reason.Code, at record.Place) {
	kept := p[code]
	if len(kept) == FirstPlaces || len(kept) > 0 && kept[len(kept)-1] == at {
		return
	}
	p[code] = append(kept, at)
}

// Differences are the things in which a row and the account it belongs to
// disagree, each once. Those of a row that is held for another reason may be
// between two people, and are none.
func Differences(account string, why reason.Code, notes []dedupe.Note) []reason.Code {
	var all []reason.Code
	for _, n := range notes {
		if n.Code.Difference() && (account != "" || why == n.Code) && !slices.Contains(all, n.Code) {
			all = append(all, n.Code)
		}
	}
	return all
}

// Summary is the run in numbers: summary.json, and the table at the end.
type Summary struct {
	Run          string                 `json:"run"`
	Command      string                 `json:"command"` // import, apply, plan
	Organization string                 `json:"organization"`
	Brand        string                 `json:"brand"`
	Operator     string                 `json:"operator"`
	Lists        []ListInfo             `json:"lists"`
	Rows         int                    `json:"rows"`
	Outcomes     map[Outcome]int        `json:"outcomes"`
	Reasons      map[reason.Code]int    `json:"reasons,omitempty"`
	Links        map[LinkWord]int       `json:"links,omitempty"`
	LinksEnd     map[LinkWord]time.Time `json:"links_first_expire,omitempty"` // when the first of the live ones that stand alike ends
	Differ       int                    `json:"differ,omitempty"`             // rows that disagree with the account they belong to
	Differences  map[reason.Code]int    `json:"differences,omitempty"`        // rows that disagree with the account they belong to, by what differs
	Problems     map[reason.Code]int    `json:"problems,omitempty"`           // rows by what is wrong with their cells
	First        Places                 `json:"-"`                            // where the first few rows of each reason, difference and problem stand; rows.jsonl has all
	Undrawn      []Undrawn              `json:"undrawn,omitempty"`            // files for people that are not there
	Resumed      bool                   `json:"resumed,omitempty"`
	StartedAt    time.Time              `json:"started_at"`
	FinishedAt   time.Time              `json:"finished_at"`
	ExitCode     int                    `json:"exit_code"`
	Program      string                 `json:"program"`
	Database     string                 `json:"database"`
	Report       string                 `json:"report,omitempty"` // folder
}

// Undrawn is a file of the report that is missing, and why. Nothing else is
// wrong with the run.
type Undrawn struct {
	File   string      `json:"file"`
	Reason reason.Code `json:"reason"`
	Error  string      `json:"error"`
	Lost   bool        `json:"lost,omitempty"` // what it is drawn from is no longer kept: it is not drawn again
}
