// Package change is the one vocabulary of what happens to accounts. A Change is
// one thing that happens to one account; a Step is what a plan does for one
// person: what has to be as it was, what changes, and what the rows end in.
//
// Import, review, directory load and the file of an organization all speak it:
// plans hold it, a Carrier turns it into rows for the store, the audit keeps it,
// and what is kept there can be turned round.
package change

import (
	"bytes"
	"fmt"

	fastjson "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"muster/importer/identity"
	"muster/provision"
)

// A Change is one thing that happens to one account. The set is closed, with a
// file for each family. A change is data: a plan holds it, the
// store is given its rows, the audit keeps it, and undoing turns it round.
type Change interface {
	// Op names the kind of the change.
	Op() Op
	// Reverse returns the change that takes this one back; false where none
	// can: what a person has seen or done stays.
	Reverse() (Change, bool)
	// audited returns the change as the audit keeps it for good: without
	// addresses, names and other values of the person's own; mark stands for
	// a key. Whole says that Reverse needs no more than that.
	audited(mark func(identity.Key) string) (kept Change, whole bool)
	// into adds the rows of the change to a batch. An error says that the plan
	// names something that is gone, or that no link could be made.
	into(b *provision.Batch, t *target) error
}

// Op is the name of a kind of change, the same in plans and in the audit.
type Op string

// kinds reads the changes of every kind back.
var kinds = map[Op]func(in *jsontext.Decoder) (Change, error){
	OpCreate:         read[Create],
	OpStatus:         read[SetStatus],
	OpFill:           read[Fill],
	OpClear:          read[Clear],
	OpReaddress:      read[Readdress],
	OpTakeKey:        read[TakeKey],
	OpDropKey:        read[DropKey],
	OpAddProfile:     read[AddProfile],
	OpDropProfile:    read[DropProfile],
	OpConnect:        read[Connect],
	OpDisconnect:     read[Disconnect],
	OpJoin:           read[Join],
	OpLeave:          read[Leave],
	OpOffer:          read[Offer],
	OpWithdraw:       read[Withdraw],
	OpAccept:         read[Accept],
	OpDecline:        read[Decline],
	OpRole:           read[SetRole],
	OpColumns:        read[SetColumns],
	OpPermit:         read[SetPermissions],
	OpGrantCampaign:  read[GrantCampaign],
	OpRevokeCampaign: read[RevokeCampaign],
	OpGrantProduct:   read[GrantProduct],
	OpRevokeProduct:  read[RevokeProduct],
	OpBlock:          read[Block],
	OpUnblock:        read[Unblock],
	OpIssueLink:      read[IssueLink],
	OpEndLink:        read[EndLink],
	OpReveal:         read[Reveal],
	OpRedeem:         read[Redeem],
	OpPassword:       read[SetPassword],
	OpAnswer:         read[Answer],
	OpAgree:          read[Agree],
	OpHandOver:       read[HandOver],
	OpMail:           read[SendMail],
	OpMailed:         read[Mailed],

	OpTellAdministrators: read[TellAdministrators],

	OpUnmake:     read[Unmake],
	OpCancelMail: read[CancelMail],

	OpErase:   read[Erase],
	OpReadmit: read[Readmit],
	OpMerge:   read[Merge],

	OpDashboard: read[OpenDashboard],
	OpRemember:  read[Remember],
	OpReopen:    read[Reopen],

	OpOwn:    read[Own],
	OpDisown: read[Disown],
	OpAttend: read[Attend],

	OpStopMail: read[StopMail],
}

func read[C Change](in *jsontext.Decoder) (Change, error) {
	var c C
	err := fastjson.UnmarshalDecode(in, &c)
	return c, err
}

// Changes are what happens to one account, in the order it happens. As JSON
// they are objects whose first member "op" names the kind; a change that is
// nil is null.
type Changes []Change

