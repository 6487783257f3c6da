package accounts

import (
	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision/change"
	"muster/provision/pick"
)

// EditAction is what the audit calls that what an account holds was changed.
const EditAction change.Action = "account edited"

// ResetPicture takes the picture off accounts that are the organization's own.
type ResetPicture struct{}

// Kind is that of accounts reset-picture.
func (ResetPicture) Kind() string { return "accounts reset-picture" }

// Options are none.
func (ResetPicture) Options() any { return nil }

// Judge says whether there is a picture to take off.
func (ResetPicture) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	a := p.Account
	switch {
	case !a.OwnedHere:
		return pick.Rejected(reason.NotOwned)
	case a.OutOfReach(policy):
		return pick.Rejected(reason.NotAllowed)
	case a.Picture == "":
		return pick.Left(reason.NoPicture)
	}
	gone := change.Clear{Fill: dedupe.Fill{Details: dedupe.Details{Picture: a.Picture}}}
	return pick.Done(reason.PictureReset, EditAction, gone)
}
