package flags

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"muster/dedupe"
	"muster/provision"
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
	f.Var(&o.LinkTTL, "link-ttl",
		"how long a link lives from when it is first shown: 5m to 30d, in m, h, d, w (default 7d)")
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
		return Usage("--invite mail: this version does not send mail yet",
			"use --invite report and mail the links of links.csv yourself, or --invite none")
	}
	if life := o.LinkTTL.Age; life != 0 && (life < provision.ShortestLife || life > provision.LongestLife) {
		return Usage(fmt.Sprintf("--link-ttl %s is too short or too long for a link", &o.LinkTTL),
			"give a time from 5m to 30d, like --link-ttl 72h or --link-ttl 2w")
	}
	return errors.Join(oneOf("invite", o.Invite, "report", "none"),
		oneOf("on-email-match", o.OnEmailMatch, "claim", "review"),
		oneOf("on-profile-match", o.OnProfileMatch, "review", "claim"))
}
