package mail

import (
	"context"
	"net/mail"
	"time"

	"muster/provision"
	"muster/provision/mail/letter"
	"muster/provision/mail/relay"
)

// NoLink stands in the place of a token where a mail is only looked at.
const NoLink = "this-is-no-link"

// mostRehearsed is how many mails are rehearsed where nobody says how many.
const mostRehearsed = 20

// Rehearse sends what is due to somebody else, as it would go to its people, but
// with links that open nothing. The outbox stays as it is. It returns how many
// mails the server took.
func Rehearse(
	ctx context.Context, e *provision.Engine, org provision.Organization, s Settings, to mail.Address,
) (int, error) {
	o := &office{Engine: e, Settings: s, org: org, pace: newPace(s.Rates)}
	limit := s.Limit
	if limit == 0 {
		limit = mostRehearsed
	}
	due, err := e.Store.DueMails(ctx, provision.MailSelection{Organization: org.ID, Domain: s.Only}, e.Now(), limit)
	if err != nil {
		return 0, err
	}
	sender, err := relay.NewSender(s.Server)
	if err != nil {
		return 0, err
	}
	defer sender.Close()
	taken := 0
	for _, m := range due {
		if err := o.pace.all.Wait(ctx); err != nil {
			return taken, stopped(ctx, err)
		}
		accepted, err := o.rehearse(ctx, sender, m, to)
		if err != nil {
			return taken, err
		}
		if accepted {
			taken++
		}
	}
	return taken, nil
}

// rehearse sends one mail to somebody else, if it would be sent.
func (o *office) rehearse(
	ctx context.Context, sender *relay.Sender, m provision.Mail, to mail.Address,
) (accepted bool, err error) {
	link, err := o.linkOf(ctx, m)
	if err != nil {
		return false, err
	}
	if o.judge(m, link, o.Now()).do != sendIt {
		return false, nil
	}
	c := o.content(m)
	if leads(m) {
		c = withoutLink(c, link.Audience, link.EndsAt(o.Now()))
	}
	m.Email.Address = to.Address
	m.MessageID = "rehearsal." + m.ID + "@" + domainOf(o.From.Address)
	text, err := o.message(m, c, o.Now())
	if err != nil {
		return false, err
	}
	reply, err := sender.Send(ctx, relay.Mail{From: o.From.Address, To: to.Address, Text: text})
	if err == nil && reply.Outcome != relay.Accepted {
		o.Tell(provision.Warning{Text: "the mail server did not take it: " + reply.Text})
	}
	return reply.Outcome == relay.Accepted, err
}

// withoutLink is a content whose link opens nothing, and says so.
func withoutLink(c letter.Content, base string, ends time.Time) letter.Content {
	c.URL = base + "/c/" + NoLink
	c.IsLink = true
	c.Ends = ends
	return c
}

// previewFrom stands for the sender, whom the command that sends names.
const previewFrom = "help@example.com"

// Preview is how a mail of a template looks for somebody. Language and name are
// theirs; the link opens nothing.
func Preview(
	t *letter.Templates, org provision.Organization, m provision.Mail, base string, at time.Time,
) (letter.Letter, error) {
	o := &office{Settings: Settings{Templates: t, From: mail.Address{Address: previewFrom}}, org: org}
	c := o.content(m)
	switch {
	case m.Template == provision.ConsentMail:
		c = withoutLink(c, base, at.Add(provision.OfferLife))
	case leads(m):
		c = withoutLink(c, base, at.Add(provision.MailedLife))
	}
	return t.Write(m.Template, c)
}
