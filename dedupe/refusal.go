package dedupe

import "fmt"

// A refusal says why a choice is not possible for a person, and what to do
// instead. It becomes the Fault of a row.
type refusal struct{ why, hint string }

// The refusals.
var (
	personErased = &refusal{
		why:  "the person was erased earlier",
		hint: `choose "Leave out"; if they asked to come back, somebody who may erase people creates them, or lifts the mark first: muster accounts readmit`,
	}
	notACandidate = &refusal{
		why:  "the account is none of the candidates",
		hint: "choose one of the candidates shown",
	}
	accountBlocked = &refusal{
		why:  "the account is blocked here",
		hint: `lift the block first, or choose "Leave out"`,
	}
	mayNotBlock = &refusal{
		why:  "the list says blocked, and you may not block this person",
		hint: `choose "Leave out"; somebody who ranks above the person can block them`,
	}

	cannotBeAsked = &refusal{
		why:  "the account has no address, and its person is asked by mail before they are added",
		hint: `choose "Leave out": the person can sign up themselves`,
	}

	noEmailToCreate = &refusal{
		why:  "a new account needs an email, and the row has none",
		hint: `choose an account, or "Leave out"`,
	}
	emailOfAccount = &refusal{
		why:  "the email belongs to an account already",
		hint: `choose that account, or "Somebody new, with an agency's address"`,
	}
	noContact = &refusal{
		why:  "the row has no address to keep as a contact",
		hint: `choose an account, or "Leave out"`,
	}
	nothingOfTheirOwn = &refusal{
		why:  "without the address nothing is left to know the person by",
		hint: "add a profile or an external id of the person's own to the list",
	}
	noName = &refusal{
		why:  "a creator needs a name, and the row has none",
		hint: "add the name to the list",
	}
	newAndBlocked = &refusal{
		why:  "the list says blocked, and somebody new is nobody to block",
		hint: `take the status out of the list, or choose "Leave out"`,
	}

	noNewEmail = &refusal{
		why:  "the row has no email",
		hint: `choose the account without a new address, or "Leave out"`,
	}
	notOurs = &refusal{
		why:  "the account is not this organization's to change",
		hint: "choose the account without a new address: its owner can change it",
	}
	inUnseenBrands = &refusal{
		why:  "the account is in brands you do not see",
		hint: "choose the account without a new address, or have an administrator apply the review",
	}
	aboveReviewer = &refusal{
		why:  "the account may do more than you: its address is an administrator's to change",
		hint: "have an administrator apply the review",
	}
	hasThisEmail = &refusal{
		why:  "the account has this email already",
		hint: "choose the account without a new address",
	}
	emailOfAnother = &refusal{
		why:  "the email belongs to another account",
		hint: `choose that account, or "Leave out"`,
	}
)

// noChoice refuses what is no choice for one person.
func noChoice(c Choice) *refusal {
	return &refusal{why: fmt.Sprintf("%q is no decision for one person", c), hint: "choose one of the list"}
}
