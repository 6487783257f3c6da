package change

import (
	"encoding/json"
	"fmt"
	"slices"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
)

// A Step is what a plan does for one person. It is all that apply needs: what
// has to be as it was, what changes, and what the rows of the person end in.
type Step struct {
	Rows    []int             `json:"rows,omitempty"`    // of the lists, in their order; the first carries the step
	Marks   []string          `json:"marks,omitempty"`   // of the rows: see dedupe.RowMark
	Account string            `json:"account,omitempty"` // id; "" for nobody, and for one that the step makes
	Watch   []dedupe.Watched  `json:"watch,omitempty"`   // the step is stale where a key leads elsewhere by now
	Action  Action            `json:"action,omitempty"`  // what the audit calls the changes
	Changes Changes           `json:"changes,omitempty"` // none where nothing is written
	Link    dedupe.LinkAction `json:"link,omitempty"`    // what is said of the person's link
	Undoes  string            `json:"undoes,omitempty"`  // id of the run that the changes take back, "" for none
	LinkID  string            `json:"link_id,omitempty"` // of the link that was there before, to be reported
	First   Verdict           `json:"first,omitzero"`    // of the first row
	Rest    Verdict           `json:"rest,omitzero"`     // of each of the others
	Detail  *provision.Detail `json:"detail,omitempty"`  // what the ledger explains, of all rows together
	Shard   int               `json:"shard,omitempty"`   // that carries it out, where the plan is divided
	Missing *Missing          `json:"missing,omitempty"` // of somebody who is on no row; then there are no Rows
}

// Missing is what a step has instead of rows that is about somebody who is on
// none of the lists of a source.
type Missing struct {
	N      int             `json:"n"`                // from 1
	Detail json.RawMessage `json:"detail,omitempty"` // a provision.RemovalDetail
}

// Key tells the step from the others of its plan: its first row, or minus the
// number of somebody who is missing.
func (s Step) Key() int {
	if s.Missing != nil {
		return -s.Missing.N
	}
	return s.Rows[0]
}

// Removal is the row of the ledger of a step about somebody who is missing, and
// what it ended in.
func (s Step) Removal(ended Verdict) provision.Removal {
	r := provision.Removal{N: s.Missing.N, Account: s.Account, Outcome: ended.Outcome, Reason: ended.Reason}
	if ended == s.First {
		r.Detail = s.Missing.Detail
	}
	return r
}

// A Verdict is what a row ends in, and why.
type Verdict struct {
	Outcome provision.Outcome `json:"outcome"`
	Reason  reason.Code       `json:"reason"`
}

// On is a step that changes an account as it was read inside the transaction,
// or just before, or makes it where the account is "" or its version 0.
func On(account string, version int64, a Action, changes ...Change) Step {
	s := Step{Account: account, Action: a, Changes: changes}
	if version > 0 {
		own := identity.Key{Space: dedupe.AccountSpace, Value: account}
		s.Watch = []dedupe.Watched{{Key: own, Account: account, Version: version}}
	}
	return s
}

// Seen is where the keys lead that a step watches which was made from what its
// own transaction read: where it saw them lead. Epoch is that of the account's
// links then, email the Value of its address: a link that is issued needs both.
func (s Step) Seen(epoch int64, email string) map[identity.Key]provision.Found {
	found := make(map[identity.Key]provision.Found, len(s.Watch))
	for _, w := range s.Watch {
		found[w.Key] = provision.Found{Key: w.Key, Account: w.Account, Version: w.Version, Epoch: epoch, Email: email}
	}
	return found
}

// MarshalJSON writes the step with its changes at the end.
func (s Step) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil) }

// AppendJSON writes the step as MarshalJSON does, behind what is there already.
func (s Step) AppendJSON(to []byte) ([]byte, error) {
	type plain Step
	changes := s.Changes
	s.Changes = nil
	w := newText(to)
	err := changes.within(w, (*plain)(&s))
	return w.text, err
}

// Creates reports whether the step makes an account. Create comes before all
// other changes.
func (s Step) Creates() bool {
	return len(s.Changes) > 0 && s.Changes[0].Op() == OpCreate
}

// Fresh reports whether every watched key still leads where the step saw it
// lead, to an account nobody has written to since.
func (s Step) Fresh(found map[identity.Key]provision.Found) bool {
	return !slices.ContainsFunc(s.Watch, func(w dedupe.Watched) bool {
		f := found[w.Key] // nothing where nobody has it
		return f.Account != w.Account || f.Version != w.Version
	})
}

// writes reports whether the step writes to an account: what is remembered of
// a decision is not the account's, nor is who saw its link, whether a list names
// it, or that its person may come back.
func (s Step) writes() bool {
	return slices.ContainsFunc(s.Changes, func(c Change) bool {
		return c.Op() != OpRemember && c.Op() != OpReopen && c.Op() != OpReveal && c.Op() != OpReadmit && c.Op() != OpAttend
	})
}

// found returns the account of the step as one of its keys leads to it.
func (s Step) found(found map[identity.Key]provision.Found) (provision.Found, bool) {
	for _, w := range s.Watch {
		if f, taken := found[w.Key]; taken && f.Account == s.Account {
			return f, true
		}
	}
	return provision.Found{}, false
}

// at names the first row of the step, before an error.
func (s Step) at() string {
	if len(s.Rows) == 0 {
		return ""
	}
	return fmt.Sprintf("row %d: ", s.Rows[0])
}
