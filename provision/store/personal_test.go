package store_test

import (
	"slices"
	"strings"
	"testing"

	"muster/provision/store"
	"muster/provision/store/storetest"
)

// Whatever table names an account is exported with its person and erased with
// them, or it is said why not. A new one fails here until that is decided.
func TestNoTableOfPeopleIsForgotten(t *testing.T) {
	personal, others := store.PersonalColumns()
	storetest.Each(t, func(t *testing.T, url string) {
		columns, err := storetest.Columns(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		left := map[string]bool{}
		for column := range personal {
			left[column] = true
		}
		for _, c := range columns {
			name := c.Table + "." + c.Name
			delete(left, name)
			if personal[name] || slices.Contains(others, c.Name) {
				continue
			}
			if strings.Contains(c.Name, "account") || strings.HasSuffix(c.Name, "_by") || strings.Contains(c.Name, "operator") ||
				c.Name == "email" || c.Name == "address" {
				if !addresses[name] && !elsewhere[name] {
					t.Errorf("%s may keep something of a person: say in personal.go what is exported and erased of it", name)
				}
			}
		}
		for column := range left {
			t.Errorf("there is no %s", column)
		}
	})
}

// addresses are columns with addresses that go with a row of an account.
var addresses = map[string]bool{
	"accounts.email": true, "accounts.address": true, "links.email": true, "membership_offers.email": true, "undeliverable.email": true,
}

// elsewhere are columns that are no account's.
var elsewhere = map[string]bool{"platform_operators.added_by": true}
