package provision

import (
	"cmp"
	"slices"
	"time"

	"muster/importer/reason"
	"muster/importer/record"
)

// PlanHeader says what a plan is, and what it is bound to.
type PlanHeader struct {
	Version   int       `json:"version"`
	Program   string    `json:"program"`
	CreatedAt time.Time `json:"created_at"`
	Binding
	Fingerprint string `json:"fingerprint"`
	Run         string `json:"run,omitempty"`    // of rows that a run keeps; "" of a plan
	Shards      int    `json:"shards,omitempty"` // into which the steps are divided; 0 where they are not
}

// PlanSummary is a plan in numbers.
type PlanSummary struct {
	Rows        int                 `json:"rows"`
	People      int                 `json:"people"`                // rows that are joined, or held together, are one
	Outcomes    map[Outcome]int     `json:"outcomes"`              // rows, as apply will report them if nothing changes
	Reasons     map[reason.Code]int `json:"reasons"`               // rows, likewise
	Done        int                 `json:"done,omitempty"`        // rows that an earlier start wrote; never in a file
	Differ      int                 `json:"differ,omitempty"`      // rows that say something else than their account
	Differences map[reason.Code]int `json:"differences,omitempty"` // rows, by what differs
	SideEffects SideEffects         `json:"side_effects"`
	Command     string              `json:"command,omitempty"`      // about people who are there; "" of an import
	LinksEnd    []EndingLinks       `json:"links_ending,omitempty"` // the live links that stop working, most first
	// Grants counts people by what they get beyond being a member: "role editor",
	// "product reports".
	Grants map[string]int `json:"grants,omitempty"`
	// Losses counts people by what is taken away of which a source is given up: "brand
	// outdoor", "campaign outdoor/spring".
	Losses map[string]int `json:"losses,omitempty"`
	// Warnings are about the access of people; Seats are those of which few are
	// left once the plan is carried out.
	Warnings []AccessWarning `json:"warnings,omitempty"`
	Guards   []TrippedGuard  `json:"guards,omitempty"` // that do not let it be carried out
	Measured Measured        `json:"measured,omitzero"`
	Seats    []SeatsTaken    `json:"seats,omitempty"`
	Lists    []ListInfo      `json:"lists"` // with rows and notes
	// Missing counts people of the source who are on no row, by what becomes of
	// them; FirstRemoved are the accounts of the first who lose what it gave them, and
	// RemovedNames how they are called, never in a file. Drift counts rows by what was
	// changed by hand.
	Missing      map[reason.Code]int `json:"missing,omitempty"`
	FirstRemoved []string            `json:"first_removed,omitempty"`
	RemovedNames []string            `json:"-"`
	Drift        map[reason.Code]int `json:"drift,omitempty"`
	OverSource   int                 `json:"over_source,omitempty"` // people of whom something is replaced that a source wrote last
	Source       *SourcePlan         `json:"source,omitempty"`      // of lists that are synced
	// First are the first rows of each Outcome, reason.Code and SideEffect; never
	// in a file.
	First  map[any][]NamedRow `json:"-"`
	SHA256 string             `json:"sha256"`         // of everything before the summary
	Seal   string             `json:"seal,omitempty"` // what the keyring makes of it; "" where there was none
}

// Measured is what guards measure a plan by that is not in the plan itself, or
// would take reading all of it.
type Measured struct {
	LastPeople int `json:"last_people,omitempty"` // of the last list
	Known      int `json:"known,omitempty"`       // people whom the source named before, and who lost nothing yet
	Losing     int `json:"losing,omitempty"`      // people who have less access once the plan is carried out
}

// Listed is how many people the rows of a plan or run are: whoever stands on two is
// one of them.
func Listed(rows int, outcomes map[Outcome]int) int { return rows - outcomes[Merged] }

// NewPlanSummary is a summary in which nothing is counted yet.
func NewPlanSummary(lists []ListInfo) PlanSummary {
	return PlanSummary{
		Lists:       lists,
		Outcomes:    map[Outcome]int{},
		Reasons:     map[reason.Code]int{},
		Differences: map[reason.Code]int{},
		Grants:      map[string]int{},
		Losses:      map[string]int{},
		Missing:     map[reason.Code]int{},
		Drift:       map[reason.Code]int{},
	}
}

