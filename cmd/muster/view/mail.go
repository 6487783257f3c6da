package view

import (
	"fmt"
	"strings"
	"time"

	"muster/provision"
	"muster/provision/mail"
	"muster/provision/mail/letter"
	"muster/provision/words"
)

// sentMails is what became of the mails of one muster mail send, and what waits.
type sentMails struct {
	mail.Sent
	Waiting int       `json:"waiting"`       // mails, of the whole organization
	Next    time.Time `json:"next,omitzero"` // when the first of them is due
}

// Sent says what became of the mails of one muster mail send, and for which domains
// others wait.
func (o *Output) Sent(s mail.Sent, waiting []provision.MailDomain) {
	mails, next, _ := waits(waiting)
	if o.common.JSON {
		o.Emit("summary", sentMails{s, mails, next})
		return
	}
	said := phrases(
		counted{s.Accepted, "1 mail was accepted", "%d mails were accepted"},
		counted{s.Deferred, "1 is tried again later", "%d are tried again later"},
		counted{s.Postponed, "1 waits, for its person was sent enough for now",
			"%d wait, for their people were sent enough for now"},
		counted{s.Renewed, "1 link was nearly over and was replaced", "%d links were nearly over and were replaced"},
		counted{s.Cancelled, "1 was not sent, for what it tells of does not hold any more",
			"%d were not sent, for what they tell of does not hold any more"},
		counted{s.Unknown, "of 1 nobody knows whether the server has it", "of %d nobody knows whether the server has them"},
		counted{s.Refused, "1 cannot be delivered", "%d cannot be delivered"},
	)
	if said == "" {
		said = "no mail was due"
	}
	fmt.Fprintln(o.Stdout, sentence(said))
	o.sayWaiting(waiting)
}

// waits is how many mails wait, when the first of them is due, and the domain that
// most of them wait for.
func waits(domains []provision.MailDomain) (mails int, next time.Time, most provision.MailDomain) {
	for _, d := range domains {
		mails += d.Waits
		if next.IsZero() || d.Next.Before(next) {
			next = d.Next
		}
		if d.Waits > most.Waits {
			most = d
		}
	}
	return mails, next, most
}

// manyDomains is from how many domains on the one is named that most mails wait for.
const manyDomains = 3

// sayWaiting says what waits, and how it goes on.
func (o *Output) sayWaiting(domains []provision.MailDomain) {
	mails, next, most := waits(domains)
	if mails == 0 {
		return
	}
	said := Plural(mails, "mail") + " waits"
	if mails > 1 {
		said = Plural(mails, "mail") + " wait"
	}
	if len(domains) >= manyDomains && most.Domain != "" {
		said += fmt.Sprintf(", %s of them for %s", words.Number(most.Waits), most.Domain)
	}
	if next.After(time.Now()) {
		said += ". The next is due at " + next.Local().Format(time.DateTime)
	}
	fmt.Fprintf(o.Stdout, "%s: muster mail send sends what is due.\n", said)
}

// counted is a number of something, in words for one and for several.
type counted struct {
	n         int
	one, many string
}

// phrases says those that are not nought.
func phrases(all ...counted) string {
	var said []string
	for _, c := range all {
		switch c.n {
		case 0:
		case 1:
			said = append(said, c.one)
		default:
			said = append(said, strings.Replace(c.many, "%d", words.Number(c.n), 1))
		}
	}
	return strings.Join(said, "; ")
}

// sentence makes a sentence of words.
func sentence(words string) string { return strings.ToUpper(words[:1]) + words[1:] + "." }

// Rehearsed says how many mails went to somebody else.
func (o *Output) Rehearsed(n int, to string) {
	if o.common.JSON {
		o.Emit("summary", map[string]any{"rehearsed": n, "to": to})
		return
	}
	fmt.Fprintf(o.Stdout, "%s sent to %s, with links that open nothing. All of them still wait.\n", were(n, "mail"), to)
}

func were(n int, word string) string {
	if n == 1 {
		return "1 " + word + " was"
	}
	return Plural(n, word) + " were"
}

