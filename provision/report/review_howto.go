package report

import (
	"strings"

	"muster/provision"
	"muster/provision/words"
)

// howToTexts are the lines of the first sheet of a review: what this is, and
// what may be decided. One without a text is a heading.
func howToTexts(in words.In, r provision.HeldReview) [][2]string {
	texts := [][2]string{
		{in.Say("Who are these people?")},
		{"", whatIsHeld(in, r) + " " +
			in.Say("Nothing was written for them. This workbook shows each beside the accounts they may be, for you to decide.")},
		{in.Say("What to do")},
		{"1", in.Say("Go to the sheet %s. Every line is a row of your list; which rows are held together stands under %s.",
			in.Say(decideSheet), in.Say("Why it is held"))},
		{"2", in.Say("Compare the row with each candidate to its right, and read what leads there. What differs from the row is bold; " +
			"a click on a profile opens it.")},
		{"3", in.Say("Choose in the column %s. The drop-down offers exactly what is possible for that row. Where rows that are held "+
			"together contradict each other, each of them needs a decision; without one for each, all of them stay held.", in.Say(decisionTitle))},
		{"4", in.Say("Save the workbook and send it back to whoever gave it to you. They read it in with: muster review apply FILE")},
		{in.Say("What the decisions mean")},
	}
	for _, c := range words.Choices {
		texts = append(texts, [2]string{in.ChoiceSample(c.Choice), in.Say(c.Meaning)})
	}
	return append(texts, [2]string{in.Say("Good to know")},
		[2]string{"", in.Say("Change nothing but %s and %s: correcting a name or an address here corrects nothing. "+
			"Correct the list instead and have it imported again.", in.Say(decisionTitle), in.Say(remarkTitle))},
		[2]string{"", in.Say("Lines may be sorted, filtered and deleted; what is missing stays held.")},
		[2]string{"", in.Say("You need not decide everything at once: the workbook may be sent in part by part. What was read in already stays as it is.")},
		[2]string{"", in.Say("A decision holds for every night to come, until the row or the accounts change.")},
		[2]string{in.Say("(not shown)"), in.Say("An account of another organization, or in none of the brands you see: " +
			"you see what your own list said, never what the account holds. It can be chosen all the same: " +
			"it joins the brand, and nothing of it is shown to you.")},
		[2]string{in.Say("Run"), r.Source})
}

// whatIsHeld counts rows that wait, and those that somebody left out.
func whatIsHeld(in words.In, r provision.HeldReview) string {
	var said []string
	left := r.LeftOut()
	if open := r.RowCount() - left; open > 0 {
		said = append(said, in.Count(open, "1 row of the list is held: it is not certain who it is.",
			"%s rows of the list are held: it is not certain who they are."))
	}
	if left > 0 {
		said = append(said, in.Count(left, "1 row was left out, as somebody decided: it is there to be decided anew.",
			"%s rows were left out, as somebody decided: they are there to be decided anew."))
	}
	return strings.Join(said, " ")
}
