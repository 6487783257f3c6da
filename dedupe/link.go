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
	case p.SSO, a.SSO && !(l.Live(p.Now) && l.Here): // single sign-on of another organization ends no link of ours
		return SignIn
	case !a.OwnedHere && p.Invite != InviteMail:
		return ByMail
	case a.Email.IsZero():
		return NoAddress
	case !showsLink(r, p):
		return ProfileOnly
	case a.OutOfReach(p):
		return AboveOperator
	}
	issues := p.Invite != InviteNone
	invited := l.Ever || a.Status != Created
	if !a.OwnedHere { // what its organization did before is no link of ours
		invited = l.Ever && (l.ID == "" || l.Here)
	}
	switch {
	case l.Live(p.Now) && l.Here:
		return KeepLink
	case l.Live(p.Now):
		return ByMail // another organization's is alive, and one is enough
	case p.Inactive:
		return NotNow
	case issues && (activated || !invited):
		return IssueLink
	case l.Withdrawn: // somebody decided that they are not to have it
		return RevokedLink
	case issues && invited && p.ReissueExpired:
		return ReissueLink
	case l.Taken:
		return TakenLink
	case l.Ever:
		return ExpiredLink
	case invited:
		return Elsewhere
	}
	return NotInvited
}

// ByProfileAlone reports whether nothing but a profile, or what is weaker, led to an account:
// that shows and sends no link.
func ByProfileAlone(evidence []Evidence) bool {
	r := Reached{Evidence: evidence}
	return !r.by(Strong, isEmail) && !r.by(Strong, isExternal)
}

// showsLink reports whether what led to the account is enough to show its link:
// its address, or an external id of somebody whom the operator sees. An id can
// be guessed, and shows nothing of others, not even of those it claimed before.
func showsLink(r Reached, p Policy) bool {
	seen := r.Account.Visible(p.VisibleBrands) && r.Account.within(p.VisibleBrands)
	return r.by(Strong, isEmail) || r.by(Strong, isExternal) && seen
}
