package words

import (
	"strconv"
	"strings"

	"muster/dedupe"
	"muster/provision"
)

// Choices explain the decisions, in the order in which they are shown: how a
// person says each, and what it means. The last is none yet.
var Choices = []struct {
	Choice         dedupe.Choice
	Words, Meaning string
}{
	{dedupe.ChooseClaim, "It is %s", "The row is candidate A (or B, C, …). The account joins the brand. Its email address stays as it is; a link goes to that address only, and where a profile alone leads to the account none does."},
	{dedupe.ChooseNewEmail, "It is %s, with a new address", "The row is the candidate, who has a new address: the account gets the address of the row, and links sent to the old one stop working."},
	{dedupe.ChooseCreate, "Somebody new", "None of the candidates: make a new account. A profile that belongs to somebody else stays with them and is reported."},
	{dedupe.ChooseContact, "Somebody new, with an agency's address", "Make a new account that has no address to sign in with: the address in the row is an agency's or a manager's and is kept as a contact. No link is issued."},
	{dedupe.ChooseSame, "The same person as %s", "The row is the person of that line. Decide that line as well."},
	{dedupe.ChooseSkip, "Leave out", "Leave the row alone and do not ask again. Nothing is written."},
	{"", "(empty)", "Not decided yet: the row stays held and is asked about again, and so are the rows that contradict it."},
}

// ChoiceMeaning says what a decision means.
func (in In) ChoiceMeaning(choice dedupe.Choice) string {
	for _, c := range Choices {
		if c.Choice == choice {
			return in.Say(c.Meaning)
		}
	}
	return ""
}

// Choice says a decision about a row of a person as people do: "It is A".
func (in In) Choice(p provision.HeldPerson, row provision.HeldRow, r dedupe.Resolution) string {
	if r.Choice == dedupe.ChooseSame {
		return in.chosen(r.Choice, in.placeOf(p, r.Row, row.Place))
	}
	return in.chosen(r.Choice, p.LetterOf(r.Account))
}

// chosen says a decision with whom it is about, where it is about somebody.
func (in In) chosen(choice dedupe.Choice, whom string) string {
	for _, c := range Choices {
		switch {
		case c.Choice != choice:
		case choice == dedupe.ChooseClaim, choice == dedupe.ChooseNewEmail, choice == dedupe.ChooseSame:
			return in.Say(c.Words, whom)
		default:
			return in.Say(c.Words)
		}
	}
	return string(choice)
}

// decisions say what was decided about a row, whichever account or row it is.
var decisions = map[dedupe.Choice]string{
	dedupe.ChooseClaim:    "It is the account",
	dedupe.ChooseNewEmail: "It is the account, with a new address",
	dedupe.ChooseCreate:   "Somebody new",
	dedupe.ChooseContact:  "Somebody new, with an agency's address",
	dedupe.ChooseSame:     "The same person as another row",
	dedupe.ChooseSkip:     "Leave out",
}

// Decision says what was decided about a row, whichever account or row it is; "" where
// it is no decision.
func (in In) Decision(choice dedupe.Choice) string {
	if said := decisions[choice]; said != "" {
		return in.Say(said)
	}
	return ""
}

// ChoiceSample says a decision as an explanation of it does.
func (in In) ChoiceSample(choice dedupe.Choice) string {
	if choice == dedupe.ChooseSame {
		return in.chosen(choice, in.Say("line %s", "15"))
	}
	return in.chosen(choice, "A")
}

// ChoiceSaid reports whether a text is a decision about a row of a person, as
// people say it in any language; fold is what makes two texts equal.
func ChoiceSaid(p provision.HeldPerson, row provision.HeldRow, r dedupe.Resolution, text string, fold func(string) string) bool {
	for _, in := range Languages() {
		if fold(in.Choice(p, row, r)) == fold(text) {
			return true
		}
	}
	return false
}

// Choosing says a text in which decisions are quoted with them as they are said in the
// language.
func (in In) Choosing(text string) string {
	for _, c := range Choices {
		text = strings.ReplaceAll(text, strconv.Quote(c.Words), strconv.Quote(in.Say(c.Words)))
	}
	return text
}
