package accounts

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/importer"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/importer/spelling"
)

// A Wish is what is to be kept of somebody from now on. What it does not name
// stays.
type Wish struct {
	Fields  map[record.Field]string `json:",omitempty"` // "" is nothing from now on
	Email   identity.Email          `json:",omitzero"`
	Add     []identity.Profile      `json:",omitempty"`
	Drop    []identity.Profile      `json:",omitempty"`
	Columns map[string]string       `json:",omitempty"` // free ones of the brands that the operator sees
	Wrong   []record.Problem        `json:",omitempty"` // values that cannot be used
}

// Deletes is the value that leaves nothing of what was there.
const Deletes = "<delete>"

// newPrefix begins the header of a column that holds new values.
const newPrefix = "new "

// ownFields are those of an account itself, as they are named.
var ownFields = []record.Field{
	record.FieldName, record.FieldFirstName, record.FieldLastName, record.FieldContactEmail, record.FieldLanguage,
	record.FieldTimeZone, record.FieldPicture, record.FieldExternalID,
}

// Set adds that something is to say something else, by the name of a field, a
// network or a free column. The error says what is wrong.
func (w *Wish) Set(name, value string) error {
	name = strings.TrimSpace(name)
	value = strings.TrimSpace(value)
	field := record.Field(strings.ReplaceAll(strings.ToLower(name), "_", " "))
	network, known := identity.NetworkOf(name)
	switch {
	case name == "":
		return fmt.Errorf("%q has no field before the =", name+"="+value)
	case field == record.FieldEmail:
		return w.readdress(value)
	case slices.Contains(ownFields, field):
		return w.field(field, value)
	case field == "profile" || known:
		return w.profile(network, value)
	}
	if near := nearField(name); near != "" {
		return fmt.Errorf("%q is no field; did you mean %q?", name, near)
	}
	if value == Deletes {
		value = ""
	}
	if w.Columns == nil {
		w.Columns = map[string]string{}
	}
	w.Columns[name] = value
	return nil
}

// nearField is the field that a name was meant to be, "" for none: it may be a
// free column.
func nearField(name string) string {
	names := []string{string(record.FieldEmail), "profile"}
	for _, f := range ownFields {
		names = append(names, string(f))
	}
	return spelling.Nearest(strings.ToLower(name), names)
}

func (w *Wish) readdress(value string) error {
	if value == Deletes {
		return fmt.Errorf("an account keeps its address: give another one")
	}
	email, _, err := identity.ParseEmail(value)
	if err != nil {
		return fmt.Errorf("the new email %q is none", value)
	}
	w.Email = email
	return nil
}

func (w *Wish) field(f record.Field, value string) error {
	switch {
	case value == Deletes && f == record.FieldName:
		return fmt.Errorf("an account keeps its name: give another one")
	case value == Deletes:
		value = ""
	case f == record.FieldContactEmail:
		email, _, err := identity.ParseEmail(value)
		if err != nil {
			return fmt.Errorf("the new contact email %q is none", value)
		}
		value = email.Address
	default:
		read, fits := importer.Cell(f, value)
		if !fits {
			return fmt.Errorf("%q cannot be the %s", value, f)
		}
		value = read
	}
	if w.Fields == nil {
		w.Fields = map[record.Field]string{}
	}
	w.Fields[f] = value
	return nil
}

// profile adds a profile, or takes one away that begins with a minus.
func (w *Wish) profile(network, value string) error {
	text, drops := strings.CutPrefix(value, "-")
	if !drops {
		text = strings.TrimPrefix(value, "+")
	}
	p, _, err := identity.ParseProfile(text, network)
	if err != nil {
		return fmt.Errorf("%q is no profile: give a link, or a handle with its network, like instagram=@ann", value)
	}
	if drops {
		w.Drop = append(w.Drop, p)
	} else {
		w.Add = append(w.Add, p)
	}
	return nil
}

// wishOf is what a row of a list says: its columns whose headers begin with
// "new". A value that cannot be used is wrong, and the others are not written
// without it.
func wishOf(r record.Record) Wish {
	var w Wish
	for _, a := range r.Attributes {
		name, is := cutNew(a.Column)
		if !is || a.Value == "" {
			continue
		}
		if err := w.Set(name, a.Value); err != nil {
			w.Wrong = append(w.Wrong, record.Problem{Column: a.Column, Code: reason.NotAValue, Message: err.Error(), Fatal: true})
		}
	}
	return w
}

func cutNew(column string) (name string, is bool) {
	if len(column) <= len(newPrefix) || !strings.EqualFold(column[:len(newPrefix)], newPrefix) {
		return "", false
	}
	return column[len(newPrefix):], true
}

// over is a wish with what another one says instead, or beside it.
func (w Wish) over(other Wish) Wish {
	all := Wish{Fields: maps.Clone(w.Fields), Columns: maps.Clone(w.Columns), Email: w.Email}
	for f, value := range other.Fields {
		if all.Fields == nil {
			all.Fields = map[record.Field]string{}
		}
		all.Fields[f] = value
	}
	for c, value := range other.Columns {
		if all.Columns == nil {
			all.Columns = map[string]string{}
		}
		all.Columns[c] = value
	}
	if !other.Email.IsZero() {
		all.Email = other.Email
	}
	all.Add = slices.Concat(w.Add, other.Add)
	all.Drop = slices.Concat(w.Drop, other.Drop)
	all.Wrong = slices.Concat(w.Wrong, other.Wrong)
	return all
}

// contradicts reports whether two wishes want something to say two things.
func (w Wish) contradicts(other Wish) bool {
	for f, value := range other.Fields {
		if said, both := w.Fields[f]; both && said != value {
			return true
		}
	}
	for c, value := range other.Columns {
		if said, both := w.Columns[c]; both && said != value {
			return true
		}
	}
	return !w.Email.IsZero() && !other.Email.IsZero() && w.Email.Value != other.Email.Value
}

// ofAccount reports whether something of the account itself is wished for, and
// not of its memberships alone.
func (w Wish) ofAccount() bool {
	return len(w.Fields)+len(w.Add)+len(w.Drop) > 0 || !w.Email.IsZero()
}
