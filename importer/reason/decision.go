package reason

// Codes of decisions: why a person is rejected, held, claimed, updated, left
// or created, and what is worth noting about it.
const (
	// rejected: the row or the person lacks what is needed
	EmailNeeded Code = "email_needed"
	NameNeeded  Code = "name_needed"

	// rejected: the operator may not grant it, or the organization has no such thing
	UnknownBrand          Code = "unknown_brand"
	BrandsAlike           Code = "brands_alike"
	BrandNotAllowed       Code = "brand_not_allowed"
	UnknownCampaign       Code = "unknown_campaign"
	ProductNotEnabled     Code = "product_not_enabled"
	UnknownRole           Code = "unknown_role"
	RoleNotAllowed        Code = "role_not_allowed"
	KindNotAllowed        Code = "kind_not_allowed"
	RightsOfCreator       Code = "rights_of_creator"
	PermissionsNotRead    Code = "permissions_not_read"
	PlanForbids           Code = "plan_forbids"
	PermissionUnknown     Code = "permission_unknown"
	PermissionNotHeld     Code = "permission_not_held"
	PermissionsContradict Code = "permissions_contradict"
	PlanLimit             Code = "plan_limit"
	CloneUnknown          Code = "clone_unknown"
	ProductNotHeld        Code = "product_not_held"
	ActivationNotAllowed  Code = "activation_not_allowed"
	BlockNotAllowed       Code = "block_not_allowed"
	NobodyToBlock         Code = "nobody_to_block"

	// review: held for a person to decide
	AccountsConflict  Code = "accounts_conflict"
	ConnectedDiffers  Code = "connected_differs"
	NothingElseAgrees Code = "nothing_else_agrees"
	SharedAddress     Code = "shared_address"
	SharedHandle      Code = "shared_handle"
	SharedExternalID  Code = "shared_external_id"
	SharedAccount     Code = "shared_account"
	TwoExternalIDs    Code = "two_external_ids"
	NamesShareNothing Code = "names_share_nothing"
	KindsDiffer       Code = "kinds_differ"
	StatusesDiffer    Code = "statuses_differ"
	SameMailbox       Code = "same_mailbox"
	Erased            Code = "erased"
	KindDiffers       Code = "kind_differs"
	LooksLike         Code = "looks_like"
	BlockedCandidate  Code = "blocked_candidate"
	EmailMatchHeld    Code = "email_match_held"
	CannotBeAsked     Code = "cannot_be_asked"
	BlockRequested    Code = "block_requested"
	NotTheCreator     Code = "not_the_creator"
	ForeignDomain     Code = "foreign_domain"
	DecidedOtherwise  Code = "decided_otherwise"

	// decided by a reviewer
	Decided       Code = "decided"
	Skipped       Code = "skipped"
	DecidedBy     Code = "decided_by"
	NewAddress    Code = "new_address"
	DecidedBefore Code = "decided_before"
	Disputed      Code = "disputed"

	// known accounts
	EmailMatch        Code = "email_match"
	ExternalIDMatch   Code = "external_id_match"
	ConnectedMatch    Code = "connected_match"
	ProfileMatch      Code = "profile_match"
	MailboxMatch      Code = "mailbox_match"
	MembershipOffered Code = "membership_offered"
	AwaitsConsent     Code = "awaits_consent"
	Declined          Code = "declined"
	AccessAdded       Code = "access_added"
	RoleRaised        Code = "role_raised"
	DetailsAdded      Code = "details_added"
	DetailsChanged    Code = "details_changed"
	DetailsFilled     Code = "details_filled"
	DetailsReplaced   Code = "details_replaced"
	BlockedNow        Code = "blocked_now"
	AlreadyBlocked    Code = "already_blocked"
	InvitedNow        Code = "invited"
	Reissued          Code = "reissued"
	Activated         Code = "activated"
	NothingNew        Code = "nothing_new"
	RowDiffers        Code = "row_differs"
	NotBlocked        Code = "not_blocked"
	BlockedEverywhere Code = "blocked_everywhere"
	BlockedHere       Code = "blocked_here"

	// new accounts
	NewPerson Code = "new_person"

	// notes: reported, never written
	NameDiffers       Code = "name_differs"
	OtherName         Code = "other_name"
	OtherSpelling     Code = "other_spelling"
	EmailDiffers      Code = "email_differs"
	HandleDiffers     Code = "handle_differs"
	ExternalIDDiffers Code = "external_id_differs"
	DetailsDiffer     Code = "details_differ"
	ProfileProposed   Code = "profile_proposed"
	RoleLower         Code = "role_lower"
	PermissionsDiffer Code = "permissions_differ"
	NoDashboard       Code = "no_dashboard"
	NoCampaign        Code = "no_campaign"
	DashboardUntold   Code = "dashboard_untold"
	DashboardOpened   Code = "dashboard_opened"
)

