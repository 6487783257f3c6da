package reason

// Codes that commands about people who are there give: why somebody was picked
// in vain, and what was done to the others.
const (
	// rejected
	NobodyMatches  Code = "nobody_matches"
	NotOwned       Code = "not_owned"
	Registered     Code = "registered"
	SignsOn        Code = "signs_on"
	Inactive       Code = "inactive"
	AboveOperator  Code = "above_operator"
	NoAddress      Code = "no_address"
	InNoBrand      Code = "in_no_brand"
	LinkMissing    Code = "link_missing"
	LinkNotGenuine Code = "link_not_genuine"
	LinkElsewhere  Code = "link_elsewhere"
	LinkSuperseded Code = "link_superseded"
	LinkEnded      Code = "link_ended"
	HadLink        Code = "had_link"
	BothRegistered Code = "both_registered"
	HeldElsewhere  Code = "held_elsewhere"
	OtherID        Code = "other_id"
	NotAllowed     Code = "not_allowed"
	Yourself       Code = "yourself"
	NotMember      Code = "not_member"
	RoleOfCreator  Code = "role_of_creator"

	NeverRegistered Code = "never_registered"
	Taken           Code = "taken"
	NotAValue       Code = "not_a_value"
	RowsDisagree    Code = "rows_disagree"
	ByMailAlone     Code = "by_mail_alone"

	LastAdministrator Code = "last_administrator"

	// done, or nothing to do
	ResetIssued   Code = "reset_issued"
	LinkOfOthers  Code = "link_of_others"
	Edited        Code = "edited"
	Readdressed   Code = "readdressed"
	AsItWas       Code = "as_it_was"
	PictureReset  Code = "picture_reset"
	NoPicture     Code = "no_picture"
	LinkReplaced  Code = "link_replaced"
	LinkRenewed   Code = "link_renewed"
	LinkLives     Code = "link_lives"
	LinkRevoked   Code = "link_revoked"
	NoLiveLink    Code = "no_live_link"
	LinkShown     Code = "link_shown"
	HandedOver    Code = "handed_over"
	HandedOverYet Code = "handed_over_before"
	RoleLowered   Code = "lowered"
	HasRole       Code = "has_role"

	PermissionsChanged Code = "permissions_changed"
	HasPermissions     Code = "has_permissions"

	HasAccess     Code = "has_access"
	AccessRevoked Code = "access_revoked"
	HasNoAccess   Code = "has_no_access"

	AccountsJoined  Code = "accounts_joined"
	Confirmed       Code = "confirmed"
	ConfirmedJoined Code = "confirmed_joined"
	HasID           Code = "has_id"

	Forgotten     Code = "forgotten"
	ForgottenHere Code = "forgotten_here"
	NothingKept   Code = "nothing_kept"
	Readmitted    Code = "readmitted"

	// undo: done, or not
	Reversed       Code = "reversed"
	ReversedInPart Code = "reversed_in_part"
	MarkReversed   Code = "mark_reversed"
	NothingLeft    Code = "nothing_left"
	Kept           Code = "kept"
	FoundSince     Code = "found_since"
	Impossible     Code = "impossible"
	AccountGone    Code = "account_gone"
	AccountJoined  Code = "account_joined"
	JoinedWith     Code = "joined_with"
	RightMissing   Code = "right_missing"
	NeedsRight     Code = "needs_right"

	// undo: why something stays
	StaysBegun     Code = "stays_begun"
	StaysSeen      Code = "stays_seen"
	StaysHeld      Code = "stays_held"
	StaysChanged   Code = "stays_changed"
	MailLeft       Code = "mail_left"
	LinkStaysEnded Code = "link_stays_ended"
	LinkLeadsOn    Code = "link_leads_on"
	AcceptedSince  Code = "accepted_since"
	TheirsByNow    Code = "theirs_by_now"
	NoLongerSo     Code = "no_longer_so"
	NoLongerKept   Code = "no_longer_kept"
	CannotBeUndone Code = "cannot_be_undone"
	Since          Code = "since"
	SinceUnknown   Code = "since_unknown"
)

