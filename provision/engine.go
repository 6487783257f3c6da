package provision

import (
	"context"
	"iter"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/failure"
	"muster/importer/reason"
	"muster/importer/record"
)

// Engine does the work of the commands. Everything it needs from outside is a
// field; only Store is needed for all of them.
type Engine struct {
	Store    Store
	Links    LinkMaker
	Report   ReportFunc
	Prepare  func(dir string) error // makes the folder of a report, or refuses one that is somebody else's; nil only makes it
	Leavings LeavingsFunc           // needed to purge alone
	Tell     func(Event)
	NewID    func() string // UUID v7
	Now      func() time.Time
	Workers  int    // chunks under way at once: 1 where the database has one writer
	Chunk    int    // decisions that one transaction carries out; 0 is 2,000
	Program  string // version
	User     string
	Host     string
	PID      int
	Gone     func(host string, pid int) bool // whether a process is known to have ended
}

// ReportFunc renders a run into a folder: lines in list order, each once. It
// may read them a second time. It counts them into the summary, lets finish
// settle it, and returns what it wrote. An error of finish leaves an earlier
// report as it was; a file that is for people alone may be missing, and the
// summary says so.
type ReportFunc func(ctx context.Context, dir string, lines iter.Seq2[Line, error], s Summary, r Rendering) (Summary, error)

// Rendering is what a report asks its run while it is written.
type Rendering struct {
	Finish  FinishFunc                 // asked once all lines are counted; nil keeps the summary as it is
	Held    func() (HeldReview, error) // the held people of the run, asked after the last line; nil where they are not to be shown
	NoLinks bool                       // no file with links is written, and those of the same run stay
}

// FinishFunc settles a summary once every line is counted, and again where
// files are missing: its time and exit code. It fails where the books do not
// balance.
type FinishFunc func(Summary) (Summary, error)

// Settings are what one run is asked to do. The zero value of a field takes
// the default of the flag it stands for.
type Settings struct {
	Lists        []string
	Reading      importer.Options
	Organization string // slug, "" = the only one
	Brand        string // slug, "" = the only one
	Operator     string // address, "" = the only administrator
	Kind         record.Kind

	OnEmailMatch   dedupe.MatchPolicy
	OnProfileMatch dedupe.MatchPolicy
	Invite         dedupe.Invite
	ReissueExpired bool
	LinkTTL        time.Duration // 0 = ReportedLife or MailedLife
	BaseURL        string        // "" = the stored one

	Out        string // folder of the report, "" = muster-runs/<run id>
	MaxRejects Limit
	MaxHeld    Limit
}

// Limit is how many rows, or what share of them, may be unsettled before the
// exit code says so. The zero Limit allows none.
type Limit struct {
	Rows    int
	Percent float64
}

// Allows reports whether n of all rows are within the limit.
func (l Limit) Allows(n, all int) bool {
	return n <= l.Rows || l.Percent > 0 && float64(n)*100 <= l.Percent*float64(all)
}

// Exit codes a run can end with.
const (
	ExitOK          = 0
	ExitPartial     = 3
	ExitLocked      = 11
	ExitStale       = 12
	ExitInput       = 13
	ExitInterrupted = 130
)

// exitCode says how a run that came to its end went.
func exitCode(run Summary, s Settings) int {
	rejected := run.Outcomes[Rejected] + run.Outcomes[Failed] + run.Outcomes[Stale]
	held := run.Outcomes[Review] - run.Reasons[reason.Skipped] // a reviewer settled those
	unread := UnreadRows(run.Lists) > 0
	if !s.MaxRejects.Allows(rejected, run.Rows) || !s.MaxHeld.Allows(held, run.Rows) || unread || len(run.Undrawn) > 0 {
		return ExitPartial
	}
	return ExitOK
}

// scope is what a run works on: the organization, on whose authority, with
// which policy.
type scope struct {
	authority *Authority
	policy    dedupe.Policy
	baseURL   string
	database  string
}

// scope settles organization, brand and operator, and checks what the
// operator may do.
func (e *Engine) scope(ctx context.Context, s Settings) (scope, error) {
	org, err := e.Organization(ctx, s.Organization)
	if err != nil {
		return scope{}, err
	}
	operator, err := e.operator(ctx, org, s.Operator)
	if err != nil {
		return scope{}, err
	}
	brand, err := onlyBrand(org, s.Brand)
	if err != nil {
		return scope{}, err
	}
	kind := s.Kind
	if kind == "" {
		kind = record.Creator
	}
	authority, err := NewAuthority(org, operator, brand, kind)
	if err != nil {
		return scope{}, err
	}
	p := authority.Policy()
	p.OnEmailMatch, p.OnProfileMatch, p.Invite = orDefault(s.OnEmailMatch, dedupe.ClaimMatches), orDefault(s.OnProfileMatch, dedupe.HoldMatches), orDefault(s.Invite, dedupe.InviteReport)
	p.ReissueExpired, p.LinkTTL, p.Now = s.ReissueExpired, dedupe.Duration(orDefault(s.LinkTTL, linkLife(p.Invite))), e.Now()
	base, err := e.baseURL(ctx, s.BaseURL, p.Invite)
	if err != nil {
		return scope{}, err
	}
	database, err := e.Store.Database(ctx)
	return scope{authority: authority, policy: p, baseURL: base, database: database}, err
}

