package dedupe

import (
	"slices"

	"muster/importer/reason"
)

// Find finds the accounts that people lead to, and decides nothing about them.
// The only errors are those of the view.
func Find(people []Person, v View, organization string) ([]Match, error) {
	found, err := v.LookUp(people)
	if err != nil {
		return nil, err
	}
	return found.matches(people, organization), nil
}

// matches are people beside what was found of them.
func (f Found) matches(people []Person, organization string) []Match {
	all := make([]Match, len(people))
	for i, person := range people {
		all[i] = newMatch(person, organization, f)
	}
	return all
}

// Identify says which account a person of a list is, for a command about
// people who are there already: the account's own address, an external id or a
// connected profile tells, and nothing else. Accounts that the operator may not
// know of count for nothing. Where nobody is found, or it is not certain who,
// the decision says so (Reject or Review), and there is no account.
func Identify(m Match, p Policy) (Account, *Decision) {
	m.Reached = slices.DeleteFunc(slices.Clone(m.Reached), func(r Reached) bool {
		return !r.Account.KnownTo(p.VisibleBrands)
	})
	strong := m.reachedBy(Strong)
	open := func(d Decision) (Account, *Decision) { return Account{}, &d }
	switch {
	case !m.Person.Records[0].Usable():
		return open(m.reject(firstFatal(m.Person.Records[0]), p))
	case len(strong) > 1:
		return open(m.review(reason.AccountsConflict, p))
	case len(strong) == 0 && len(m.Claimants()) > 0:
		return open(m.review(reason.LooksLike, p))
	case len(strong) == 0:
		return open(m.decision(Reject, reason.NobodyMatches))
	}
	r := strong[0]
	switch a := r.Account; {
	case m.connectedDiffers(a):
		return open(m.reviewWith(reason.ConnectedDiffers, m.connectedNotes(a, p), p))
	case m.emailDiffers(r):
		return open(m.reviewWith(reason.EmailDiffers, m.differences(a, p), p))
	case m.addressShared(r):
		return open(m.reviewWith(reason.SharedAddress, m.differences(a, p), p))
	}
	return r.Account, nil
}

// reachedBy returns the accounts that evidence of such strength led to.
func (m Match) reachedBy(s Strength) []Reached {
	return slices.DeleteFunc(slices.Clone(m.Reached), func(r Reached) bool { return r.Strength() != s })
}
