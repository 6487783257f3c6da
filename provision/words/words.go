// Package words says what the contract of provision knows, in the words of people
// who run an influencer programme: outcomes, links, keys, notes, held people.
// Reports, the terminal and whatever comes after them say it alike. Nothing here
// knows a format, a file or a flag.
package words

import (
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// Word is how a report calls an outcome, and what it means in one sentence.
type Word struct {
	Title   string
	Meaning string
}

// Outcomes are the words for all outcomes.
var Outcomes = map[provision.Outcome]Word{
	provision.Created:   {"Created", "New on the platform: an account was made and added to the brand"},
	provision.Claimed:   {"Claimed", "Had an account already; it was added to the brand"},
	provision.Updated:   {"Updated", "Already in the brand; something new was added"},
	provision.Unchanged: {"Unchanged", "Already in the brand; nothing new was added"},
	provision.Merged:    {"Merged", "The same person as an earlier row; joined into it"},
	provision.Review:    {"Review", "Unclear who this is: held until somebody decides, nothing was written"},
	provision.Blocked:   {"Blocked", "The person is blocked in this organization; nothing was written"},
	provision.Rejected:  {"Rejected", "Cannot be used until the row is corrected"},
	provision.Removed:   {"Removed", "People no longer on the list whose access was taken away"},
	provision.Stale:     {"Stale", "The account changed after the plan was made; nothing was written"},
	provision.Failed:    {"Failed", "Could not be written; the row says why"},
	provision.Pending:   {"Pending", "Not reached: the run was interrupted"},
}

// Outcome returns how an outcome is called and what it means.
func Outcome(o provision.Outcome) Word { return english.Outcome(o) }

// Outcome is Outcome in a language.
func (in In) Outcome(o provision.Outcome) Word {
	if w, ok := Outcomes[o]; ok {
		return Word{in.Say(w.Title), in.Say(w.Meaning)}
	}
	return Word{Title: string(o), Meaning: string(o)}
}

// Links say how a link stands and what is to be done about it.
var Links = map[provision.LinkWord]struct{ State, Todo string }{
	provision.LinkIssued:      {"new link", "hand over the link (links.csv)"},
	provision.LinkKept:        {"the same link as before", "hand over the link (links.csv), unless that was done before"},
	provision.LinkWaits:       {"waits to be mailed", "nothing to hand over: muster mail send mails the link"},
	provision.LinkMailed:      {"mailed", "nothing to hand over: the link was mailed"},
	provision.LinkOldAddress:  {"the same link as before", "the link leads to the address that was in use when it was made; hand it over only if that one still works"},
	provision.LinkExpired:     {"expired", "the link is no longer good: have it renewed"},
	provision.LinkRevoked:     {"revoked", "nothing to hand over: the link was revoked by hand, or with the run that issued it, and only muster links reissue issues another"},
	provision.LinkWithdrawn:   {"withdrawn", "the link ended when the person lost their access: have a new one issued"},
	provision.LinkDead:        {"used or withdrawn", ""},
	provision.LinkNoKey:       {"lost with its key", "have a new link issued: the key this one was made with is gone"},
	provision.LinkNone:        {"no link", "tell the person about their account; no link was asked for"},
	provision.LinkByMail:      {"by mail only", "nothing to hand over: another organization's account gets its link by mail alone"},
	provision.LinkAbove:       {"withheld", "this person may do more than you: have an administrator import the list"},
	provision.LinkNoAddress:   {"no link", "nothing to hand over: the account has no address to sign in with, the row's is kept as a contact"},
	provision.LinkElsewhere:   {"invited elsewhere", "nothing to hand over: invited before, by other means; a link can be issued"},
	provision.LinkProfileOnly: {"no link", "known by a profile alone: add the account's email to the row if its link is wanted"},
	provision.LinkSignIn:      {"signs in through the company", "tell the person where to sign in; with single sign-on there is no link"},
	provision.LinkInactive:    {"organization not active", "nothing to hand over: while the organization is not active no link opens"},
	provision.LinkAsked:       {"asked first", "nothing to hand over: the person is asked by mail, and added once they accept"},
	provision.LinkNeedless:    {"registered already", ""},
}

// LinkOrder is the order in which link words are shown.
var LinkOrder = []provision.LinkWord{
	provision.LinkIssued, provision.LinkWaits, provision.LinkMailed, provision.LinkKept, provision.LinkOldAddress, provision.LinkExpired, provision.LinkRevoked, provision.LinkWithdrawn, provision.LinkNoKey, provision.LinkNone,
	provision.LinkByMail, provision.LinkAbove, provision.LinkElsewhere, provision.LinkProfileOnly, provision.LinkNoAddress, provision.LinkSignIn, provision.LinkInactive, provision.LinkAsked, provision.LinkNeedless, provision.LinkDead,
}

// Strengths say what evidence is worth.
var Strengths = map[dedupe.Strength]string{
	dedupe.Strong: "sure",
	dedupe.Weak:   "not proven",
	dedupe.Hint:   "a hint only; several people may share it",
}

// networkNames are the networks that are called otherwise than identity does: where it
// says all names, or in the middle of a sentence.
var networkNames = map[string]string{"x": "X/Twitter", "twitter": "X/Twitter", "website": "website", "blog": "blog"}

// Link says how a link stands, and what is to be done about it.
func (in In) Link(l provision.LinkWord) (state, todo string) {
	return in.Say(Links[l].State), in.Say(Links[l].Todo)
}

// Key names a key as a person would: "the email ann@example.com".
func Key(k identity.Key) string { return english.Key(k) }

// Key is Key in a language.
func (in In) Key(k identity.Key) string {
	space, rest, _ := strings.Cut(k.Space, ":")
	switch space {
	case "email":
		return in.Say("the email %s", k.Value)
	case "mailbox":
		return in.Say("the mailbox %s (dots and plus tags aside)", k.Value)
	case "external":
		return in.Say("the external id %s", k.Value)
	case "website":
		return in.Say("the website %s", k.Value)
	case "blog":
		return in.Say("the blog %s", k.Value)
	}
	name := networkName(space)
	if rest != "" {
		name += " " + rest
	}
	return in.Say("the %s profile %s", name, k.Value)
}

// Duration says how long something lasts, to the hour where it is long.
func (in In) Duration(d time.Duration) string {
	const day = 24 * time.Hour
	hours := d.Round(time.Hour)
	switch {
	case hours >= 2*day:
		return in.Say("%d days", int(hours/day))
	case d >= 100*time.Minute:
		return in.Say("%d hours", int(hours/time.Hour))
	}
	return in.Count(max(int(d.Round(time.Minute)/time.Minute), 0), "1 minute", "%s minutes")
}
