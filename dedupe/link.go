package dedupe

// linkAction says what happens to the link of a known account. A link is only
// ever for the account's own address, so a match by profile alone, even a
// connected one, shows and sends nothing; and only for an account that this
// organization owns, that nobody registered, that is not blocked, and that
// may do nothing the operator may not: whoever holds a link can be the account.
func linkAction(r Reached, p Policy, activated bool) LinkAction {
	a, l := r.Account, r.Account.Link
	switch {
	case a.Blocked && !activated:
		return ""
	case a.Status == Registered:
		return NeedlessLink
	case p.SSO, a.SSO && !(l.Live(p.Now) && l.Here): // single sign-on elsewhere leaves a link that is out alone
		return SignIn
	case !a.OwnedHere:
		return ByMail
	case a.Email.IsZero():
		return NoAddress
	case !r.by(Strong, isEmail) && (!r.by(Strong, isExternal) || !a.Visible(p.VisibleBrands) || !a.within(p.VisibleBrands)):
		return ProfileOnly // an id can be guessed: it shows nothing of people the operator does not see, whom it claimed yesterday or not
	case a.beyond(p):
		return AboveOperator
	}
	issues, invited := p.Invite == InviteReport, a.Link.Ever || a.Status != Created
	switch {
	case l.Live(p.Now) && l.Here:
		return KeepLink
	case l.Live(p.Now):
		return ByMail // another organization's is alive, and one is enough
	case issues && (activated || !invited):
		return IssueLink
	case issues && invited && p.ReissueExpired:
		return ReissueLink
	case l.Ever:
		return ExpiredLink
	case invited:
		return Elsewhere
	}
	return NotInvited
}