// SourcePlan is what a plan does for the source whose lists it is of.
type SourcePlan struct {
	Name     string `json:"name"`
	First    bool   `json:"first,omitempty"` // nothing of it came to its end before
	Complete bool   `json:"complete"`        // the lists can be trusted in whom they do not name
	Why      string `json:"why,omitempty"`   // they cannot, in words
	Held     bool   `json:"held,omitempty"`  // it is not synced before somebody releases it
}

// SideEffects counts what a plan does beside adding people.
type SideEffects struct {
	LinksIssued    int `json:"links_issued"`
	LinksKilled    int `json:"links_killed"`
	MailsSent      int `json:"mails_sent"`
	RolesRaised    int `json:"roles_raised"`
	RolesLowered   int `json:"roles_lowered,omitempty"`
	AccessEnded    int `json:"access_ended,omitempty"` // people who lose brands, campaigns or products
	AccessBack     int `json:"access_back,omitempty"`  // people who get back what was taken away
	BlocksLifted   int `json:"blocks_lifted"`
	Readdressed    int `json:"readdressed,omitempty"` // accounts that get another address to sign in with
	PeopleErased   int `json:"people_erased,omitempty"`
	AccountsJoined int `json:"accounts_joined,omitempty"` // that become part of another
	AccountsStay   int `json:"accounts_stay,omitempty"`   // of people who are erased: others hold them

	PeopleBlocked     int `json:"people_blocked"`
	BlockedEverywhere int `json:"blocked_everywhere,omitempty"` // of them, on the whole platform
	MailsCancelled    int `json:"mails_cancelled,omitempty"`
	Readmitted        int `json:"readmitted,omitempty"`       // people who were erased, and come back
	AccountsRemoved   int `json:"accounts_removed,omitempty"` // that a run made which is taken back
	Elsewhere         int `json:"elsewhere,omitempty"`        // of them, members of other organizations too
	Organizations     int `json:"organizations,omitempty"`    // how many those are, for each of them

	DetailsWritten int `json:"details_written"` // people whose free columns change, or blanks are filled
}

// Add adds the side effects of a step, or takes them off (by -1).
func (e *SideEffects) Add(of SideEffects, by int) {
	e.LinksIssued += by * of.LinksIssued
	e.LinksKilled += by * of.LinksKilled
	e.MailsSent += by * of.MailsSent
	e.RolesRaised += by * of.RolesRaised
	e.RolesLowered += by * of.RolesLowered
	e.AccessEnded += by * of.AccessEnded
	e.AccessBack += by * of.AccessBack
	e.BlocksLifted += by * of.BlocksLifted
	e.Readdressed += by * of.Readdressed
	e.PeopleErased += by * of.PeopleErased
	e.AccountsJoined += by * of.AccountsJoined
	e.AccountsStay += by * of.AccountsStay
	e.PeopleBlocked += by * of.PeopleBlocked
	e.BlockedEverywhere += by * of.BlockedEverywhere
	e.MailsCancelled += by * of.MailsCancelled
	e.Readmitted += by * of.Readmitted
	e.AccountsRemoved += by * of.AccountsRemoved
	e.Elsewhere += by * of.Elsewhere
	e.Organizations += by * of.Organizations
	e.DetailsWritten += by * of.DetailsWritten
}

// Writes reports whether applying the plan would write anything: the end of a source is
// written whomever it is about.
func (s PlanSummary) Writes() bool {
	return s.Command == EndSourceKind || s.Outcomes[Created]+s.Outcomes[Claimed]+s.Outcomes[Updated]+s.Outcomes[Removed] > 0
}

// Unsettled is how many rows somebody still has to look at: not those that
// stay held because a reviewer said so, but those of sheets that were not read.
func (s PlanSummary) Unsettled() int {
	return s.Outcomes[Review] + s.Outcomes[Rejected] - s.Reasons[reason.Skipped] + UnreadRows(s.Lists)
}

// EndingLinks are live links that a plan ends, and who has them.
type EndingLinks struct {
	LinkWay
	Links int `json:"links"`
}