// Difference reports whether a note says that a row and the account it belongs
// to disagree about the person.
func (c Code) Difference() bool {
	switch c {
	case NameDiffers, EmailDiffers, HandleDiffers, ExternalIDDiffers, DetailsDiffer:
		return true
	}
	return false
}

var decisionCodes = []Entry{
	{EmailNeeded, "nobody on the platform matches, and without an email no account can be created", "add an email address, or let the person sign up themselves"},
	{NameNeeded, "nobody on the platform matches, and a creator needs a name", "add the name, or let the person sign up themselves"},

	{UnknownBrand, "the organization has no such brand", "correct the name, or have the brand added"},
	{BrandsAlike, "several brands of the organization are called so", "write the one that is meant, as the message spells it"},
	{BrandNotAllowed, "the operator is not assigned to this brand", "have an administrator import the list, or assign the operator to the brand"},
	{UnknownCampaign, "the brand has no such campaign", "correct the name, or have the campaign added"},
	{ProductNotEnabled, "the organization has not enabled this product", "correct the name, or have the product enabled"},
	{UnknownRole, "the organization has no such role", "correct the name, or have the role added"},
	{RoleNotAllowed, "the operator may not assign this role", "have an administrator import the list, or leave the role out"},
	{KindNotAllowed, "only an administrator creates staff", "have an administrator import the list"},
	{RightsOfCreator, "a creator's row cannot carry a role, permissions or products", "empty the cell, or import the person as staff or client"},
	{PermissionsNotRead, "the permissions are not understood", "write default, custom: reports.view, messages.* or clone: ana@example.com"},
	{PlanForbids, "the plan of the organization does not allow these permissions", "leave out what the plan gives nobody, or have the plan changed"},
	{PlanLimit, "the plan of the organization has no seat left for people of this kind", "take somebody's access away, or have the plan changed"},
	{PermissionUnknown, "the organization has no such permission", "correct the name: muster org show lists them under permission_tree"},
	{PermissionNotHeld, "the operator has not got these permissions, and may give only their own", "have an administrator import the list, or ask for less"},
	{PermissionsContradict, "rows of one person ask for different permissions", "keep those that are right"},
	{CloneUnknown, "whose permissions are to be cloned is no member of the staff and no client whom the operator may know of", "correct the address, or write the permissions out"},
	{ProductNotHeld, "the operator has not got this product, and may give only their own", "have an administrator import the list, or leave the product out"},
	{ActivationNotAllowed, "the operator may not lift a block", "have an administrator import the list"},
	{BlockNotAllowed, "the operator may not block this person", "have an administrator import the list, or take the status out; nobody blocks who may do more than they may"},
	{NobodyToBlock, "the list says blocked, and nobody of the organization matches whom the operator may know of", "take the row out of the list, or correct what the person is to be known by"},

	{AccountsConflict, "what the row says leads to two or more different accounts", "decide which of them the person is, and correct the row"},
	{ConnectedDiffers, "the account has connected another handle on this network", "check whether the handle was renamed or belongs to somebody else"},
	{NothingElseAgrees, "one identifier matches an account, but everything else in the row disagrees with it", "check the identifier, and correct the row"},
	{SharedAddress, "one email stands for people with different names or handles: a manager's or agency's mailbox", "give every person their own address; put the agency's into a contact email column"},
	{SharedHandle, "one handle stands on rows with different emails", "keep the handle on the row of its owner, and keep one email"},
	{SharedExternalID, "one external id stands on rows with different emails", "correct the ids"},
	{SharedAccount, "several people of the list lead to the same account", "correct the rows, or keep one of them"},
	{TwoExternalIDs, "one person has two external ids", "keep the one that is right"},
	{NamesShareNothing, "one email stands on rows whose names have nothing in common", "give every person their own address"},
	{KindsDiffer, "rows of one person say different kinds", "decide whether the person is creator, staff or client"},
	{StatusesDiffer, "one row of this person says blocked and another does not", "decide whether the person is to be blocked, and correct the other row"},
	{SameMailbox, "two addresses of the list reach the same mailbox", "if it is one person keep one row; if two, give each their own address"},
	{Erased, "the person was erased earlier", "leave the row out, or, if they asked to come back, say so: muster accounts readmit"},
	{KindDiffers, "the person is in the organization as another kind", "decide that it is them: they stay the kind they are; or correct the kind in the list"},
	{LooksLike, "the row looks like an existing account, but nothing proves it", "compare the two, and decide whether they are one person"},
	{BlockedCandidate, "the row looks like an account that is blocked", "compare the two before anything is created"},
	{EmailMatchHeld, "the account exists; claims are held for review as asked", "decide whether the account is this person's"},
	{CannotBeAsked, "the person is asked by mail before they are added, and the row knows them by a profile alone", "add their email to the row"},
	{BlockRequested, "the list says blocked, and nothing proves which account the person is", "compare the two: a claim blocks the account"},

	{NotTheCreator, "the row says that this is an agency, a manager, an assistant or PR, not the creator", "skip the row, or decide what the person is: only creators are made creators"},

	{ForeignDomain, "the address is at a domain where the organization has no staff", "check the address: creating or claiming the person takes them in all the same"},
	{DecidedOtherwise, "somebody decided about this row before, and what is known now says otherwise", "decide anew: what you choose holds from now on"},

	{Decided, "decided by a reviewer", ""},
	{Skipped, "left out, as a reviewer decided", "nothing; to decide anew, have the rows shown that were left out"},
	{DecidedBy, "a reviewer decided this", ""},
	{NewAddress, "the account has another address to sign in with, and links to the former one have ended", ""},
	{DecidedBefore, "this was decided before, but the evidence has changed since", "look at it again"},
	{Disputed, "an identifier of the row belongs to another account; it stays there", "find out whose it is"},

	{EmailMatch, "the account with this email was added to the brand", ""},
	{ExternalIDMatch, "the account with this external id was added to the brand", ""},
	{ConnectedMatch, "the account that connected this profile was added to the brand", ""},
	{ProfileMatch, "the account that declares this profile was added to the brand, as asked", ""},
	{MailboxMatch, "the account with this mailbox, this profile and this name was added to the brand", ""},
	{MembershipOffered, "the account is another's own: the person is asked by mail, and is added once they accept", "\"muster mail send\" brings the mail"},
	{AwaitsConsent, "the person was asked, and has not answered yet", "wait, or ask them to look into their mail"},
	{Declined, "the person was asked, and does not want to be added", "take the row out of the list; nobody is asked twice"},
	{AccessAdded, "access was added to the account", ""},
	{RoleRaised, "the role was raised", ""},
	{DetailsAdded, "a profile or an external id was added to the account", ""},
	{DetailsChanged, "what the list says in its own columns was taken over", ""},
	{DetailsReplaced, "what the account held was replaced by what the list says, as asked", ""},
	{DetailsFilled, "what the account had nothing of was filled in from the list", ""},
	{BlockedNow, "blocked: access to this organization has ended, and so have the invite link and mail that waited", ""},
	{AlreadyBlocked, "blocked already", ""},
	{InvitedNow, "the person gets an invite link; none ever was issued before", "hand the link over"},
	{Reissued, "the person gets a new invite link; the former one has expired", "hand the new link over"},
	{Activated, "the block was lifted", ""},
	{NothingNew, "already in the brand, nothing to do", ""},
	{NotBlocked, "not blocked, so there is no block to lift", ""},
	{RowDiffers, "already in the brand; the row says something else than the account holds, and nothing was changed", "find out which is right: see what differs"},
	{BlockedHere, "the account is blocked in this organization", "a status of \"activate\" lifts the block, if the operator may"},
	{BlockedEverywhere, "the account is blocked on the whole platform", "only whoever runs the platform can lift that block; leave the status of the row empty"},

	{NewPerson, "nobody on the platform matches: a new account", ""},

	{NameDiffers, "the account has another name", "nothing was changed"},
	{OtherName, "another row of this person has another name; the first was used", ""},
	{OtherSpelling, "another spelling of the person's address, which reaches the same mailbox; the first was used", ""},
	{EmailDiffers, "the account has another email", "find out which address is right; nothing was changed, and links go to the account's own address alone"},
	{HandleDiffers, "the account declares another handle on this network", "nothing was changed"},
	{ExternalIDDiffers, "the account has another external id", "nothing was changed"},
	{DetailsDiffer, "the account has other details", "nothing was changed"},
	{ProfileProposed, "a profile the account does not have; it is not ours to change", "the person can add it themselves"},
	{PermissionsDiffer, "the person has other permissions than the row says", "an import never changes them: muster accounts permissions does"},
	{RoleLower, "the person has a higher role than the row says", "an import never lowers a role"},
	{NoDashboard, "the role is not sufficient to access the dashboard", "choose a role with dashboard access if the person should have it"},
	{DashboardUntold, "may use the dashboard from now on, and was not mailed about it", "tell the person where the dashboard is"},
	{NoCampaign, "a client without a campaign cannot sign in", "add a campaign column"},
	{DashboardOpened, "will be invited to the dashboard, for the first time and once", ""},
}