// mailStates are the states of mails as people say them, in the order in which
// they are shown.
var mailStates = []struct {
	state provision.MailState
	words string
}{
	{provision.MailQueued, "waiting"},
	{provision.MailLeased, "being sent"},
	{provision.MailDeferred, "to be tried again"},
	{provision.MailUnknown, "perhaps sent"},
	{provision.MailAccepted, "accepted"},
	{provision.MailDead, "not deliverable"},
	{provision.MailCancelled, "not needed any more"},
}

// mailsWait is the last line of mail status, as JSON.
type mailsWait struct {
	Waiting int       `json:"waiting"`
	Next    time.Time `json:"next,omitzero"` // when the next mail is due
}

// unreachable is somebody whom no mail reaches, as JSON.
type unreachable struct {
	Account string    `json:"account"`
	Name    string    `json:"name"`
	Email   string    `json:"email"`
	Code    string    `json:"code"`
	Why     string    `json:"why"`
	Since   time.Time `json:"since"`
}

// MailStatus says how the outbox stands, for which domains mails wait, and whom none
// reaches.
func (o *Output) MailStatus(
	counts []provision.MailCount, waiting []provision.MailDomain, people []provision.UndeliverablePerson,
) {
	if o.common.JSON {
		for _, c := range counts {
			o.Emit("mails", map[string]any{"template": c.Template, "state": c.State, "mails": c.Mails})
		}
		for _, p := range people {
			o.Emit("undeliverable", unreachable{p.Account, p.Name, p.Address, p.Code, p.Why, p.At})
		}
		mails, next, _ := waits(waiting)
		o.Emit("summary", mailsWait{mails, next})
		return
	}
	if len(counts) == 0 {
		fmt.Fprintln(o.Stdout, "There are no mails: muster import LIST --invite mail makes them.")
	}
	for _, template := range provision.MailTemplates() {
		if line := mailLine(counts, template); line != "" {
			fmt.Fprintf(o.Stdout, "%-20s %s\n", template, line)
		}
	}
	o.sayWaiting(waiting)
	if len(people) > 0 {
		fmt.Fprintln(o.Stdout, "\nNo mail reaches these people; they are mailed again once they have another address:")
	}
	for _, p := range people {
		fmt.Fprintf(o.Stdout, "  %s <%s>  %s %s, since %s\n", p.Name, p.Address, p.Code, p.Why,
			p.At.Local().Format(time.DateOnly))
	}
}

// mailLine counts the mails of a template by state, "" where there are none.
func mailLine(counts []provision.MailCount, template string) string {
	var said []string
	for _, s := range mailStates {
		for _, c := range counts {
			if c.Template == template && c.State == s.state {
				said = append(said, words.Number(c.Mails)+" "+s.words)
			}
		}
	}
	return strings.Join(said, ", ")
}

// Letter prints a mail. File is where its HTML is, "" for nowhere.
func (o *Output) Letter(l letter.Letter, file string) {
	if o.common.JSON {
		o.Emit("summary", map[string]string{"subject": l.Subject, "text": l.Text, "file": file})
		return
	}
	fmt.Fprintf(o.Stdout, "Subject: %s\n\n%s", l.Subject, l.Text)
	if file != "" {
		o.Say("its HTML is in %s", file)
	}
}

// Bounces counts reports of mails that came back.
type Bounces struct {
	Hard    int `json:"undeliverable"` // no mail reaches the address
	Failed  int `json:"failed"`        // the mail will not arrive; another one may
	Delayed int `json:"delayed"`
	Forged  int `json:"forged"` // or of mails that the outbox does not know
	Other   int `json:"other"`  // mails that are no report
}

// Bounces says what came back.
func (o *Output) Bounces(b Bounces) {
	if o.common.JSON {
		o.Emit("summary", b)
		return
	}
	said := phrases(
		counted{b.Hard, "no mail reaches 1 address", "no mail reaches %d addresses"},
		counted{b.Failed, "1 mail will not arrive", "%d mails will not arrive"},
		counted{b.Delayed, "1 is still on its way", "%d are still on their way"},
		counted{b.Forged, "1 report is not about a mail of ours, and was passed over",
			"%d reports are not about mails of ours, and were passed over"},
		counted{b.Other, "1 mail is no report, and was passed over", "%d mails are no reports, and were passed over"},
	)
	if said == "" {
		said = "nothing came back"
	}
	fmt.Fprintln(o.Stdout, sentence(said))
}