// MarshalJSON writes each change behind its op.
func (all Changes) MarshalJSON() ([]byte, error) {
	w := newText(nil)
	err := all.write(w)
	return w.text, err
}

// within adds the changes to an object, as its last member, if there are any.
func (all Changes) within(w *text, object any) error {
	if err := w.value(object); err != nil || len(all) == 0 {
		return err
	}
	w.text = w.text[:len(w.text)-1]
	if w.text[len(w.text)-1] != '{' {
		w.text = append(w.text, ',')
	}
	w.text = append(w.text, `"changes":`...)
	err := all.write(w)
	w.text = append(w.text, '}')
	return err
}

func (all Changes) write(w *text) error {
	w.text = append(w.text, '[')
	for i, c := range all {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		if c == nil {
			w.text = append(w.text, "null"...)
			continue
		}
		w.text = append(append(append(w.text, opPrefix...), c.Op()...), '"')
		if err := w.members(told(c)); err != nil {
			return fmt.Errorf("writing a change %q: %w", c.Op(), err)
		}
	}
	w.text = append(w.text, ']')
	return nil
}

// Shapes has an empty change of every kind, as it is told in JSON behind its op.
func Shapes() map[Op]any {
	all := map[Op]any{}
	for op, read := range kinds {
		c, err := read(jsontext.NewDecoder(bytes.NewReader([]byte("{}"))))
		if err != nil { // a kind that has to have something
			panic(err)
		}
		all[op] = told(c)
	}
	return all
}

// told is what stands for a change in JSON: itself, or where it says so the same
// without the fields that are empty. The audit keeps many of these.
func told(c Change) any {
	if c, shorter := c.(interface{ short() any }); shorter {
		return c.short()
	}
	return c
}

// UnmarshalJSON reads what MarshalJSON wrote. An op that there is not is an
// error.
func (all *Changes) UnmarshalJSON(text []byte) error { return fastjson.Unmarshal(text, all) }

// UnmarshalJSONFrom is UnmarshalJSON for the faster decoder.
func (all *Changes) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	open, err := in.ReadToken()
	if err != nil || open.Kind() == 'n' {
		return err
	}
	if open.Kind() != '[' {
		return fmt.Errorf("reading changes: they are no list but %s", open)
	}
	for in.PeekKind() != ']' {
		c, err := readChange(in)
		if err != nil {
			return err
		}
		*all = append(*all, c)
	}
	_, err = in.ReadToken()
	return err
}

const opPrefix = `{"op":"`

func readChange(in *jsontext.Decoder) (Change, error) {
	if in.PeekKind() == 'n' {
		_, err := in.ReadToken()
		return nil, err
	}
	op := opAhead(in.UnreadBuffer())
	if op == "" {
		text, err := in.ReadValue()
		if err != nil {
			return nil, err
		}
		if op, err = opWithin(text); err != nil {
			return nil, err
		}
		in = jsontext.NewDecoder(bytes.NewReader(text))
	}
	kind, known := kinds[op]
	if !known {
		return nil, fmt.Errorf("reading a change: there is no op %q", op)
	}
	c, err := kind(in)
	if err != nil {
		return nil, fmt.Errorf("reading a change %q: %w", op, err)
	}
	return c, nil
}

// opAhead returns the op of the change that a decoder is about to read, where
// that is written as MarshalJSON does, and in the buffer; "" where it is not.
func opAhead(text []byte) Op {
	rest, first := bytes.CutPrefix(bytes.TrimLeft(text, ", \t\r\n"), []byte(opPrefix))
	name, _, ended := bytes.Cut(rest, []byte{'"'})
	if !first || !ended {
		return ""
	}
	return Op(name)
}

// opWithin returns the op of a change, wherever it is.
func opWithin(text []byte) (Op, error) {
	var named struct {
		Op Op `json:"op"`
	}
	err := fastjson.Unmarshal(text, &named)
	return named.Op, err
}
