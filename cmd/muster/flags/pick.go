package flags

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/pick"
)

// Filter are the flags that let people through who fit all of them.
type Filter struct {
	Pending, Expired, Accepted, Revoked, Uninvited bool

	Older  Age
	Run    string
	Brand  string
	Kind   string
	Status string

	Role          string
	NoCampaign    bool
	Blocked       bool
	InvitedBefore Since
}

func (o *Filter) define(f *pflag.FlagSet) {
	f.BoolVar(&o.Pending, "pending", false, "people whose link is live")
	f.BoolVar(&o.Expired, "expired", false, "people whose link has expired")
	f.BoolVar(&o.Accepted, "accepted", false, "people who have registered by their link")
	f.BoolVar(&o.Revoked, "revoked", false, "people whose link was ended")
	f.BoolVar(&o.Uninvited, "uninvited", false, "people who never had a link")
	f.Var(&o.Older, "older", "people who have had their link for longer, like 3d")
	f.StringVar(&o.Run, "run", "", "people who stood on the rows of a `run`")
	f.StringVar(&o.Brand, "brand", "", "people of a brand")
	f.StringVar(&o.Kind, "kind", "", "people who are creator, staff or client")
	f.StringVar(&o.Status, "status", "", "people whose account is created, invited, registering or registered")
	f.StringVar(&o.Role, "role", "", "people who have a role")
	f.BoolVar(&o.NoCampaign, "no-campaign", false, "people who may see no campaign")
	f.BoolVar(&o.Blocked, "blocked", false, "people who are blocked")
	f.Var(&o.InvitedBefore, "invited-before", "people who were invited before a `time`: a date, or how long ago, like 7d")
}

// whoFits is the title of flags that let people through.
const whoFits = "Who is meant, of everybody (all of it has to fit):"

// Flags defines those of the flags that a command takes.
func (o *Filter) Flags(f *pflag.FlagSet, names ...string) {
	typedOnly(f, whoFits, func(f *pflag.FlagSet) {
		var all pflag.FlagSet
		o.define(&all)
		for _, name := range names {
			f.AddFlag(all.Lookup(name))
		}
	})
}

// Validate refuses what cannot be meant.
func (o *Filter) Validate() error {
	kinds := []string{"", string(record.Creator), string(record.Staff), string(record.Client)}
	if !slices.Contains(kinds, o.Kind) {
		return Usage(fmt.Sprintf("--kind %q is no kind", o.Kind), "use creator, staff or client")
	}
	statuses := []string{"", string(dedupe.Created), string(dedupe.Invited), string(dedupe.Registering),
		string(dedupe.Registered)}
	if !slices.Contains(statuses, o.Status) {
		return Usage(fmt.Sprintf("--status %q is none of an account", o.Status), "use "+strings.Join(statuses[1:], ", "))
	}
	return nil
}

// Given reports whether any of the flags was given.
func (o *Filter) Given() bool { return *o != Filter{} }

// Picked is what the flags come to. Run and brand are still as they were typed.
func (o *Filter) Picked() *pick.Filter {
	p := &pick.Filter{
		Older:  o.Older.Age,
		Run:    o.Run,
		Brand:  o.Brand,
		Kind:   record.Kind(o.Kind),
		Status: dedupe.Status(o.Status),

		Role:       o.Role,
		NoCampaign: o.NoCampaign,
		Blocked:    o.Blocked,
		Before:     o.InvitedBefore.Begin(),
	}
	for _, s := range []struct {
		asked bool
		state provision.InviteState
	}{
		{o.Pending, provision.InvitePending},
		{o.Expired, provision.InviteExpired},
		{o.Accepted, provision.InviteAccepted},
		{o.Revoked, provision.InviteRevoked},
		{o.Uninvited, provision.NeverInvited},
	} {
		if s.asked {
			p.States = append(p.States, s.state)
		}
	}
	return p
}

// Pick are the flags that say whom a command is about, beside its arguments.
type Pick struct {
	Filter
	From []string
	All  bool
	Reading

	named bool // people are named or on a list: nobody is let through by what fits them
}

// NamedFlags defines the flags of a command whose people are named or on a list.
func (o *Pick) NamedFlags(f *pflag.FlagSet) {
	o.named = true
	o.from(f)
	o.Reading.OfPeople(f)
}

func (o *Pick) from(f *pflag.FlagSet) {
	typedOnly(f, "Who is meant, from a list:", func(f *pflag.FlagSet) {
		f.StringArrayVar(&o.From, "from", nil, "everybody on a list, a `file` read as import reads it; may be repeated")
	})
}

// Flags defines the flags: of the filter those that the command takes.
func (o *Pick) Flags(f *pflag.FlagSet, filter ...string) {
	o.from(f)
	o.Filter.Flags(f, filter...)
	typedOnly(f, whoFits, func(f *pflag.FlagSet) {
		f.BoolVar(&o.All, "all", false, "everybody whom the command could be about")
	})
	o.Reading.OfPeople(f)
}

// Selection is whom the flags and the arguments of a command pick. Exactly one
// way of saying it is possible.
func (o *Pick) Selection(command string, args []string, f *pflag.FlagSet) (pick.Selection, error) {
	s := pick.Selection{Typed: command}
	ways := 0
	for _, used := range []bool{len(args) > 0, len(o.From) > 0, o.Filter.Given() || o.All} {
		if used {
			ways++
		}
	}
	switch {
	case ways == 0 && o.named:
		return s, Usage("muster "+command+" needs to know who is meant",
			"name people ("+pick.Forms+"), or a list (--from)")
	case ways == 0:
		return s, Usage("muster "+command+" needs to know who is meant",
			"name people ("+pick.Forms+"), a list (--from), or who of all (--brand, …); --all means everybody")
	case ways > 1:
		return s, Usage("people are named, on a list, or let through by what fits them: one of these at a time",
			"leave out all but one")
	case len(o.From) > 0:
		s.Lists = o.From
		reading, err := o.Reading.Options()
		s.Reading = reading
		return s, err
	case len(args) > 0:
		return o.targets(s, args)
	}
	s.Filter = o.Filter.Picked()
	s.Typed += o.typed(f)
	return s, o.Filter.Validate()
}

// targets reads the people who are named. Their addresses stay out of what the
// selection is called by: that is kept for longer than a report.
func (o *Pick) targets(s pick.Selection, args []string) (pick.Selection, error) {
	for _, arg := range args {
		t, err := pick.ParseTarget(arg)
		if err != nil {
			return s, Usage(err.Error(), "name people like this: "+pick.Forms)
		}
		s.Targets = append(s.Targets, t)
	}
	s.Typed += " TARGET…"
	return s, nil
}

// typed is the filter as somebody would type it.
func (o *Pick) typed(f *pflag.FlagSet) string {
	var own pflag.FlagSet
	new(Filter).define(&own)
	text := ""
	f.VisitAll(func(flag *pflag.Flag) {
		switch {
		case !flag.Changed || own.Lookup(flag.Name) == nil && flag.Name != "all":
		case flag.Value.Type() == "bool":
			text += " --" + flag.Name
		default:
			text += " --" + flag.Name + " " + Quoted(flag.Value.String())
		}
	})
	return text
}
