package flags

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/run"
)

// Reading are the flags that say how lists are read.
type Reading struct {
	Map       []string
	Mapping   string
	Set       []string
	Rows      string
	Sheet     string
	Encoding  string
	Delimiter string
	Kind      string
	Domains   []string
	Limits    Limits

	Taken []string // what was understood by words that are not quite those of a field
}

// Flags defines the flags.
func (o *Reading) Flags(f *pflag.FlagSet) {
	section(f, "How lists are read:", o.define)
	section(f, "What a list may cost:", o.Limits.flags)
}

func (o *Reading) define(f *pflag.FlagSet) {
	f.StringArrayVar(&o.Map, "map", nil, "what a column holds, as 'Column=field'; 'Column=' leaves it out; may be repeated")
	f.StringVar(&o.Mapping, "mapping", "", "`file` that says it for many columns; inspect list --save-mapping writes one")
	f.StringArrayVar(&o.Set, "set", nil, "a value for every row whose cell is blank, as field=value; may be repeated")
	f.StringVar(&o.Rows, "rows", "", "only these data rows, like 1-20")
	f.StringVar(&o.Sheet, "sheet", "", "`name` of the sheet, or '*' for all visible ones that hold people, each by its own header (default the first)")
	f.StringVar(&o.Encoding, "encoding", "", "of a CSV file, like windows-1252 (default: found out)")
	f.StringVar(&o.Delimiter, "delimiter", "", "of a CSV file: , ; | or tab (default: found out)")
	f.StringArrayVar(&o.Domains, "allow-domain", nil, "a `domain` of email addresses that is right although it looks like a misspelling; may be repeated")
	f.StringVar(&o.Kind, "kind", "", "what the list holds: creator, staff or client (default creator)")
}

// Given are the flags of reading that were given, but for some, as a shell
// takes them.
func (o *Reading) Given(f *pflag.FlagSet, but ...string) []string {
	var own pflag.FlagSet
	new(Reading).Flags(&own)
	var all []string
	f.Visit(func(flag *pflag.Flag) {
		if own.Lookup(flag.Name) == nil || slices.Contains(but, flag.Name) {
			return
		}
		values := []string{flag.Value.String()}
		if several, ok := flag.Value.(pflag.SliceValue); ok {
			values = several.GetSlice()
		}
		for _, value := range values {
			all = append(all, "--"+flag.Name, Quoted(value))
		}
	})
	return all
}

// Options returns what the importer is told.
func (o *Reading) Options() (importer.Options, error) {
	r := importer.Options{Sheet: o.Sheet, Encoding: o.Encoding, Delimiter: o.Delimiter, Kind: record.Kind(o.Kind), Map: map[string]string{}, Set: map[string]string{}}
	switch r.Kind {
	case "", record.Creator, record.Staff, record.Client:
	default:
		return r, Usage(fmt.Sprintf("--kind %q is no kind", o.Kind), "use creator, staff or client")
	}
	for _, name := range o.Domains {
		domain, ok := importer.MailDomain(name)
		if !ok {
			return r, Usage(fmt.Sprintf("--allow-domain %q is no domain", name), "give what stands behind the @, like example.com")
		}
		r.AllowDomains = append(r.AllowDomains, domain)
	}
	if o.Mapping != "" {
		if err := readMapping(o.Mapping, &r); err != nil {
			return r, err
		}
	}
	for _, pair := range o.Map {
		at := strings.LastIndexByte(pair, '=')
		if at < 1 {
			return r, Usage(fmt.Sprintf("--map %q names no column and field", pair), "write it like --map 'Column=field'")
		}
		if err := knownField("--map", pair, pair[at+1:]); err != nil && pair[at+1:] != "" {
			return r, err
		}
		o.take("--map", pair, pair[at+1:])
		r.Map[pair[:at]] = pair[at+1:]
		r.IfThere = slices.DeleteFunc(r.IfThere, func(column string) bool { return column == pair[:at] })
	}
	for _, pair := range o.Set {
		field, value, found := strings.Cut(pair, "=")
		if !found || field == "" {
			return r, Usage(fmt.Sprintf("--set %q names no field and value", pair), "write it like --set language=de")
		}
		if err := knownField("--set", pair, field); err != nil {
			return r, err
		}
		o.take("--set", pair, field)
		r.Set[field] = value
	}
	var err error
	if r.Limits, err = o.Limits.limits(); err != nil {
		return r, err
	}
	r.First, r.Last, err = rowRange(o.Rows)
	return r, err
}

// knownField refuses a field that there is none of, before any list is opened.
func knownField(flag, pair, field string) error {
	hint, known := importer.KnownField(field)
	if known {
		return nil
	}
	return Usage(fmt.Sprintf("%s %q: there is no field %q", flag, pair, field), hint)
}

// take remembers to say which field was understood, where the word is another.
func (o *Reading) take(flag, pair, word string) {
	if field := importer.FieldMeant(word); field != "" && !strings.EqualFold(strings.TrimSpace(word), field) {
		o.Taken = append(o.Taken, fmt.Sprintf("%s %s: %q is taken for %q", flag, Quoted(pair), word, field))
	}
}

// rowRange reads "1-20", "5-", "-20" or "7".
func rowRange(text string) (first, last int, err error) {
	if text == "" {
		return 0, 0, nil
	}
	from, to, ranged := strings.Cut(text, "-")
	number := func(s string) int {
		n, bad := strconv.Atoi(s)
		if s != "" && (bad != nil || n < 1) {
			err = errors.New("no number")
		}
		return n
	}
	if first, last = number(from), number(to); !ranged {
		last = first
	}
	if err != nil || first == 0 && last == 0 || last > 0 && first > last {
		return 0, 0, Usage(fmt.Sprintf("--rows %q is no range of rows", text), "give the first and the last data row, like --rows 1-20")
	}
	return first, last, nil
}