// How long an invite link lives from when it is first shown, if nobody says
// otherwise, and what may be said.
const (
	ReportedLife = 7 * 24 * time.Hour // handed over by a person who has the report
	MailedLife   = 24 * time.Hour
	ShortestLife = 5 * time.Minute
	LongestLife  = 30 * 24 * time.Hour
)

func linkLife(i dedupe.Invite) time.Duration {
	if i == dedupe.InviteMail {
		return MailedLife
	}
	return ReportedLife
}

func orDefault[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

// Organization finds the organization by slug, or the only one there is: what
// every command means by "the only organization". Those that a directory
// brought in have no administrator, and are nobody's choice unless named.
func (e *Engine) Organization(ctx context.Context, slug string) (Organization, error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return Organization{}, err
	}
	if slug == "" && len(all) > 1 {
		if all, err = e.administered(ctx, all); err != nil {
			return Organization{}, err
		}
	}
	var slugs []string
	for _, o := range all {
		if o.Slug == slug || slug == "" && len(all) == 1 {
			return o, nil
		}
		slugs = append(slugs, o.Slug)
	}
	switch {
	case len(all) == 0:
		return Organization{}, &ConfigError{Msg: "the database holds no organization", Class: failure.NoOrganization}
	case slug == "":
		return Organization{}, &ConfigError{Msg: "there are several organizations: " + join(slugs), Class: failure.Organization}
	default:
		return Organization{}, &ConfigError{Msg: "there is no organization \"" + slug + "\"", Hint: "there are: " + join(slugs)}
	}
}

// administered returns the organizations that somebody administers.
func (e *Engine) administered(ctx context.Context, all []Organization) ([]Organization, error) {
	var ours []Organization
	for _, o := range all {
		operators, err := e.Store.Operators(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(operators, func(p Operator) bool { return p.May(MayCreateStaff) }) {
			ours = append(ours, o)
		}
	}
	return ours, nil
}

// operator finds the operator by address, or the only administrator.
func (e *Engine) operator(ctx context.Context, org Organization, address string) (Operator, error) {
	if address != "" {
		return e.namedOperator(ctx, org, address)
	}
	all, err := e.Store.Operators(ctx, org.ID)
	if err != nil {
		return Operator{}, err
	}
	var administrators []Operator
	var names []string
	for _, o := range all {
		if o.May(MayCreateStaff) {
			administrators = append(administrators, o)
			names = append(names, o.Email)
		}
	}
	switch len(administrators) {
	case 1:
		return administrators[0], nil
	case 0:
		return Operator{}, &ConfigError{Msg: "organization \"" + org.Slug + "\" has no administrator", Hint: "list one under administrators in the organization file, and apply it"}
	default:
		return Operator{}, &ConfigError{Msg: "there are several administrators: " + join(names), Class: failure.Operator}
	}
}

func onlyBrand(org Organization, name string) (string, error) {
	switch {
	case name != "":
		return name, nil
	case len(org.Brands) == 1:
		return org.Brands[0].Slug, nil
	case len(org.Brands) == 0:
		return "", &ConfigError{Msg: "organization \"" + org.Slug + "\" has no brand", Hint: "add one to the organization file, and apply it"}
	default:
		return "", &ConfigError{Msg: "organization \"" + org.Slug + "\" has several brands: " + join(brandSlugs(org)), Class: failure.Brand}
	}
}

// baseURLSetting is where the public base URL is kept between runs.
const baseURLSetting = "base_url"

// baseURL settles the base URL of links: the one asked for, or the first that
// was ever asked for.
func (e *Engine) baseURL(ctx context.Context, asked string, invite dedupe.Invite) (string, error) {
	if asked != "" {
		return asked, checkBaseURL(asked)
	}
	kept, err := e.Store.Setting(ctx, baseURLSetting)
	if err == nil && kept == "" && invite == dedupe.InviteReport {
		err = &ConfigError{Msg: "the public address of the claim page is not known, and it is inside every link", Class: failure.BaseURL}
	}
	return kept, err
}
