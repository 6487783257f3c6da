package identity

import (
	"encoding/json"
	"strings"

	"muster/importer/reason"
)

// Inspection is how one value was understood under one header: a line of
// `muster inspect keys`. For an email header its JSON is {"input", "hint":
// "email", "valid", "match_key", "display_address", "reason"}, for every other
// {"input", "hint", "network", "kind", "value", "reason"} with the kind
// "reject" for what was refused; both have a "suggestion" where a refused value
// tells what may have been meant, as a post does that names its author, or
// where an address is valid and at a domain that looks mistyped.
type Inspection struct {
	Input string
	Hint  string // the header as given, "email" for every email header
	Email bool   // which of the two shapes this is

	Network string // also of a refused value, where it was recognised
	Kind    string // handle, id, blog or reject
	Value   string // the key as compared

	Valid          bool
	MatchKey       string // the folded mailbox
	DisplayAddress string

	Reason     reason.Code // why it was refused, or what to know about an accepted one: wrong_network, email_suspicious, email_misspelled
	Suggestion string      // what the person may have meant, "" where it cannot be told
}

// Inspect reads value as a cell of a column called header.
func Inspect(value, header string) Inspection {
	if isEmailHeader(header) {
		return inspectEmail(value)
	}
	hint := strings.TrimSpace(header)
	if bySlug[hint] == nil {
		hint, _ = NetworkOf(header)
	}
	in := Inspection{Input: value, Hint: header, Kind: "reject"}
	r := reading{hint: bySlug[hint]}
	p, refusal := r.cell(value)
	if refusal == nil {
		in.Network, in.Kind, in.Value, in.Reason = p.Network, p.Kind, p.Value, noted(r.warnings(p))
	} else {
		in.Reason, in.Suggestion = refusal.Reason, refusal.Suggestion
		if r.network != nil {
			in.Network = r.network.slug
		}
	}
	return in
}

// noted is the warning about an accepted value, "" where there is none.
func noted(warnings []reason.Code) reason.Code {
	if len(warnings) == 0 {
		return ""
	}
	return warnings[0]
}

func inspectEmail(value string) Inspection {
	in := Inspection{Input: value, Hint: "email", Email: true}
	e, doubt, err := ParseEmail(value)
	if refusal, _ := err.(*Refusal); refusal != nil {
		in.Reason, in.Suggestion = refusal.Reason, refusal.Suggestion
		return in
	}
	in.Valid, in.MatchKey, in.DisplayAddress = true, e.Mailbox, e.Address
	if doubt != nil {
		in.Reason, in.Suggestion = doubt.Reason, doubt.Meant
	}
	return in
}

// MarshalJSON writes the shape of the header's kind.
func (in Inspection) MarshalJSON() ([]byte, error) {
	if in.Email {
		return json.Marshal(struct {
			Input          string      `json:"input"`
			Hint           string      `json:"hint"`
			Valid          bool        `json:"valid"`
			MatchKey       string      `json:"match_key"`
			DisplayAddress string      `json:"display_address"`
			Reason         reason.Code `json:"reason"`
			Suggestion     string      `json:"suggestion,omitempty"`
		}{in.Input, in.Hint, in.Valid, in.MatchKey, in.DisplayAddress, in.Reason, in.Suggestion})
	}
	return json.Marshal(struct {
		Input      string      `json:"input"`
		Hint       string      `json:"hint"`
		Network    string      `json:"network"`
		Kind       string      `json:"kind"`
		Value      string      `json:"value"`
		Reason     reason.Code `json:"reason"`
		Suggestion string      `json:"suggestion,omitempty"`
	}{in.Input, in.Hint, in.Network, in.Kind, in.Value, in.Reason, in.Suggestion})
}
