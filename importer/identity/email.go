package identity

import (
	"strings"

	"muster/importer/reason"
)

// Email is a parsed address. The zero Email is "none".
//
// Only Address is ever mailed or shown, and Value is what an account is found
// by. Mailbox says that two addresses may reach one mailbox: it is evidence
// for a reviewer, never a way to sign in, to accept an invitation or to reset
// a password.
type Email struct {
	Address string `json:"address"`        // as typed after cleaning: the only one ever mailed or shown
	Value   string `json:"value"`          // the address as compared: strong key, space "email"
	Mailbox string `json:"mailbox"`        // provider rules applied: weak, space "mailbox"
	Role    bool   `json:"role,omitempty"` // info@, talent@ …: a contact point, not a person
}

// IsZero reports whether e is "none".
func (e Email) IsZero() bool { return e.Value == "" }

// Key is the strong key: the exact address, ASCII-folded.
func (e Email) Key() Key { return Key{EmailSpace, e.Value} }

// MailboxKey is the weak key. Every address has one, also where no provider
// rule applied and it equals Value, and also a role mailbox: ann@gmail.com
// must meet a.n.n@gmail.com, whichever came first. The two keys never meet,
// their spaces differ.
func (e Email) MailboxKey() Key { return Key{MailboxSpace, e.Mailbox} }

// ParseEmail reads one cell as one address, in any of the wrappers that
// SplitAddress knows. The error is always a *Refusal: reason.Placeholder for
// an empty cell, reason.SeveralAddresses for more than one address, and what
// is wrong with the address else, with the address that may have been meant.
// Nothing is repaired; what speaks against an address that is valid (its
// domain looks mistyped) comes back beside it.
//
// Parsing Address, Value or Mailbox again gives the same keys (Mailbox: the
// same mailbox key).
func ParseEmail(cell string) (Email, *Doubt, error) {
	e, refusal := parseEmail(cell)
	switch {
	case refusal == nil:
		return e, doubt(e), nil
	case mendable[refusal.Reason]:
		refusal.Suggestion = meant(cell)
	}
	return Email{}, nil, refusal
}

// parseEmail takes the wrappers off a cell and reads what is left.
func parseEmail(cell string) (Email, *Refusal) {
	if len(cell) > longest {
		return Email{}, refuse(reason.EmailBadDomain)
	}
	name, address := SplitAddress(cell)
	switch {
	case strings.ContainsFunc(cell, isControl):
		return Email{}, refuse(reason.EmailBadLocal)
	case isDamage(cleanAddress(cell)) || isDamage(address):
		return Email{}, refuse(reason.SpreadsheetDamage)
	case empty(address) || empty(cleanAddress(cell)):
		if name != "" {
			return Email{}, refuse(reason.EmailNoAt)
		}
		return Email{}, refuse(reason.Placeholder)
	case several(address) || strings.Contains(name, "@") && fold(name) != fold(address):
		return Email{}, refuse(reason.SeveralAddresses)
	}
	return parseAddress(address)
}

func isDamage(s string) bool {
	_, code := damaged(s)
	return code != ""
}

// several reports whether more than one address stands in s. A comma between
// two words is a mistyped dot; between two at signs it separates.
func several(s string) bool {
	if strings.Count(s, "@") < 2 {
		return false
	}
	n := 0
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return isSeparator(r) || r == '/' || r == '&' }) {
		if strings.Contains(part, "@") {
			n++
		}
	}
	return n > 1
}

// parseAddress checks local@domain and computes its keys.
func parseAddress(s string) (Email, *Refusal) {
	at := strings.LastIndexByte(s, '@')
	switch {
	case at < 0:
		return Email{}, refuse(reason.EmailNoAt)
	case at == len(s)-1:
		return Email{}, refuse(reason.EmailNoDomain)
	case at == 0:
		return Email{}, refuse(reason.EmailNoLocal)
	}
	local, typed := s[:at], s[at+1:]
	if code := checkLocal(local); code != "" {
		return Email{}, refuse(code)
	}
	domain, shown, ok := mailDomain(typed)
	if !ok {
		return Email{}, refuse(reason.EmailBadDomain)
	}
	e := Email{Address: s, Value: fold(s)}
	if shown != typed || domain != fold(typed) {
		e.Address, e.Value = local+"@"+shown, fold(local)+"@"+domain
	}
	if len(e.Value) > 254 {
		return Email{}, refuse(reason.EmailBadDomain)
	}
	e.Mailbox = mailbox(e.Value)
	e.Role = isRole(e.Value[:at])
	return e, nil
}

// Domain is what stands behind the @, in the form it is compared in.
func (e Email) Domain() string { return e.Value[strings.LastIndexByte(e.Value, '@')+1:] }

// checkLocal accepts what mail is really delivered to: a dot-atom of ASCII.
// Quoted and non-ASCII local parts exist, but are so rare that a mistake, or a
// look-alike of somebody else's address, is the likelier reading.
func checkLocal(s string) reason.Code {
	if !isASCII(s) || s[0] == '"' {
		return reason.EmailUnusual
	}
	if len(s) > 64 || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return reason.EmailBadLocal
	}
	for i := 0; i < len(s); i++ {
		if !in(&atom, s[i]) {
			return reason.EmailBadLocal
		}
	}
	return ""
}

var atom = class("A-Za-z0-9.!#$%&'*+/=?^_`{|}~-")
