package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"muster/cmd/muster/view"
	"muster/importer/identity"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/pick"
)

// onPair is a command that may join two accounts, as a run. Plan says which they
// are, and what is done.
func (a *app) onPair(
	ctx context.Context, o peopleOptions, needs, to string,
	plan func(*session, provision.Scope) (pick.Verb, pick.Source, error),
) error {
	return a.runOn(ctx, o, nil, func(s *session, v view.View) (provision.Summary, error) {
		terms := o.terms()
		terms.Invite = inviteNobody
		sc, err := s.oversight(ctx, terms, needs, to)
		if err != nil {
			return provision.Summary{}, err
		}
		verb, source, err := plan(s, sc)
		if err != nil {
			return provision.Summary{}, err
		}
		return pick.RunFrom(ctx, s.Engine, sc, verb, source, a.ending(ctx, v, picked{peopleOptions: o, asks: true}))
	})
}

// tellPair says before anything is asked which account stays, and what moves.
func (a *app) tellPair(s *session, sc provision.Scope, p accounts.Pair) {
	stays, goes := personWords(sc, p.Stays), personWords(sc, p.Goes)
	s.Tell(provision.Notice{Text: fmt.Sprintf("%s stays; %s becomes part of it and is gone", stays, goes), Personal: true})
	s.Tell(provision.Notice{Text: "moves: " + strings.Join(p.Moves, "; ")})
	s.Tell(provision.Notice{Text: "the invite links of both end; nothing of this can be taken back"})
}

// personWords name an account as the operator may see it.
func personWords(sc provision.Scope, h accounts.Half) string {
	a := h.Account
	if !a.Visible(sc.Policy.VisibleBrands) {
		return "account " + a.ID
	}
	said := cmp.Or(a.Name, a.Email.Address, a.ID)
	if a.Name != "" && a.Email != (identity.Email{}) {
		said += ", " + a.Email.Address
	}
	return fmt.Sprintf("%s (%s, since %s)", said, a.Status, h.CreatedAt.Local().Format("2006-01-02"))
}
