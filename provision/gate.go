package provision

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"muster/importer/failure"
)

// A gate is as whom a login of the database may act in an organization: as the
// operators that its file says, or, where that says nothing of any login, as
// anybody. Databases that know no logins have no gate.
type gate struct {
	organization string // slug
	login        string
	open         bool
	may          []Login // of this login
}

// gate is that of the login that this program came in by.
func (e *Engine) gate(ctx context.Context, org Organization) (gate, error) {
	g := gate{organization: org.Slug, open: true}
	logins, err := e.Store.Logins(ctx, org.ID)
	if err != nil || len(logins) == 0 {
		return g, err
	}
	if g.login, err = e.Store.Login(ctx); err != nil || g.login == "" {
		return g, err
	}
	g.open = false
	for _, l := range logins {
		if l.Login == g.login {
			g.may = append(g.may, l)
		}
	}
	return g, nil
}

// only is the address of the operator as whom alone the login may act, "" where
// there are several, or anybody.
func (g gate) only() string {
	if g.open || len(g.may) != 1 {
		return ""
	}
	return g.may[0].As
}

// admits refuses, with a *ConfigError, an operator as whom the login may not act.
func (g gate) admits(o Operator) error {
	if g.open || slices.ContainsFunc(g.may, func(l Login) bool { return l.Account == o.Account }) {
		return nil
	}
	var as []string
	for _, l := range g.may {
		as = append(as, l.As)
	}
	hint := "name one as whom it may: --as " + strings.Join(as, ", or --as ")
	if len(as) == 0 {
		hint = "come in by a login that stands under logins in the organization file, or add this one there " +
			"(muster org apply, by a login that may; or the owner of the tables ends what stands in logins)"
	}
	return &ConfigError{
		Msg:   fmt.Sprintf("the database login %q may not act as %s in organization %q", g.login, o.Email, g.organization),
		Hint:  hint,
		Class: failure.Authority,
	}
}