// A NamedRow is a row as people know it: where it stands, and whose it is.
type NamedRow struct {
	record.Place
	Who string `json:"who,omitempty"`
}

// A SideEffect is something a plan does beside adding people.
type SideEffect string

// The side effects whose rows a plan names.
const (
	LinkKilled  SideEffect = "links_killed"
	RoleRaised  SideEffect = "roles_raised"
	RoleLowered SideEffect = "roles_lowered"
	AccessEnded SideEffect = "access_ended"
	AccountGoes SideEffect = "accounts_removed"
	AccessBack  SideEffect = "access_back"
	BlockLifted SideEffect = "blocks_lifted"
	Readdressed SideEffect = "readdressed"

	PersonBlocked  SideEffect = "people_blocked"
	AlsoElsewhere  SideEffect = "elsewhere"
	DetailsWritten SideEffect = "details_written"
)

// Who is what a person would call the person of a row by: their name, else
// their address, else a profile.
func Who(r record.Record) string {
	who := cmp.Or(r.Name, r.Email.Address)
	if who == "" && len(r.Profiles) > 0 {
		who = r.Profiles[0].Display
	}
	return who
}

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

	Unread []record.UnreadSheet `json:"unread,omitempty"` // other sheets of the file that hold people
}

// PickedFormat is the format of a selection of people that is no file: it is
// named by the command that made it.
const PickedFormat = "picked"

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

// Summary is the run in numbers: summary.json, and the table at the end.
type Summary struct {
	Run          string                 `json:"run"`
	Command      string                 `json:"command"` // the kind of the run
	Organization string                 `json:"organization"`
	Brand        string                 `json:"brand"`
	Operator     string                 `json:"operator"`
	Lists        []ListInfo             `json:"lists"`
	Asked        []string               `json:"asked,omitempty"`    // flags of the command that say whom its lists are about, as a shell takes them
	Reviewed     string                 `json:"reviewed,omitempty"` // the run, or the saved plan, whose held people a review is about
	InVain       int                    `json:"in_vain,omitempty"`  // rows that were decided and stay held, as what they contradict was not decided
	Rows         int                    `json:"rows"`
	Outcomes     map[Outcome]int        `json:"outcomes"`
	Reasons      map[reason.Code]int    `json:"reasons,omitempty"`
	Updates      map[reason.Code]int    `json:"updates,omitempty"` // rows that were updated, by their reason: all of them
	Links        map[LinkWord]int       `json:"links,omitempty"`
	LinksEnd     map[LinkWord]time.Time `json:"links_first_expire,omitempty"` // when the first live one of each ends
	Differ       int                    `json:"differ,omitempty"`             // rows that disagree with their account
	Differences  map[reason.Code]int    `json:"differences,omitempty"`        // likewise, by what differs
	Problems     map[reason.Code]int    `json:"problems,omitempty"`           // rows by what is wrong with their cells
	Untold       int                    `json:"untold,omitempty"`             // people who may use the dashboard now, and were not mailed about it
	StayedDead   int                    `json:"links_stayed_dead,omitempty"`  // people whose link a run ended that was taken back
	// TakenBack says that the run was taken back before this report was written; nil where it stands.
	TakenBack *TakenBackBefore `json:"taken_back,omitempty"`
	// Missing counts people of the source who are on no row, by what became of them;
	// Drift rows by what was changed by hand.
	Missing map[reason.Code]int `json:"missing,omitempty"`
	Drift   map[reason.Code]int `json:"drift,omitempty"`
	// OverSource counts rows that replace what a source wrote last.
	OverSource int `json:"over_source,omitempty"`
	// Disputes counts rows by what they say otherwise than what another source wrote last, and by which: "language: crm".
	Disputes map[string]int `json:"disputes,omitempty"`
	// LostLinks are the live links that ended as people on no row lost their access.
	LostLinks int         `json:"links_lost,omitempty"`
	Source    *SourcePlan `json:"source,omitempty"` // of lists that are synced
	// Late are the sources of the organization that have had no complete list for long.
	Late []LateSource `json:"late_sources,omitempty"`
	// First is where the first few rows of each reason, difference and problem
	// stand; rows.jsonl has all.
	First Places `json:"-"`
	// Waiting are the rows that are not settled, by why they are not.
	Waiting []Waiting `json:"-"`
	// Lacking counts rows that ask for a brand, campaign, product or role which the
	// organization does not have, each once.
	Lacking int `json:"-"`
	// Lacks are their names, quoted, and how many rows ask for each.
	Lacks map[string]int `json:"-"`
	// NotRead are columns that seem to say that people are blocked or gone, and are not
	// read as a status, where such people were taken in.
	NotRead []StatusNotRead `json:"-"`
	// Warnings are those of the plan; they name people, and are kept with the rows alone.
	Warnings []AccessWarning `json:"-"`
	Mails    int             `json:"mails_waiting,omitempty"` // that the run queued, and nobody has sent yet
	Since    *Since          `json:"since,omitempty"`         // what changed since the last run of the list; nil where this is the first
	Language string          `json:"language,omitempty"`      // of the files for people, as a tag; "" for English
	// AskedLanguage is the language that the command was told to write them in, "" where it
	// was told none.
	AskedLanguage string `json:"-"`
	// RejectedFiles are the files that rejected rows go back in, by the shapes of their lists.
	RejectedFiles []RejectedFile `json:"rejected_files,omitempty"`
	Undrawn       []Undrawn      `json:"undrawn,omitempty"` // files for people that are not there
	Resumed       bool           `json:"resumed,omitempty"`
	StartedAt     time.Time      `json:"started_at"`
	FinishedAt    time.Time      `json:"finished_at"`
	ExitCode      int            `json:"exit_code"`
	Program       string         `json:"program"`
	Database      string         `json:"database"`
	Report        string         `json:"report,omitempty"` // folder
}

