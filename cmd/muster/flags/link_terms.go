package flags

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/mail/letter"
)

// LinkTerms are the flags that say how the links live that are issued.
type LinkTerms struct {
	LinkTTL   Age
	LinkEnd   string
	NotBefore Moment
	BaseURL   string
	Inviter   string
	NoteFile  string

	note string // what NoteFile holds
}

// Flags defines the flags, and how people are invited.
func (o *LinkTerms) Flags(f *pflag.FlagSet, invite *string) {
	section(f, "How the links live, and how they go:", func(f *pflag.FlagSet) {
		f.StringVar(invite, "invite", "report", "how links go to people: report (in links.csv) or mail (muster mail send mails them)")
		o.define(f)
	})
}

// Goes refuses what is no way for links to go to people, and what is said of
// mails where none are sent.
func (o *LinkTerms) Goes(invite string) error {
	switch dedupe.Invite(invite) {
	case dedupe.InviteMail:
		return nil
	case dedupe.InviteReport:
		return o.notMailed()
	}
	return Usage(fmt.Sprintf("--invite %q is not possible", invite), "use report or mail")
}

// notMailed refuses what is said of mails.
func (o *LinkTerms) notMailed() error {
	if o.Inviter == "" && o.NoteFile == "" {
		return nil
	}
	return Usage("--inviter and --note are about mails, and none are sent", "say --invite mail, or leave them out")
}

func (o *LinkTerms) define(f *pflag.FlagSet) {
	f.Var(&o.LinkTTL, "link-ttl",
		"how long a link lives from when it is first shown: 5m to 30d, in m, h, d, w (default 7d)")
	f.StringVar(&o.LinkEnd, "link-end", "",
		"workday: a link that would end at a weekend, where its person is, ends on Monday at 9")
	f.Var(&o.NotBefore, "not-before", "links open only from then on, a `time` like 2026-12-01T09:00")
	f.StringVar(&o.BaseURL, "base-url", "", "public `address` of the claim page, which is inside the links")
	f.StringVar(&o.Inviter, "inviter", "", "who invites, in mails, like \"Ada Example <ada@example.com>\": your own address (administrators: of anybody there)")
	f.StringVar(&o.NoteFile, "note", "", "`file` with a few words of the inviter for the mails, up to 500 characters")
}

// Validate refuses what cannot be meant.
func (o *LinkTerms) Validate() error {
	if life := o.LinkTTL.Age; life != 0 && (life < provision.ShortestLife || life > provision.LongestLife) {
		return Usage(fmt.Sprintf("--link-ttl %s is too short or too long for a link", &o.LinkTTL),
			"give a time from 5m to 30d, like --link-ttl 72h or --link-ttl 2w")
	}
	if o.LinkEnd != "" && o.LinkEnd != workday {
		return Usage(fmt.Sprintf("--link-end %q is not possible", o.LinkEnd), "use "+workday+", or leave it out")
	}
	return o.readMail()
}

// readMail reads what stands in mails.
func (o *LinkTerms) readMail() error {
	if o.Inviter != "" {
		inviter, err := NamedAddress("--inviter", o.Inviter, `say it like --inviter "Ada Example <ada@example.com>"`)
		if err != nil {
			return err
		}
		o.Inviter = inviter.String()
	}
	if o.NoteFile == "" {
		return nil
	}
	text, err := os.ReadFile(o.NoteFile)
	if err != nil {
		return Usage("--note: "+err.Error(), "name a file of plain text")
	}
	if n := utf8.RuneCount(bytes.TrimSpace(text)); n > letter.MaxNote || !utf8.Valid(text) {
		return Usage(
			fmt.Sprintf("--note %s has %d characters; a note has at most %d, in UTF-8", o.NoteFile, n, letter.MaxNote),
			"shorten it: the mail says the rest")
	}
	o.note = letter.Note(string(text))
	return nil
}

// workday is the only end of links that can be asked for.
const workday = "workday"

// Into says it as the terms of a run.
func (o *LinkTerms) Into(t *provision.Terms) {
	t.LinkTTL = o.LinkTTL.Age
	t.LinkWorkday = o.LinkEnd == workday
	t.NotBefore = o.NotBefore.Time
	t.BaseURL = o.BaseURL
	t.Inviter = o.Inviter
	t.Note = o.note
}

// Moment is a flag like 2026-12-01T09:00: a time, in the zone of this computer
// where it names none.
type Moment struct {
	text string
	Time time.Time
}

// Type names the value in help.
func (*Moment) Type() string { return "time" }

func (m *Moment) String() string { return m.text }

// momentForms are how a time may be written.
var momentForms = []string{
	time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly,
}

// Set reads the flag.
func (m *Moment) Set(text string) error {
	for _, form := range momentForms {
		if at, err := time.ParseInLocation(form, text, time.Local); err == nil {
			m.text = text
			m.Time = at
			return nil
		}
	}
	return errors.New("give a time like 2026-12-01T09:00")
}
