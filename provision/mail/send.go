package mail

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sourcegraph/conc/pool"

	"muster/importer/failure"
	"muster/provision"
	"muster/provision/mail/letter"
	"muster/provision/mail/relay"
)

// Settings say what is sent, from whom, and through which server.
type Settings struct {
	Server       relay.Server
	From         mail.Address
	BounceDomain string // mails come back to an address of their own there; "" is the sender's
	Tags         Tags   // for those addresses; needed with BounceDomain
	Templates    *letter.Templates
	Rates        Rates
	BaseURLs     []string      // where links may lead: a mail with any other link is cancelled
	Connections  int           // to the server at once; 0 is one
	Only         string        // domain of the people who are mailed; "" is all
	Limit        int           // mails; 0 is no limit
	Watch        time.Duration // how often to look whether more is due; 0 ends when nothing is
	Sender       string        // account id of whoever sends, for the audit; "" is the program itself
	HoldDoubtful bool          // a mail that a server may have is not sent again
}

// Tags make and check what stands beside the id of a mail in the address that it
// comes back to.
type Tags interface {
	BounceTag(mail string) string
	IsBounceTag(mail, tag string) bool
}

// Sent counts what became of mails in the end, each once.
type Sent struct {
	Accepted  int `json:"accepted"`
	Deferred  int `json:"deferred"`  // refused for now
	Refused   int `json:"refused"`   // for good
	Unknown   int `json:"unknown"`   // the answer was lost
	Cancelled int `json:"cancelled"` // what they tell of does not hold any more
	Renewed   int `json:"renewed"`   // their links were nearly over, and new ones were issued
	Postponed int `json:"postponed"` // their people were sent enough for now
}

// Lease is how long a mail that was taken for sending belongs to its sender: as
// long as the server may take for all of its answers.
const Lease = 15 * time.Minute

// mostRefusals is how many mails in a row a server may refuse before it is not
// the mails that are wrong.
const mostRefusals = 10

// ErrRefusing means that a server refuses whatever it is sent.
var ErrRefusing = errors.New("the mail server refuses one mail after another")

// Send sends what is due of an organization. A server that cannot be spoken to is
// a *relay.Error: what was not sent waits. Where ctx ends, the mail that is under
// way is finished first.
func Send(ctx context.Context, e *provision.Engine, org provision.Organization, s Settings) (Sent, error) {
	if !org.IsActive() {
		return Sent{}, &provision.ConfigError{
			Msg:  fmt.Sprintf("organization %q is not active: nothing is mailed", org.Slug),
			Hint: "set active: true in its file, and apply it with muster org apply",
		}
	}
	office := &office{Engine: e, Settings: s, org: org, pace: newPace(s.Rates)}
	office.unsent = map[string]deed{}
	office.answers = map[string]int{}
	if err := office.begin(ctx); err != nil {
		return Sent{}, err
	}
	defer office.end()
	senders := pool.New().WithContext(ctx).WithCancelOnError().WithFirstError()
	for range max(1, s.Connections) {
		sender, err := relay.NewSender(s.Server)
		if err != nil {
			return Sent{}, err
		}
		senders.Go(func(ctx context.Context) error {
			defer sender.Close()
			return office.work(ctx, sender)
		})
	}
	err := senders.Wait()
	return office.sent, err
}

// office is what all senders of one call share.
type office struct {
	*provision.Engine
	Settings
	org  provision.Organization
	pace *pace

	mu      sync.Mutex
	sent    Sent
	unsent  map[string]deed // what was done last about mails that may come again, by id
	answers map[string]int  // to mails that were not accepted, by how often they were given
	counts  bool            // it is told how far it is
	done    int             // mails that something was done about
	taken   int
	refused int // in a row
}

// begin says how much there is to send, and how long it takes.
func (o *office) begin(ctx context.Context) error {
	now := o.Now()
	if err := o.ask(ctx, now); err != nil {
		return err
	}
	due, takes, slow := o.pace.outlook(now)
	if o.Limit > 0 && o.Limit < due {
		due, takes = o.Limit, 0
	}
	if o.Watch > 0 || due == 0 {
		return nil
	}
	o.counts = true
	switch text := "at this pace these mails take about " + takes.Round(time.Minute).String(); {
	case takes < time.Minute:
	case slow.Domain != "":
		o.Tell(provision.Notice{Text: fmt.Sprintf("%s: %d of %d go to %s, %d a minute", strings.TrimSuffix(text, "0s"),
			slow.Due, due, slow.Domain, o.pace.perMinute)})
	default:
		o.Tell(provision.Notice{Text: fmt.Sprintf("%s: there are %d", strings.TrimSuffix(text, "0s"), due)})
	}
	o.Tell(provision.PhaseStarted{Phase: provision.Sending, Total: due})
	return nil
}

