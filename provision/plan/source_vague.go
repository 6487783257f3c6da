package plan

import (
	"strings"

	"muster/dedupe"
	"muster/importer/record"
)

// vague is what rows that cannot be used, or are held, say of their people beside
// what leads to an account: a mistyped address leads nowhere, and its person is on
// the list all the same. It keeps folded names, and what stands before the @ of
// whatever may be meant for an address, with the @ behind it.
type vague map[string]bool

// read takes in such a row.
func (v vague) read(r record.Record) {
	if name := dedupe.FoldName(r.Name); name != "" {
		v[name] = true
	}
	for _, cell := range r.Cells {
		if local, _, is := strings.Cut(cell, "@"); is && strings.TrimSpace(local) != "" {
			v[mailbox(local)] = true
		}
	}
}

// may reports whether one of the rows may be about somebody.
func (v vague) may(a dedupe.Account) bool {
	if len(v) == 0 {
		return false
	}
	local, _, _ := strings.Cut(a.Email.Value, "@")
	return v[mailbox(local)] || v[dedupe.FoldName(a.Name)]
}

func mailbox(local string) string { return strings.ToLower(strings.TrimSpace(local)) + "@" }
