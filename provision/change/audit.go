package change

import (
	"bytes"
	"encoding/json"
	"sync"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
)

// An Action is what the audit calls what was done to an account: a closed set.
type Action string

// The actions of imports, reviews, reports, purges and links; what a directory does is
// named beside it.
const (
	CreateAction  Action = "create"
	ClaimAction   Action = "claim"
	UpdateAction  Action = "update"
	DecidedAction Action = "review"    // somebody decided to leave the person alone
	LeftAction    Action = "unchanged" // somebody decided what needed no change
	RevealAction  Action = "links revealed"
	IssueAction   Action = "link issued"
	RevokeAction  Action = "link revoked"
	HandAction    Action = "link handed over"
	PurgeAction   Action = "run purged"
	BeginAction   Action = "sign-up begun" // somebody filled in the first step behind their link
	RedeemAction  Action = "link redeemed" // somebody set a password by their link
	AcceptAction  Action = "membership accepted"
	DeclineAction Action = "membership declined"
	AskAction     Action = "link asked for"
	ReleaseAction Action = "lock released"
	AllowAction   Action = "guard overridden" // somebody let a plan do more than its guards allow
	FreeAction    Action = "source released"
	AdoptAction   Action = "keys adopted"
	LoadAction    Action = "directory loaded"
	MailAction    Action = "mail" // the outbox was sent: a mail was accepted, or its link replaced
)

// AuditDetail is what the audit keeps of what was done to an account: the
// changes, in the order they were made, so that they can be taken back. Names
// and addresses stay out of it: they go when the person does, the audit stays.
type AuditDetail struct {
	Reason  reason.Code `json:"reason,omitempty"`
	Version int64       `json:"version,omitempty"` // of the account from then on; 0 where nothing was written to it
	Undoes  string      `json:"undoes,omitempty"`  // id of the run that the changes take back
	Changes Changes     `json:"changes,omitempty"`
}

// details are reused for what is put together there, which is copied in its length.
var details = sync.Pool{New: func() any { return newText(nil) }}

// AuditPrivate is what the audit keeps apart: data of the person that taking
// the changes back needs. Of a step that made its account nothing is kept
// apart: what was given to it can be read off it.
type AuditPrivate struct {
	Changes Changes `json:"changes"` // whole ones, in place of those of the detail; null where that has all there is
}

// audit is the entry of a step whose changes were carried out as given, and left
// the account at a version.
func (c *Carrier) audit(s Step, changes Changes, version int64) (provision.AuditRow, error) {
	row := provision.AuditRow{ID: c.newID(), Action: string(s.Action)}
	if len(s.Rows) > 0 {
		row.Row = s.Rows[0]
	}
	kept, apart := audited(changes, c.mark)
	w := details.Get().(*text)
	defer details.Put(w)
	w.text = w.text[:0]
	if err := kept.within(w, AuditDetail{Reason: s.First.Reason, Version: version, Undoes: s.Undoes}); err != nil {
		return row, err
	}
	row.Detail = bytes.Clone(w.text)
	var err error
	if apart != nil && !s.Creates() {
		row.Private, err = json.Marshal(AuditPrivate{Changes: apart})
	}
	return row, err
}

// Noted is a batch of one entry of the audit, about no account: that somebody
// did something, and what its detail says.
func Noted(by provision.Author, id string, action Action, detail any) (provision.Batch, error) {
	text, err := json.Marshal(detail)
	row := provision.AuditRow{ID: id, Action: string(action), Detail: text}
	return provision.Batch{By: by, Audit: []provision.AuditRow{row}}, err
}

// mark stands for a key where the key itself would be personal data; "" where
// there is no keyring to make it with.
func (c *Carrier) mark(k identity.Key) string {
	if c.links == nil {
		return ""
	}
	return c.links.Mark(k, c.organization.ID)
}

// audited tells what the audit keeps of changes for good from what it keeps
// apart; apart is nil where that is nothing.
func audited(changes Changes, mark func(identity.Key) string) (kept, apart Changes) {
	kept = make(Changes, len(changes))
	for i, c := range changes {
		var whole bool
		if kept[i], whole = c.audited(mark); whole {
			continue
		}
		if apart == nil {
			apart = make(Changes, len(changes))
		}
		apart[i] = c
	}
	return kept, apart
}
