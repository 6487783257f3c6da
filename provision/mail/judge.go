package mail

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/mail/relay"
)

// deed is what is done about a mail.
type deed int

const (
	sendIt   deed = iota + 1
	renew         // its link is replaced, and the new one mailed
	cancel        // what it tells of does not hold any more
	bury          // it will never arrive
	postpone      // its person was sent enough for now
	deferIt       // a server did not take it for now
	putBack       // no server was reached: it is due as before
	doubt         // nobody knows whether a server has it; at is when to try again, zero for never
)

// verdict is a deed, and why. Answer is what a server said, if it did.
type verdict struct {
	do     deed
	why    string
	at     time.Time // of the next attempt
	hard   bool      // no mail reaches the address
	answer provision.Answer
}

// How much of what is not urgent people are sent.
const (
	coolDown  = 10 * time.Minute // between two mails
	mostADay  = 3
	mostRenew = 3 // links within a week that one mail after another could not bring
)

// patience is how long it is tried to bring a mail without a link.
const patience = 3 * 24 * time.Hour

// judge says what is to be done about a mail that is due, by what holds now.
func (o *office) judge(m provision.Mail, link *provision.LinkRow, now time.Time) verdict {
	switch {
	case m.Doubts > 1 || m.Doubts > 0 && o.HoldDoubtful:
		return verdict{do: doubt, why: "a server may have taken it, and nobody knows"}
	case !provision.MayMail(dedupe.Account{Status: m.Status, Blocked: m.Blocked}, o.org):
		return verdict{do: cancel, why: string(provision.StandingBlocked)}
	case m.Email.IsZero():
		return verdict{do: cancel, why: "the account has no address"}
	case strings.HasSuffix(m.Email.Domain(), ".invalid"): // as first use makes its administrator
		return verdict{do: cancel, why: "the address is nobody's"}
	case m.Undeliverable:
		return verdict{do: bury, why: "mail to this address came back"}
	}
	if v := o.judgeLink(m, link, now); v.do != sendIt {
		return v
	}
	if at := free(m, now); at.After(now) {
		return verdict{do: postpone, why: "its person was sent enough for now", at: at}
	}
	return verdict{do: sendIt}
}

// judgeLink says what follows from how the link of a mail stands.
func (o *office) judgeLink(m provision.Mail, link *provision.LinkRow, now time.Time) verdict {
	switch {
	case !leads(m):
		return verdict{do: sendIt}
	case link == nil:
		return verdict{do: cancel, why: "there is no link"}
	case !slices.Contains(o.BaseURLs, link.Audience):
		o.Tell(provision.Warning{Text: "a mail is not sent: its link leads to " + link.Audience +
			", where nobody said that our page is; --accept-base-url says so"})
		return verdict{do: cancel, why: "its link does not lead to our page"}
	}
	standing := link.Standing(now)
	switch {
	case !standing.Lives() && standing != provision.StandingExpired:
		return verdict{do: cancel, why: string(standing)}
	case link.WorthMailing(now):
		return verdict{do: sendIt}
	case link.Purpose == provision.Invitation && link.Channel == provision.ByMail && m.Earlier < mostRenew:
		return verdict{do: renew}
	}
	return verdict{do: bury, why: "it could not be brought before its link ended"}
}

// leads reports whether a mail has a link in it.
func leads(m provision.Mail) bool {
	switch m.Template {
	case provision.InviteMail, provision.ResetMail, provision.ConsentMail:
		return true
	case provision.DashboardMail:
		return !m.HasPassword
	}
	return false
}

// free is from when on a person may be sent the mail: not too much at once, but
// for what they asked for themselves, and what they have to know at once.
func free(m provision.Mail, now time.Time) time.Time {
	switch m.Template {
	case provision.ResetMail, provision.AdministratorMail:
		return now
	}
	switch {
	case m.LastAt.IsZero():
		return now
	case m.Today >= mostADay:
		return m.LastAt.Add(24 * time.Hour)
	}
	return m.LastAt.Add(coolDown)
}

// delays are how long to wait after the first, second, … attempt.
var delays = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour}

// hardStatus are the answers that speak of the address itself: there is nobody,
// or nobody who takes mail from us.
var hardStatus = regexp.MustCompile(`^5\.(1\.\d+|2\.1|7\.\d+)$`)

// afterwards says what follows from the answer of a server that did not take a
// mail.
func (o *office) afterwards(m provision.Mail, reply relay.Reply, now time.Time) verdict {
	v := verdict{
		why:    fmt.Sprintf("%d %s", reply.Code, reply.Text),
		answer: provision.Answer{Code: reply.Code, Enhanced: reply.Enhanced, Text: reply.Text},
	}
	if reply.Code == 0 {
		v.why = "the connection to the mail server broke off (" + reply.Text + ")"
	}
	switch reply.Outcome {
	case relay.Refused:
		v.do = bury
		v.hard = hardStatus.MatchString(reply.Enhanced)
	case relay.Unknown:
		v.do = doubt
		v.why += " after the whole mail: the server may have it"
		if m.Doubts == 0 && !o.HoldDoubtful {
			v.at = now.Add(Lease)
		}
	default:
		v.do = deferIt
		v.at = now.Add(jittered(delays[min(max(m.Attempts, 1), len(delays))-1]))
		if now.Sub(m.CreatedAt) > patience && !leads(m) {
			v.do = bury
		}
	}
	return v
}

// jittered is about as long, so that what failed together is not tried together.
func jittered(d time.Duration) time.Duration { return d*3/4 + rand.N(d/2) }