// mostAnswers is how many different answers of servers are told.
const mostAnswers = 20

// end says how often servers gave the same answer.
func (o *office) end() {
	if !o.counts {
		return
	}
	o.Tell(provision.PhaseDone{Phase: provision.Sending, Done: o.done})
	often := slices.DeleteFunc(slices.Collect(maps.Keys(o.answers)), func(why string) bool { return o.answers[why] == 1 })
	slices.SortFunc(often, func(x, y string) int {
		return cmp.Or(cmp.Compare(o.answers[y], o.answers[x]), cmp.Compare(x, y))
	})
	for _, why := range often[:min(len(often), mostAnswers)] {
		o.Tell(provision.Notice{Text: fmt.Sprintf("%d times: %s", o.answers[why], why)})
	}
}

// tellAnswer says what a server made of a mail, and what it makes of many once.
func (o *office) tellAnswer(m provision.Mail, why string) {
	o.mu.Lock()
	if o.Watch == 0 && (o.answers[why] > 0 || len(o.answers) < 50*mostAnswers) {
		o.answers[why]++
	}
	first := o.answers[why] == 1 && len(o.answers) <= mostAnswers
	o.mu.Unlock()
	if first || o.Watch > 0 {
		o.Tell(provision.Notice{Text: fmt.Sprintf("mail %s to …@%s: %s", m.Template, m.Email.Domain(), why)})
	}
}

// work sends mail after mail.
func (o *office) work(ctx context.Context, sender *relay.Sender) error {
	for o.mayTake() {
		m, err := o.next(ctx)
		if errors.Is(err, provision.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		err = o.handle(context.WithoutCancel(ctx), sender, m)
		var gone *relay.Error
		switch {
		case o.Watch > 0 && errors.As(err, &gone) && gone.What == relay.Unreachable:
			o.Tell(provision.Warning{Text: gone.Error()})
			wait(ctx, time.Now().Add(o.Watch))
		case err != nil:
			return err
		}
	}
	return nil
}

// mayTake counts a mail against the limit.
func (o *office) mayTake() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.Limit > 0 && o.taken >= o.Limit {
		return false
	}
	o.taken++
	return true
}

// next takes the next mail that may go now. It waits for the rates; for mails
// that are not due yet only where more is watched for. ErrNotFound means that
// nothing is left.
func (o *office) next(ctx context.Context) (provision.Mail, error) {
	for {
		if err := o.pace.all.Wait(ctx); err != nil {
			return provision.Mail{}, stopped(ctx, err)
		}
		now := o.Now()
		if o.pace.asks(now) {
			if err := o.ask(ctx, now); err != nil {
				return provision.Mail{}, err
			}
		}
		domain, found, opens, fresh := o.pace.turn(now)
		switch {
		case found:
			m, err := o.take(ctx, domain, now)
			if !errors.Is(err, provision.ErrNotFound) {
				return m, err
			}
		case !opens.IsZero(): // mails are due, and wait for their domains alone
			wait(ctx, sooner(opens, now.Add(askAgain)))
		case !fresh:
			if err := o.ask(ctx, now); err != nil {
				return provision.Mail{}, err
			}
		case o.Watch == 0:
			return provision.Mail{}, provision.ErrNotFound
		default:
			wait(ctx, now.Add(o.Watch))
			o.pace.forgets()
		}
		if ctx.Err() != nil {
			return provision.Mail{}, ctx.Err()
		}
	}
}

// ask asks for which domains mails wait.
func (o *office) ask(ctx context.Context, now time.Time) error {
	all, err := o.Store.MailDomains(ctx, provision.MailSelection{Organization: o.org.ID, Domain: o.Only}, now)
	if err == nil {
		o.pace.hears(all, now)
	}
	return err
}

