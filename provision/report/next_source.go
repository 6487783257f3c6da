package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"muster/importer/reason"
	"muster/provision/words"
)

// ofSource says what to know, and to do, about the people of a source: who is
// missing from its lists, and who has something else than it gave.
func (x *next) ofSource() {
	if x.Source == nil {
		return
	}
	if !x.Source.Complete {
		x.steps = append(x.steps, Step{
			Text: x.Say("Whoever is missing from the list was not looked at: %s.", x.Say(x.Source.Why)),
		})
	}
	x.say(x.Reasons[reason.Adopted], "",
		"1 person whom an import brought is the source's now; it may remove them.",
		"%s people whom an import brought are the source's now; it may remove them.")
	x.lostLinks()
	x.say(x.Missing[reason.MissingOnce], "",
		"1 person is missing from the list for the first time. If the next complete list does not have them either, "+
			"what it gave them is taken away.",
		"%s people are missing from the list for the first time. If the next complete list does not have them either, "+
			"what it gave them is taken away.")
	x.say(x.Missing[reason.NothingGiven], "",
		"1 person who is missing from the list keeps everything: they have it by an import, or somebody's hand, and nothing by this source. "+
			"Take their access away where they are to have none. A sync with --adopt makes people whom an import brought the source's.",
		"%s people who are missing from the list keep everything: they have it by an import, or somebody's hand, and nothing by this source. "+
			"Take their access away where they are to have none. A sync with --adopt makes people whom an import brought the source's.")
	x.say(x.Missing[reason.AdministratorOut]+x.Missing[reason.LastAdministrator], "",
		"1 administrator is missing from the list and stays: no list removes them. Take the role away, or put them back.",
		"%s administrators are missing from the list and stay: no list removes them. Take the roles away, or put them back.")
	x.say(x.Missing[reason.OutOfReach], "",
		"1 person is missing from the list and stays, because they may do more than the operator. Have an administrator see to it.",
		"%s people are missing from the list and stay, because they may do more than the operator. Have an administrator see to it.")
	x.say(x.Missing[reason.NotReached], "",
		"The run stopped before 1 person was reached. Have the same command run again: it goes on where it stopped.",
		"The run stopped before %s people were reached. Have the same command run again: it goes on where it stopped.")
	x.say(x.NotRemoved(), "",
		"1 person who is missing could not be removed this time, because their account changed. The next sync does it.",
		"%s people who are missing could not be removed this time, because their accounts changed. The next sync does it.")
	x.disputed()
	x.drifted()
	for _, l := range x.Summary.Late {
		x.steps = append(x.steps, Step{Text: x.LateSource(l), Command: words.EndSource(l.Source)})
	}
}

// disputed is about what another source says otherwise.
func (x *next) disputed() {
	n := x.Drift[reason.OtherSource]
	if n == 0 {
		return
	}
	x.steps = append(x.steps, Step{
		Text: x.Count(n,
			"Of 1 person this source, %s, says something else than another one, which wrote it last: that stays (%s). "+
				"Make the two lists agree, or take the column out of one of them.",
			"Of %s people this source, %s, says something else than another one, which wrote it last: that stays (%s). "+
				"Make the two lists agree, or take the column out of one of them.", x.Source.Name, x.disputes()),
		Places: x.First[reason.OtherSource],
		Rows:   n,
	})
}

// writtenOver is about what a source wrote last, and a list that is none's replaces.
func (x *next) writtenOver() {
	n := x.OverSource
	if n == 0 {
		return
	}
	x.steps = append(x.steps, Step{
		Text: x.Count(n,
			"Of 1 person this list replaces what a source wrote last (%s). The source may write it again the next time: correct its list, too.",
			"Of %s people this list replaces what a source wrote last (%s). The source may write it again the next time: correct its list, too.",
			x.disputes()),
		Places: x.First[reason.OverSource],
		Rows:   n,
	})
}

// disputes says what lists say otherwise, and whose that is: the first few.
func (x *next) disputes() string {
	what := slices.SortedFunc(maps.Keys(x.Disputes), func(a, b string) int {
		return cmp.Or(cmp.Compare(x.Disputes[b], x.Disputes[a]), cmp.Compare(a, b))
	})
	const few = 5
	if more := len(what) - few; more > 0 {
		what = append(what[:few], x.Number(more)+" …")
	}
	return strings.Join(what, ", ")
}

// drifted is about what was changed by hand.
func (x *next) drifted() {
	var parts []string
	for _, d := range []struct {
		code      reason.Code
		one, many string
	}{
		{reason.GrantedByHand, "1 person was given more than the list gives", "%s people were given more than the list gives"},
		{reason.TakenByHand, "1 person was taken something that the list gives", "%s people were taken something that the list gives"},
		{reason.RaisedByHand, "1 person has a higher role than the list says", "%s people have a higher role than the list says"},
	} {
		if n := x.Drift[d.code]; n > 0 {
			parts = append(parts, x.Count(n, d.one, d.many))
		}
	}
	if len(parts) == 0 {
		return
	}
	step := Step{Text: x.Say("Changed by hand, and left so: %s. Correct the list, or the people, if that is not meant.", strings.Join(parts, ", "))}
	for _, code := range []reason.Code{reason.GrantedByHand, reason.TakenByHand, reason.RaisedByHand} {
		if len(step.Places) == 0 {
			step.Places = x.First[code]
		}
	}
	x.steps = append(x.steps, step)
}
