// Package claim is what happens behind a link: who opens it is shown whose
// account it is, says what the organization asks, chooses a password, and has
// registered.
//
// In goes a token, and what a person filled in. Out comes a View of the step
// that is next, a Done, a *Refusal that says why the link does not open, or a
// *FormError that says what to correct. A platform's own web program can use it
// as package page does: it knows no HTTP.
//
// A token is looked at in one order, whatever is wanted of it:
//
//	read it: length, spelling, version, purpose; its key is one of ours    else refused, without a look at the database
//	read the row of its link, with account and organization as they are
//	compute its tag from the row, also where there is none, and compare    else refused, and nothing is told
//	-- whoever asks holds a genuine link: from here on they are told why --
//	ask LinkRow.Standing whether it opens                                  else refused, with the reason
//
// A password is checked, and hashed outside any transaction, only behind all of
// that. Then one transaction, a change.Step like any other: the account is
// locked, and has to be as it was read; the link is used up, and has to have
// been live; password, status and audit are written. Somebody else having been
// faster, all is looked at again.
//
// What never happens here: a token, a password or an address in an error, a
// change by looking at a link (but that it was looked at is counted), a link
// for another address than the account's.
package claim
