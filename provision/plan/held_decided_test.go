package plan

import (
	"testing"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
)

// Thousands of rows may share a mailbox: what each could be is no longer for that.
func TestAskedIsAsMuchAsWasOffered(t *testing.T) {
	var all []record.Record
	for row := range 2000 {
		email, _, _ := identity.ParseEmail("talent@agency.example.org")
		all = append(all, record.Record{Row: row + 1, Email: email})
	}
	h := heldPerson{Records: all[:1000]}
	asked := h.asked(dedupe.Match{}, map[identity.Key][]record.Record{all[0].Email.MailboxKey(): all[1000 : 1000+mostSharers]})
	for _, row := range asked.Rows {
		if n, most := len(row.Choices), 3+dedupe.MostSame+mostSharers; n > most || n < most-1 {
			t.Fatalf("row %d could be %d things, not %d", row.Row, n, most)
		}
	}
}
