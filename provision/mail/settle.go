package mail

import (
	"context"
	"errors"
	"fmt"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/mail/relay"
)

// source is what the audit and the outbox call what is done here.
const source = "mail send"

// author is whoever changes something here: the program itself.
func (o *office) author() provision.Author {
	return provision.Author{Organization: o.org.ID, Account: o.Sender, Source: source, At: o.Now()}
}

// settle keeps what became of a mail that was not accepted.
func (o *office) settle(ctx context.Context, m provision.Mail, v verdict) error {
	s := provision.MailSettled{NextAt: v.at}
	s.SentRow = provision.SentRow{Mail: m.ID, Attempt: m.Attempts, State: stateAfter[v.do], Answer: v.answer}
	if s.Text == "" {
		s.Text = v.why
	}
	if v.do == doubt && v.answer != (provision.Answer{}) {
		s.Doubt = true // and not one that is held for having been doubtful before
	}
	if v.hard {
		s.Undeliverable = m.Email.Value
	}
	err := provision.Persist(ctx, func() error { return o.Store.SettleMail(ctx, s, o.Now()) })
	if errors.Is(err, provision.ErrMoved) {
		o.Tell(provision.Warning{Text: "a mail was taken over by another process while it was sent"})
		return nil
	}
	if err != nil {
		return err
	}
	o.count(m, v.do)
	return nil
}

// stateAfter are the states of mails by what was done about them.
var stateAfter = map[deed]provision.MailState{
	cancel:   provision.MailCancelled,
	bury:     provision.MailDead,
	postpone: provision.MailQueued,
	deferIt:  provision.MailDeferred,
	putBack:  provision.MailQueued,
	doubt:    provision.MailUnknown,
}

// count counts what was done about a mail, in place of what was done about it before.
func (o *office) count(m provision.Mail, d deed) {
	o.mu.Lock()
	before, again := o.unsent[m.ID]
	if again {
		*o.sent.of(before)--
		delete(o.unsent, m.ID)
	} else {
		o.done++
	}
	if now := o.sent.of(d); now != nil {
		*now++
		if d == deferIt || d == doubt || d == postpone {
			o.unsent[m.ID] = d
		}
	}
	done := o.done
	o.mu.Unlock()
	if o.counts {
		o.Tell(provision.Progress{Phase: provision.Sending, Done: done})
	}
}

// of is the count of what was done, nil where it is not counted.
func (s *Sent) of(d deed) *int {
	switch d {
	case sendIt:
		return &s.Accepted
	case renew:
		return &s.Renewed
	case cancel:
		return &s.Cancelled
	case bury:
		return &s.Refused
	case postpone:
		return &s.Postponed
	case deferIt:
		return &s.Deferred
	case doubt:
		return &s.Unknown
	}
	return nil
}

// accepted keeps that a server has taken a mail: whoever is invited by it is
// invited from then on, in the same transaction.
func (o *office) accepted(ctx context.Context, m provision.Mail, link *provision.LinkRow, reply relay.Reply) error {
	mailed := change.Mailed{
		Mail:     m.ID,
		Template: m.Template,
		State:    provision.MailAccepted,
		Attempt:  m.Attempts,
		Answer:   provision.Answer{Code: reply.Code, Enhanced: reply.Enhanced, Text: reply.Text},
	}
	err := o.change(ctx, m, change.LinkTerms{}, func(status dedupe.Status) change.Changes {
		changes := change.Changes{mailed}
		if invites(m, link) {
			changes = append(changes, change.Moved(status, provision.Delivered)...)
		}
		return changes
	})
	if errors.Is(err, provision.ErrNotFound) {
		o.Tell(provision.Warning{Text: "a mail went to somebody who was erased, or joined with another account, meanwhile"})
		err = nil
	}
	if err != nil {
		return fmt.Errorf("keeping that a mail was accepted: %w", err)
	}
	o.mu.Lock()
	o.refused = 0
	o.mu.Unlock()
	o.count(m, sendIt)
	return nil
}

// invites reports whether a mail is what invites its person to the member side.
func invites(m provision.Mail, link *provision.LinkRow) bool {
	switch m.Template {
	case provision.InviteMail, provision.WelcomeMail:
		return true
	}
	return m.Template == provision.DashboardMail && leads(m) && link != nil
}

// renew gives the account of a mail another link, for the one that is nearly
// over, and queues the mail about that in place of this one.
func (o *office) renew(ctx context.Context, m provision.Mail, link provision.LinkRow) error {
	terms := change.LinkTerms{
		BaseURL: link.Audience,
		Life:    link.Lifetime,
		Workday: link.Workday,
		Inviter: m.Inviter,
		Note:    m.Note,
	}
	err := o.change(ctx, m, terms, func(dedupe.Status) change.Changes {
		return change.Changes{
			change.Mailed{
				Mail:     m.ID,
				Template: m.Template,
				State:    provision.MailCancelled,
				Attempt:  m.Attempts,
				Answer:   provision.Answer{Text: "its link was nearly over, and was replaced"},
			},
			change.IssueLink{Again: true, Mail: true},
			change.SendMail{Template: m.Template, About: true, Brand: o.brandSlug(m)},
		}
	})
	if errors.Is(err, provision.ErrNotFound) { // its person is gone, and the mail with them
		return nil
	}
	if err != nil {
		return fmt.Errorf("replacing a link that is nearly over: %w", err)
	}
	o.count(m, renew)
	return nil
}

// change carries out what happens to the account of a mail, as it is within the
// transaction.
func (o *office) change(
	ctx context.Context, m provision.Mail, terms change.LinkTerms, changes func(dedupe.Status) change.Changes,
) error {
	carrier := change.NewCarrier(o.org, o.Links, o.NewID, terms)
	return provision.Persist(ctx, func() error {
		return o.Store.InTx(ctx, func(tx provision.Tx) error {
			held, err := tx.Holdings(ctx, []string{m.Account})
			if err != nil {
				return err
			}
			if len(held) == 0 {
				return fmt.Errorf("account %s is gone: %w", m.Account, provision.ErrNotFound)
			}
			now := held[0]
			step := change.On(m.Account, now.Version, change.MailAction, changes(now.Status)...)
			batch := change.NewBatch(o.author(), 1)
			if _, err := carrier.Carry(&batch, step, step.Seen(m.Epoch, now.Email)); err != nil {
				return err
			}
			return tx.Apply(ctx, batch)
		})
	})
}