var commandCodes = []Entry{
	{NobodyMatches, "nobody whom the operator may know of is known by this", "correct the address or the id, or leave the person out"},
	{NotOwned, "the account belongs to another organization, which alone may do this", "ask the person"},
	{Registered, "the person has registered and needs no invite link", "leave the person out: they sign in with their password"},
	{SignsOn, "the person signs in through the company, without a link", "tell the person where to sign in"},
	{Inactive, "the organization is not active, and issues no links", "make it active again with muster org apply"},
	{AboveOperator, "the person may do more than the operator, who may have no say in their link", "have an administrator do it"},
	{NoAddress, "the account has no address to sign in with", "leave the person out"},
	{InNoBrand, "the person is in no brand of the organization, and a link would lead them to nothing", "let them in first: muster accounts grant, or a list"},
	{LinkMissing, "there is no invite link in the row", "use links.csv as muster wrote it"},
	{LinkNotGenuine, "the link is not one that muster made, or it was altered", "use links.csv as muster wrote it"},
	{LinkElsewhere, "the link is of another organization", "leave the row out"},
	{LinkSuperseded, "another link was issued since, and this one no longer works", "hand over the newer one; muster links show has it"},
	{LinkEnded, "the link was ended, and no longer works", "have a new one issued, if the person is to have one: muster links reissue"},
	{LastAdministrator, "nobody else may edit the organization, which keeps somebody who does", "give somebody else such a role first"},
	{HadLink, "the person had an invite link before, which has ended", "muster links reissue issues another"},
	{BothRegistered, "both accounts have registered: the password of the one that goes, and whoever signs in with it, is gone", "make sure that it is one person; --force joins them all the same"},
	{HeldElsewhere, "another organization holds the account, too, and has a say in who it is", "leave it as it is, or have whoever runs the platform do it (muster db operators)"},
	{OtherID, "the person has another external id already", "correct the id, or the account"},
	{NotAllowed, "the person may do more than the operator, or is in a brand that the operator does not see", "have an administrator do it"},
	{Yourself, "this is the operator, who cannot do this to themselves", "have another administrator do it"},
	{NotMember, "the person is not in the brand", "muster accounts grant takes them in"},
	{RoleOfCreator, "the person is a creator, and creators have no dashboard", "leave the person out"},

	{NeverRegistered, "the person has not registered, so there is no password to replace", "muster links reissue gives them another invite link"},
	{Taken, "the address, the id or the profile belongs to another account", "find out whose it is: muster accounts show, muster accounts duplicates"},
	{NotAValue, "a new value cannot be used", "correct it, or leave it out"},
	{RowsDisagree, "rows of the person say different new values", "keep the one that is right"},
	{Readdressed, "what is kept of the person was changed; they have another address, and the link that was out has ended", "muster links reissue gives them another one"},
	{Edited, "what is kept of the person was changed", ""},
	{AsItWas, "says what is kept of the person already, or nothing new", ""},
	{ByMailAlone, "the person is in another organization, too, where whoever holds the link could be them", "--mail sends it to the person alone"},
	{ResetIssued, "the person gets a link to set a new password", "hand it over, unless it is mailed"},
	{LinkOfOthers, "the person has a link of another organization that is still good", "wait until it has expired"},
	{PictureReset, "the picture was taken off the account", ""},
	{NoPicture, "the account has no picture", ""},
	{LinkReplaced, "the person gets a new invite link, and the former one stops working", "hand the new link over"},
	{LinkRenewed, "the person gets a new invite link; the former one had ended", "hand the new link over"},
	{LinkLives, "has a live invite link, which stays as it is", ""},
	{LinkRevoked, "the invite link was ended", ""},
	{NoLiveLink, "has no live invite link", ""},
	{LinkShown, "the live invite link is shown", ""},
	{HandedOver, "the invite link was handed over", ""},
	{RoleLowered, "the role was lowered", ""},
	{HasRole, "has the role already", ""},
	{PermissionsChanged, "has other permissions now", ""},
	{HasPermissions, "has these permissions already", ""},
	{HasAccess, "has all of this already", ""},
	{AccessRevoked, "access was taken away", ""},
	{HasNoAccess, "has nothing of this, so there is nothing to take away", ""},
	{AccountsJoined, "the two accounts are one now", ""},
	{Confirmed, "has the external id now", ""},
	{ConfirmedJoined, "has the external id now; the account that carried it was joined with this one", ""},
	{HasID, "has the external id already", ""},
	{Forgotten, "everything that was kept of the person was removed, and their account", ""},
	{ForgottenHere, "what the organization kept of the person was removed; the account stays, because somebody else holds it", ""},
	{NothingKept, "nothing is kept of such a person that the operator may know of", ""},
	{Readmitted, "may come back: lists may make the person again", ""},
	{Reversed, "what the run did was taken back", ""},
	{ReversedInPart, "what the run gave was taken back; something of it stays", ""},
	{MarkReversed, "the source's mark on the person was put back as it was; their access has not changed", ""},
	{NothingLeft, "nothing is left of what the run did", ""},
	{Kept, "the person was changed after the run, and stays as they are", "look at what happened since (muster explain), and take back by hand what is not to stay"},
	{FoundSince, "the person was found in place by a later run of another list, and stays", "take it back all the same with muster undo … --also-found"},
	{Impossible, "what the run did cannot be taken back", "leave it, or change it by hand"},
	{AccountGone, "the account is gone, and does not come back", "leave it, or import the person again"},
	{AccountJoined, "the account was joined with another one, and what the run gave stands there", "take away by hand what is not to stay: muster accounts revoke, of the account that stayed"},
	{JoinedWith, "the account that stayed", ""},
	{RightMissing, "it takes a right that the operator has not: the run was somebody else's", "have somebody do it who has the right"},
	{NeedsRight, "it takes the right", ""},
	{StaysBegun, "the account stays: its person was invited, or has begun to sign up", ""},
	{StaysSeen, "the account stays: its link was in a report or a mail, and somebody may have it", ""},
	{StaysHeld, "the account stays: it is its person's own, or another organization's, too", ""},
	{StaysChanged, "the account stays: it was changed after the run", ""},
	{MailLeft, "a mail of the run was sent, which nobody can take back", ""},
	{LinkStaysEnded, "a link that the run ended stays dead", ""},
	{LinkLeadsOn, "the link stays: it leads into access that the person has still", ""},
	{AcceptedSince, "the person has accepted the membership since, which stays", ""},
	{TheirsByNow, "details, ids and profiles stay: the account is its person's own by now", ""},
	{NoLongerSo, "something is no longer as the run left it, and stays as it is", ""},
	{NoLongerKept, "what was there before the run is no longer kept, so that it cannot come back", ""},
	{CannotBeUndone, "something cannot be taken back", ""},
	{Since, "changed since", ""},
	{SinceUnknown, "changed since by the platform, or by another organization", ""},
	{HandedOverYet, "the invite link was marked as handed over before", ""},
}
