package accounts

import (
	"fmt"
	"strings"
	"testing"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/pick"
)

// Pairs are said as "a+b mailbox website name".
func TestPairs(t *testing.T) {
	row := func(space, value, account string) provision.KeyRow {
		return provision.KeyRow{Key: identity.Key{Space: space, Value: value}, Account: account}
	}
	for name, c := range map[string]struct {
		rows  []provision.KeyRow
		names string // of a, b, c …; people who are not named are not seen
		want  string
	}{
		"two who share a mailbox":    {[]provision.KeyRow{row("mailbox", "m", "a"), row("mailbox", "m", "b")}, "Ana Ann", "a+b mailbox"},
		"of the same name, too":      {[]provision.KeyRow{row("mailbox", "m", "a"), row("mailbox", "m", "b")}, "Ana Ana", "a+b mailbox name"},
		"three are three pairs":      {[]provision.KeyRow{row("website", "w", "a"), row("website", "w", "b"), row("website", "w", "c")}, "Ana Bo Cy", "a+b website, a+c website, b+c website"},
		"whoever is not seen":        {[]provision.KeyRow{row("website", "w", "a"), row("website", "w", "z")}, "Ana Bo", ""},
		"different values":           {[]provision.KeyRow{row("mailbox", "m", "a"), row("mailbox", "n", "b")}, "Ana Bo", ""},
		"most in common comes first": {[]provision.KeyRow{row("mailbox", "m", "a"), row("mailbox", "m", "b"), row("mailbox", "n", "b"), row("mailbox", "n", "c"), row("website", "w", "b"), row("website", "w", "c")}, "Ana Bo Cy", "b+c mailbox website, a+b mailbox"},
		"a name that was asked for":  {[]provision.KeyRow{row("name", "Ana", "a"), row("name", "Ana", "b")}, "Ana Ana", "a+b name"},
	} {
		t.Run(name, func(t *testing.T) {
			people := map[string]pick.Person{}
			for i, name := range strings.Fields(c.names) {
				p := person()
				p.Account.ID = string(rune('a' + i))
				p.Account.Name = name
				people[p.Account.ID] = p
			}
			var got []string
			for _, d := range pairs(c.rows, people) {
				said := fmt.Sprintf("%s+%s", d.A.Account.ID, d.B.Account.ID)
				for _, k := range d.Shared {
					said += " " + k.Space
				}
				got = append(got, said)
			}
			if all := strings.Join(got, ", "); all != c.want {
				t.Errorf("got %q, want %q", all, c.want)
			}
		})
	}
}
