package flags

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"muster/dedupe"
)

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
	f.StringVar(&o.As, "as", "",
		"`email` of the operator on whose authority this is done (default the only administrator)")
}

// Policy are the flags that decisions depend on.
type Policy struct {
	Invite         string
	OnEmailMatch   string
	OnProfileMatch string
	OnDifference   string
	ReissueExpired bool
	NoClaimNotice  bool
	MaxAge         Age
	LinkTerms
}

// Flags defines the flags.
func (o *Policy) Flags(f *pflag.FlagSet) {
	section(f, "How is decided, and who gets a link:", o.define)
	o.defineAge(f)
}

// NotInvited defines the flags of a command that issues no links unless somebody
// says so.
func (o *Policy) NotInvited(f *pflag.FlagSet) {
	section(f, "How is decided, and who gets a link:", func(f *pflag.FlagSet) {
		o.define(f)
		invite := f.Lookup("invite")
		invite.DefValue = "none"
		o.Invite = "none"
	})
	o.defineAge(f)
}

func (o *Policy) defineAge(f *pflag.FlagSet) {
	section(f, "How lists are read:", func(f *pflag.FlagSet) {
		f.Var(&o.MaxAge, "max-age", "end with 12 where a list was last written longer ago, like 36h")
	})
}

func (o *Policy) define(f *pflag.FlagSet) {
	f.StringVar(&o.Invite, "invite", "report",
		"how people learn of their account: report (a link in links.csv), mail (muster mail send mails it) or none")
	f.BoolVar(&o.NoClaimNotice, "no-claim-notice", false,
		"with --invite mail: do not tell people who have an account that a brand added them")
	f.StringVar(&o.OnEmailMatch, "on-email-match", "claim", "an account with the same email: claim or review")
	f.StringVar(&o.OnProfileMatch, "on-profile-match", "review", "an account with the same profile only: review or claim")
	f.StringVar(&o.OnDifference, "on-difference", "fill", "names and details that an account has otherwise than the list: "+
		"report, fill (what it lacks) or update (what it has, too; not the email, and no account that somebody has claimed)")
	f.BoolVar(&o.ReissueExpired, "reissue-expired", false, "issue a new link to people whose link has expired")
	o.LinkTerms.define(f)
}

// Validate refuses what cannot be meant.
func (o *Policy) Validate() error {
	oneOf := func(flag, value string, allowed ...string) error {
		if slices.Contains(allowed, value) {
			return nil
		}
		return Usage(fmt.Sprintf("--%s %q is not possible", flag, value), "use "+strings.Join(allowed, " or "))
	}
	if err := o.LinkTerms.Validate(); err != nil {
		return err
	}
	if o.Invite != string(dedupe.InviteMail) && (o.NoClaimNotice || o.Inviter != "" || o.NoteFile != "") {
		return Usage("--inviter, --note and --no-claim-notice are about mails, and none are sent",
			"say --invite mail, or leave them out")
	}
	return errors.Join(oneOf("invite", o.Invite, "report", "mail", "none"),
		oneOf("on-email-match", o.OnEmailMatch, "claim", "review"),
		oneOf("on-profile-match", o.OnProfileMatch, "review", "claim"),
		oneOf("on-difference", o.OnDifference, "report", "fill", "update"))
}