// take takes the next mail to a domain. One whose person has an address elsewhere by
// now is put back: its turn comes with the mails to there.
func (o *office) take(ctx context.Context, domain string, now time.Time) (provision.Mail, error) {
	lease := provision.MailLease{At: now, Until: now.Add(Lease), Domain: domainOf(o.From.Address)}
	m, err := o.Store.LeaseMail(ctx, o.org.ID, domain, lease)
	if err != nil || m.Email.Domain() == domain {
		return m, err
	}
	err = o.settle(context.WithoutCancel(ctx), m, verdict{do: putBack, at: now})
	return provision.Mail{}, cmp.Or(err, provision.ErrNotFound)
}

func sooner(x, y time.Time) time.Time {
	if y.Before(x) {
		return y
	}
	return x
}

// stopped is the end of the context, where that is why an error came.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// wait waits until then, or the end of the context.
func wait(ctx context.Context, until time.Time) {
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// handle does whatever is to be done about a mail that was taken.
func (o *office) handle(ctx context.Context, sender *relay.Sender, m provision.Mail) error {
	link, err := o.linkOf(ctx, m)
	if err != nil {
		return err
	}
	v := o.judge(m, link, o.Now())
	switch v.do {
	case renew:
		return o.renew(ctx, m, *link)
	case sendIt:
		return o.send(ctx, sender, m, link)
	}
	return o.settle(ctx, m, v)
}

// linkOf is the link that a mail tells of, nil for none.
func (o *office) linkOf(ctx context.Context, m provision.Mail) (*provision.LinkRow, error) {
	if m.Link == "" {
		return nil, nil
	}
	if m.Template == provision.ConsentMail {
		offers, err := o.Store.Offers(ctx, []string{m.Link})
		if err != nil || len(offers) == 0 {
			return nil, err
		}
		return &offers[0].LinkRow, nil
	}
	links, err := o.Store.Links(ctx, []string{m.Link})
	if err != nil || len(links) == 0 {
		return nil, err
	}
	return &links[0], nil
}

// send writes a mail, hands it to the server, and keeps what that made of it.
func (o *office) send(ctx context.Context, sender *relay.Sender, m provision.Mail, link *provision.LinkRow) error {
	text, err := o.write(ctx, m, link)
	if errors.Is(err, provision.ErrNoKey) {
		return o.settle(ctx, m, verdict{do: bury, why: provision.ErrNoKey.Error()})
	}
	if err != nil {
		return err
	}
	reply, err := sender.Send(ctx, relay.Mail{From: o.returnTo(m), To: envelope(m), Text: text})
	if err != nil {
		return errors.Join(err, o.settle(ctx, m, verdict{do: putBack, at: o.Now(), why: err.Error()}))
	}
	o.keepPace(m, reply)
	if reply.Outcome == relay.Accepted {
		return o.accepted(ctx, m, link, reply)
	}
	v := o.afterwards(m, reply, o.Now())
	o.tellAnswer(m, v.why)
	return errors.Join(o.settle(ctx, m, v), o.refusing(reply))
}

// keepPace lets the domain of a mail say how fast it wants to be sent to.
func (o *office) keepPace(m provision.Mail, reply relay.Reply) {
	switch domain := m.Email.Domain(); {
	case reply.SlowDown():
		o.pace.slows(domain, o.Now())
	case reply.Outcome == relay.Accepted:
		o.pace.answers(domain)
	}
}

// refusing stops everything where a server refuses whatever comes: it is not the
// people who are wrong then, and each refusal costs one a mail.
func (o *office) refusing(reply relay.Reply) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if reply.Outcome != relay.Refused {
		o.refused = 0
		return nil
	}
	if o.refused++; o.refused < mostRefusals {
		return nil
	}
	return failure.New(failure.Config, fmt.Errorf("%w, the last with %d %s", ErrRefusing, reply.Code, reply.Text))
}

// returnTo is where a mail comes back to.
func (o *office) returnTo(m provision.Mail) string {
	if o.BounceDomain == "" {
		return o.From.Address
	}
	return ReturnAddress(m.ID, o.Tags.BounceTag(m.ID), o.BounceDomain)
}

// domainOf is what stands behind the @ of an address.
func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// envelope is the address a mail goes to, with its domain as machines write it.
func envelope(m provision.Mail) string {
	local, _, _ := strings.Cut(m.Email.Address, "@")
	return local + "@" + m.Email.Domain()
}
