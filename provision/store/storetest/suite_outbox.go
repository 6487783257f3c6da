package storetest

import (
	"strings"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

var outboxTrials = []trial{
	{"a mail that is due is taken by one alone", mailTaken},
	{"a mail is taken by its domain", mailDomains},
	{"a mail follows an address to another domain", mailMoved},
	{"a mail that somebody waits for goes first", mailAwaited},
	{"a mail whose sender is gone is taken again, and that is counted", mailTakenAgain},
	{"a mail is settled by whoever took it last", mailSettled},
	{"a mail that was accepted is settled with its person", mailAccepted},
	{"what people were sent is counted", mailCounted},
	{"an address that no mail reaches is known", mailUndeliverable},
	{"a mail that came back is dead, and its address known", mailReturned},
	{"whom a mail tells of is read with it", mailTellsOf},
}

// queued queues a mail to a new account.
func (w *world) queued(email string) (account string) {
	w.Helper()
	account = w.create(email)
	w.ok(w.change(account, change.IssueLink{Mail: true}, change.SendMail{Template: provision.InviteMail, About: true}))
	return account
}

// minute is a lease for one.
func (w *world) minute() provision.MailLease {
	return provision.MailLease{At: w.by.At, Until: w.by.At.Add(time.Minute), Domain: "mail.example.com"}
}

// take takes the next mail to example.com for a minute.
func (w *world) take() provision.Mail {
	w.Helper()
	return w.takeTo("example.com")
}

func (w *world) takeTo(domain string) provision.Mail {
	w.Helper()
	m, err := w.s.LeaseMail(w.ctx, w.here.ID, domain, w.minute())
	w.ok(err)
	return m
}

// none says that there is no mail to a domain to take.
func (w *world) none(domain string) {
	w.Helper()
	_, err := w.s.LeaseMail(w.ctx, w.here.ID, domain, w.minute())
	w.is(err, provision.ErrNotFound)
}

// domains are those that mails wait for.
func (w *world) domains() []provision.MailDomain {
	w.Helper()
	all, err := w.s.MailDomains(w.ctx, provision.MailSelection{Organization: w.here.ID}, w.by.At)
	w.ok(err)
	for i := range all {
		all[i].Next = all[i].Next.UTC()
	}
	return all
}

// waits is one mail to example.com that is due then.
func (w *world) waits(next time.Time) []provision.MailDomain {
	d := provision.MailDomain{Domain: "example.com", Waits: 1, Next: next}
	if !next.After(w.by.At) {
		d.Due = 1
	}
	return []provision.MailDomain{d}
}

func mailTaken(w *world) {
	a := w.queued("ann@example.com")
	all := provision.MailSelection{Organization: w.here.ID}
	due, err := w.s.DueMails(w.ctx, all, w.by.At, 10)
	w.ok(err)
	w.same(len(due), 1)
	w.same(w.domains(), w.waits(w.by.At))
	m := w.take()
	w.same(m.ID, due[0].ID)
	w.same(m.Account, a)
	w.same(m.Template, provision.InviteMail)
	w.same(m.Link, w.account(a).Link.ID)
	w.same(m.Email.Address, "ann@example.com")
	w.same(m.Version, w.account(a).Version)
	w.same([]int{m.Attempts, m.Doubts, m.Today, m.Earlier}, []int{1, 0, 0, 0})
	w.same([]bool{m.Blocked, m.HasPassword, m.Undeliverable}, []bool{false, false, false})
	w.none("example.com")
	w.same(w.domains(), w.waits(w.by.At.Add(time.Minute)))
	other, err := w.s.DueMails(w.ctx, provision.MailSelection{Organization: w.there.ID}, w.by.At.Add(time.Hour), 10)
	w.ok(err)
	w.same(len(other), 0)
}

func mailDomains(w *world) {
	w.queued("ann@example.com")
	w.queued("ben@example.org")
	w.none("ample.com")
	w.same(w.takeTo("example.org").Email.Value, "ben@example.org")
	w.none("example.org")
	one, err := w.s.MailDomains(w.ctx, provision.MailSelection{Organization: w.here.ID, Domain: "example.com"}, w.by.At)
	w.ok(err)
	w.same(len(one), 1)
	due, err := w.s.DueMails(w.ctx, provision.MailSelection{Organization: w.here.ID, Domain: "example.org"}, w.by.At, 10)
	w.ok(err)
	w.same(len(due), 0)
	w.same(w.take().Email.Value, "ann@example.com")
}

func mailMoved(w *world) {
	a := w.create("ann@example.com")
	w.ok(w.change(a, change.SendMail{Template: provision.ClaimedMail}))
	w.ok(w.change(a, change.Readdress{From: email("ann@example.com"), To: email("ann@example.org")}))
	w.same(w.take().Email.Value, "ann@example.org")
	w.by.At = w.by.At.Add(time.Minute)
	w.none("example.com")
	w.same(w.takeTo("example.org").Email.Value, "ann@example.org")
}

func mailAwaited(w *world) {
	w.queued("ann@example.com")
	w.by.At = w.by.At.Add(time.Hour)
	a := w.create("ben@example.com")
	w.ok(w.apply(provision.Batch{By: w.by, Mails: []provision.MailRow{
		{ID: id(), Account: a, Template: provision.InviteMail, Reference: "one", Awaited: true},
		{ID: id(), Account: a, Template: provision.InviteMail, Reference: "two", Awaited: true, NotBefore: w.by.At.Add(time.Hour)},
	}}))
	w.same(w.take().Email.Value, "ben@example.com")
	w.same(w.take().Email.Value, "ann@example.com")
	w.none("example.com")
}

func mailTakenAgain(w *world) {
	w.queued("ann@example.com")
	first := w.take()
	w.by.At = w.by.At.Add(time.Minute - time.Microsecond)
	w.none("example.com")
	w.by.At = w.by.At.Add(time.Microsecond)
	second := w.take()
	w.same(second.ID, first.ID)
	w.same(second.MessageID, first.MessageID)
	w.same(first.MessageID, strings.ReplaceAll(first.ID, "-", "")+"@mail.example.com")
	w.same([]int{second.Attempts, second.Doubts}, []int{2, 1})
}

func mailSettled(w *world) {
	w.queued("ann@example.com")
	first := w.take()
	later := w.by.At.Add(time.Hour)
	deferred := provision.MailSettled{NextAt: later}
	deferred.SentRow = provision.SentRow{
		Mail:    first.ID,
		Attempt: 2,
		State:   provision.MailDeferred,
		Answer:  provision.Answer{Code: 450, Enhanced: "4.2.1", Text: "busy"},
	}
	w.is(w.s.SettleMail(w.ctx, deferred, w.by.At), provision.ErrMoved)
	deferred.Attempt = 1
	w.ok(w.s.SettleMail(w.ctx, deferred, w.by.At))
	w.is(w.s.SettleMail(w.ctx, deferred, w.by.At), provision.ErrMoved)
	w.same(w.mails(), map[string]int{"invite deferred": 1})
	w.none("example.com")
	w.same(w.domains(), w.waits(later))
	w.by.At = later
	m := w.take()
	w.same(m.Attempts, 2)
	doubtful := provision.MailSettled{NextAt: later, Doubt: true}
	doubtful.SentRow = provision.SentRow{Mail: m.ID, Attempt: 2, State: provision.MailUnknown}
	w.ok(w.s.SettleMail(w.ctx, doubtful, w.by.At))
	m = w.take()
	w.same([]int{m.Attempts, m.Doubts}, []int{3, 1})
	held := provision.MailSettled{Doubt: true}
	held.SentRow = provision.SentRow{Mail: m.ID, Attempt: 3, State: provision.MailUnknown}
	w.ok(w.s.SettleMail(w.ctx, held, w.by.At))
	w.by.At = w.by.At.Add(1000 * time.Hour)
	w.none("example.com")
	w.same(len(w.domains()), 0)
}

// accepted settles a mail as a server that took it does.
func accepted(m provision.Mail) change.Changes {
	return change.Changes{
		change.Mailed{Mail: m.ID, Template: m.Template, State: provision.MailAccepted, Attempt: m.Attempts},
		change.SetStatus{From: dedupe.Created, To: dedupe.Invited},
	}
}

func mailAccepted(w *world) {
	a := w.queued("ann@example.com")
	m := w.take()
	stale := m
	stale.Attempts--
	w.is(w.change(a, accepted(stale)...), provision.ErrMoved)
	w.same(w.account(a).Status, dedupe.Created)
	w.ok(w.change(a, accepted(m)...))
	w.same(w.account(a).Status, dedupe.Invited)
	w.same(w.mails(), map[string]int{"invite accepted": 1})
	w.is(w.change(a, accepted(m)...), provision.ErrMoved)
}

func mailCounted(w *world) {
	a := w.queued("ann@example.com")
	w.ok(w.change(a, accepted(w.take())...))
	w.ok(w.change(a, change.IssueLink{Again: true, Mail: true}, change.SendMail{Template: provision.InviteMail, About: true}))
	m := w.take()
	w.same([]int{m.Today, m.Earlier}, []int{1, 1})
	w.same(m.LastAt.Equal(w.by.At), true)
	w.by.At = w.by.At.Add(24 * time.Hour)
	m = w.take()
	w.same([]int{m.Today, m.Earlier}, []int{0, 1})
}

func mailUndeliverable(w *world) {
	a := w.queued("ann@example.com")
	m := w.take()
	dead := provision.MailSettled{Undeliverable: "ann@example.com"}
	dead.SentRow = provision.SentRow{Mail: m.ID, Attempt: 1, State: provision.MailDead}
	dead.Answer = provision.Answer{Code: 550, Enhanced: "5.1.1", Text: "no such user"}
	w.ok(w.s.SettleMail(w.ctx, dead, w.by.At))
	w.ok(w.change(a, change.IssueLink{Again: true, Mail: true}, change.SendMail{Template: provision.InviteMail, About: true}))
	w.same(w.take().Undeliverable, true)
	w.ok(w.change(a, change.Join{Membership: dedupe.Membership{Brand: "beta", Kind: "creator", Role: "member"}}))
	people, err := w.s.Undeliverable(w.ctx, w.here.ID)
	w.ok(err)
	w.same(len(people), 1)
	w.same([]string{people[0].Account, people[0].Address, people[0].Code, people[0].Why},
		[]string{a, "ann@example.com", "5.1.1", "no such user"})
	others, err := w.s.Undeliverable(w.ctx, w.there.ID)
	w.ok(err)
	w.same(len(others), 0)
}

func mailReturned(w *world) {
	a := w.queued("ann@example.com")
	m := w.take()
	w.ok(w.change(a, accepted(m)...))
	back := provision.MailReturned{Mail: m.ID, Answer: provision.Answer{Enhanced: "4.4.1", Text: "no answer"}}
	w.ok(w.s.ReturnMail(w.ctx, back, w.by.At))
	w.same(w.mails(), map[string]int{"invite accepted": 1})
	back.Failed, back.Hard, back.Enhanced = true, true, "5.1.1"
	w.ok(w.s.ReturnMail(w.ctx, back, w.by.At))
	w.ok(w.s.ReturnMail(w.ctx, back, w.by.At))
	w.same(w.mails(), map[string]int{"invite dead": 1})
	w.ok(w.change(a, change.IssueLink{Again: true, Mail: true}, change.SendMail{Template: provision.InviteMail, About: true}))
	w.same(w.take().Undeliverable, true)
	back.Mail = id()
	w.is(w.s.ReturnMail(w.ctx, back, w.by.At), provision.ErrNotFound)
}

func mailTellsOf(w *world) {
	a, b := w.create("ann@example.com"), w.create("ben@example.com")
	w.ok(w.change(a, change.SendMail{Template: provision.AdministratorMail, Reference: b}))
	w.same(w.take().Other, "Name of ben@example.com")
	w.ok(w.change(a, change.SendMail{Template: provision.ClaimedMail, Reference: ""}))
	w.same(w.take().Other, "")
}
