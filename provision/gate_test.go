package provision

import "testing"

func TestGate(t *testing.T) {
	ada, eva := Operator{Account: "1", Email: "ada@example.com"}, Operator{Account: "2", Email: "eva@example.com"}
	one := gate{organization: "team", login: "nightly", may: []Login{{Login: "nightly", As: ada.Email, Account: ada.Account}}}
	both := one
	both.may = append(both.may, Login{Login: "nightly", As: eva.Email, Account: eva.Account})
	for name, test := range map[string]struct {
		gate       gate
		as         Operator
		only       string // who it is where nobody is named
		says, hint string
	}{
		"open":               {gate{open: true}, eva, "", "", ""},
		"its only operator":  {one, ada, ada.Email, "", ""},
		"one of two":         {both, eva, "", "", ""},
		"somebody else":      {one, eva, ada.Email, `the database login "nightly" may not act as eva@example.com in organization "team"`, "name one as whom it may: --as ada@example.com"},
		"another than both":  {both, Operator{Account: "3", Email: "mia@example.com"}, "", `the database login "nightly" may not act as mia@example.com in organization "team"`, "name one as whom it may: --as ada@example.com, or --as eva@example.com"},
		"a login of nothing": {gate{organization: "team", login: "x"}, ada, "", `the database login "x" may not act as ada@example.com in organization "team"`, "come in by a login that stands under logins in the organization file, or add this one there (muster org apply, by a login that may; or the owner of the tables ends what stands in logins)"},
	} {
		says, hint := "", ""
		if err := test.gate.admits(test.as); err != nil {
			says = err.Error()
			_, hint = err.(*ConfigError).Failure()
		}
		if says != test.says || hint != test.hint || test.gate.only() != test.only {
			t.Errorf("%s: %q, %q, %q", name, says, hint, test.gate.only())
		}
	}
}