// Scope are the flags that say where people go, and on whose authority.
type Scope struct {
	Org, Brand, As string
}

// Flags defines the flags.
func (o *Scope) Flags(f *pflag.FlagSet) {
	section(f, "Where people go, and on whose authority:", o.define)
}

func (o *Scope) define(f *pflag.FlagSet) {
	f.StringVar(&o.Org, "org", "", "organization (default the only one)")
	f.StringVar(&o.Brand, "brand", "", "brand of people whose row names none (default the only one)")
	f.StringVar(&o.As, "as", "", "`email` of the operator on whose authority this is done (default the only administrator)")
}

// Policy are the flags that decisions depend on.
type Policy struct {
	Invite         string
	OnEmailMatch   string
	OnProfileMatch string
	ReissueExpired bool
	LinkTTL        Age
	BaseURL        string
}

// Flags defines the flags.
func (o *Policy) Flags(f *pflag.FlagSet) {
	section(f, "How is decided, and who gets a link:", o.define)
}

func (o *Policy) define(f *pflag.FlagSet) {
	f.StringVar(&o.Invite, "invite", "report", "how people learn of their account: report (a link in links.csv) or none")
	f.StringVar(&o.OnEmailMatch, "on-email-match", "claim", "an account with the same email: claim or review")
	f.StringVar(&o.OnProfileMatch, "on-profile-match", "review", "an account with the same profile only: review or claim")
	f.BoolVar(&o.ReissueExpired, "reissue-expired", false, "issue a new link to people whose link has expired")
	f.Var(&o.LinkTTL, "link-ttl", "how long a link lives from when it is first shown: 5m to 30d, in m, h, d, w (default 7d)")
	f.StringVar(&o.BaseURL, "base-url", "", "public `address` of the claim page, which is inside the links")
}

// Validate refuses what cannot be meant.
func (o *Policy) Validate() error {
	oneOf := func(flag, value string, allowed ...string) error {
		if slices.Contains(allowed, value) {
			return nil
		}
		return Usage(fmt.Sprintf("--%s %q is not possible", flag, value), "use "+strings.Join(allowed, " or "))
	}
	if o.Invite == string(dedupe.InviteMail) {
		return Usage("--invite mail: this version does not send mail yet", "use --invite report and mail the links of links.csv yourself, or --invite none")
	}
	if life := o.LinkTTL.Age; life != 0 && (life < provision.ShortestLife || life > provision.LongestLife) {
		return Usage(fmt.Sprintf("--link-ttl %s is too short or too long for a link", &o.LinkTTL), "give a time from 5m to 30d, like --link-ttl 72h or --link-ttl 2w")
	}
	return errors.Join(oneOf("invite", o.Invite, "report", "none"),
		oneOf("on-email-match", o.OnEmailMatch, "claim", "review"),
		oneOf("on-profile-match", o.OnProfileMatch, "review", "claim"))
}

// Ending are the flags that say where the report goes, and what may be
// left over.
type Ending struct {
	Out        string
	MaxRejects Limit
	MaxHeld    Limit
	IfLocked   IfLocked
	Workers    int
}

// Flags defines the flags.
func (o *Ending) Flags(f *pflag.FlagSet) {
	section(f, "The report, and how a run ends:", o.define)
}

func (o *Ending) define(f *pflag.FlagSet) {
	f.StringVar(&o.Out, "out", "", "`folder` of the report (default muster-runs/<run>)")
	f.Var(&o.MaxRejects, "max-rejects", "end with 0 although up to `N` or N% of the rows are rejected")
	f.Var(&o.MaxHeld, "max-held", "end with 0 although up to `N` or N% of the rows are held")
	f.Var(&o.IfLocked, "if-locked", "while another run is at work: fail, skip (end with 0) or `wait`=10m")
	f.IntVar(&o.Workers, "workers", 0, "transactions at once, on PostgreSQL (default 2)")
}

// Validate refuses what cannot be meant.
func (o *Ending) Validate() error {
	if o.Workers < 0 || o.Workers > 64 {
		return Usage(fmt.Sprintf("--workers %d is not possible", o.Workers), "give a number from 1 to 64")
	}
	return nil
}

// Settings says how a run is to end. Confirm is asked before anything is written;
// nil asks nobody.
func (o Ending) Settings(confirm func(provision.PlanSummary) (bool, error)) run.Ending {
	return run.Ending{Out: o.Out, MaxRejects: o.MaxRejects.Limit, MaxHeld: o.MaxHeld.Limit, Confirm: confirm}
}

// Settings puts together what is to be planned.
func Settings(lists []string, reading importer.Options, s Scope, p Policy) plan.Settings {
	return plan.Settings{
		Terms: provision.Terms{
			Organization:   s.Org,
			Brand:          s.Brand,
			Operator:       s.As,
			Kind:           reading.Kind,
			OnEmailMatch:   dedupe.MatchPolicy(p.OnEmailMatch),
			OnProfileMatch: dedupe.MatchPolicy(p.OnProfileMatch),
			Invite:         dedupe.Invite(p.Invite),
			ReissueExpired: p.ReissueExpired,
			LinkTTL:        p.LinkTTL.Age,
			BaseURL:        p.BaseURL,
		},
		Lists:   lists,
		Reading: reading,
	}
}