// A RejectedFile holds rejected rows of lists that have the same shape.
type RejectedFile struct {
	File  string   `json:"file"`
	Lists []string `json:"lists"` // files that its rows came from
	Rows  int      `json:"rows"`
}

// OfMissing is how many people a run or plan is about that has no rows: all of them are
// on none. It is 0 where there are rows.
func (s Summary) OfMissing() int { return ofMissing(s.Rows, s.Missing) }

// OfMissing is that of a plan.
func (s PlanSummary) OfMissing() int { return ofMissing(s.Rows, s.Missing) }

func ofMissing(rows int, missing map[reason.Code]int) int {
	n := 0
	for _, people := range missing {
		n += people
	}
	if rows > 0 {
		return 0
	}
	return n
}

// NotRemoved is how many people on no row could not be written to.
func (s Summary) NotRemoved() int {
	return s.Missing[reason.AccountChanged] + s.Missing[reason.DatabaseRefused]
}

// StatusNotRead is a column that is not read as a status although some rows, whose
// people were taken in, say there that somebody may be blocked or gone.
type StatusNotRead struct {
	Column string
	Values []string // the first of them, each once
	Rows   int
	First  []record.Place
}

// Add takes in a row that says so.
func (s *StatusNotRead) Add(value string, at record.Place) {
	s.Rows++
	if len(s.First) < FirstPlaces {
		s.First = append(s.First, at)
	}
	if len(s.Values) < FirstPlaces && !slices.Contains(s.Values, value) {
		s.Values = append(s.Values, value)
	}
}

// Undrawn is a file of the report that is missing, and why. Nothing else is
// wrong with the run.
type Undrawn struct {
	File   string      `json:"file"`
	Reason reason.Code `json:"reason"`
	Error  string      `json:"error"`
	Lost   bool        `json:"lost,omitempty"` // what it is drawn from is no longer kept: it is not drawn again
}

// Paths are the files of some lists, each once for every time it was named:
// lists of one file differ in their sheets.
func Paths(lists []ListInfo) []string {
	var all []string
	first := map[string]string{}
	for _, l := range lists {
		if sheet, known := first[l.File]; known && sheet != l.Sheet {
			continue
		}
		first[l.File] = l.Sheet
		all = append(all, l.File)
	}
	return all
}

// UnreadRows is how many rows stand on sheets that hold people and were not
// read.
func UnreadRows(lists []ListInfo) int {
	n := 0
	for _, l := range lists {
		for _, sheet := range l.Unread {
			n += sheet.Rows
		}
	}
	return n
}
