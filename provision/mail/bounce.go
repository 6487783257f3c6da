package mail

import (
	"context"
	"errors"
	"io"

	"muster/provision"
)

// ErrForged says that a report is about a mail that we never sent: whoever wrote
// it has not got the tag of one.
var ErrForged = errors.New("the report is forged: its address is none that a mail of ours comes back to")

// Hard reports whether the mail came back for good because of its address: no
// other mail will reach it.
func (b Bounce) Hard() bool { return b.Failed && hardStatus.MatchString(b.Status) }

// TakeBack reads the report of a mail that came back, and keeps it. It is
// ErrNoReport where the mail is something else, ErrForged where its tag is not
// ours, provision.ErrNotFound where the outbox has no such mail.
func TakeBack(ctx context.Context, e *provision.Engine, tags Tags, r io.Reader) (Bounce, error) {
	b, err := ReadBounce(r)
	if err != nil {
		return b, err
	}
	if !tags.IsBounceTag(b.Mail, b.Tag) {
		return Bounce{}, ErrForged
	}
	back := provision.MailReturned{Mail: b.Mail, Failed: b.Failed, Hard: b.Hard()}
	back.Enhanced = b.Status
	back.Text = b.Text
	return b, e.Store.ReturnMail(ctx, back, e.Now())
}
