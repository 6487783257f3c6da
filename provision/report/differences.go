package report

import (
	"cmp"
	"slices"
	"strings"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/words"
)

// differing are the things that a row and its account may disagree about, the
// most urgent first: an address decides where a link goes.
var differing = []struct {
	code            reason.Code
	name, one, many string
}{
	{reason.EmailDiffers, "Email", "1 email", "%s emails"},
	{reason.ExternalIDDiffers, "External id", "1 external id", "%s external ids"},
	{reason.HandleDiffers, "Handle", "1 handle", "%s handles"},
	{reason.NameDiffers, "Name", "1 name", "%s names"},
	{reason.DetailsDiffer, "Other detail", "1 other detail", "%s other details"},
}

// DifferenceWords counts what differs, "" where nothing does: "1 email, 2
// names".
func DifferenceWords(counts map[reason.Code]int) string { return differencesIn(words.In{}, counts) }

func differencesIn(in words.In, counts map[reason.Code]int) string {
	var all []string
	for _, d := range differing {
		if n := counts[d.code]; n > 0 {
			all = append(all, in.Count(n, d.one, d.many))
		}
	}
	return strings.Join(all, ", ")
}

// differencePlaces are the first rows that differ in anything, each once.
func differencePlaces(s provision.Summary) []record.Place {
	var first []record.Place
	seen := map[record.Place]bool{}
	for _, d := range differing {
		for _, p := range s.First[d.code] {
			if !seen[p] && len(first) < provision.FirstPlaces {
				seen[p] = true
				first = append(first, p)
			}
		}
	}
	slices.SortStableFunc(first, func(a, b record.Place) int {
		if a.File != b.File || a.Sheet != b.Sheet {
			return 0
		}
		return cmp.Compare(a.Line, b.Line)
	})
	return first
}

// changed is something that an update does, and how it is counted.
type changed struct {
	code  reason.Code
	words string
}

// changes are what an update does.
var changes = []changed{
	{reason.NewAddress, "with another address"},
	{reason.BlockedNow, "blocked now"},
	{reason.Activated, "with a block lifted"},
	{reason.RoleRaised, "with a higher role"},
	{reason.RoleLowered, "with a lower role"},
	{reason.AccessAdded, "with access added"},
	{reason.MembershipOffered, "asked whether they want to be added"},
	{reason.AccessRevoked, "with access taken away"},
	{reason.NoLongerNamed, "without what the list names no longer"},
	{reason.SourceLetGo, "who keep what the source gave"},
	{reason.Reinstated, "back, with what they had"},
	{reason.PermissionsChanged, "with other permissions"},
	{reason.DetailsAdded, "with a profile or id added"},
	{reason.DetailsChanged, "with changed details"},
	{reason.DetailsReplaced, "with details replaced"},
	{reason.DetailsFilled, "with details filled in"},
	{reason.InvitedNow, "invited now"},
	{reason.Reissued, "with a new link"},
	{reason.Decided, "as a reviewer decided"},
	{reason.LinkRenewed, "with a new link for one that had ended"},
	{reason.LinkReplaced, "with a new link for a live one"},
	{reason.LinkRevoked, "without a link now"},
	{reason.HandedOver, "who have their link"},
	{reason.AccountsJoined, "joined with another account"},
	{reason.Confirmed, "with an external id now"},
	{reason.ConfirmedJoined, "with an external id now, joined with the account that carried it"},
	{reason.Reversed, "taken back"},
	{reason.ReversedInPart, "taken back as far as it can be"},
	{reason.MarkReversed, "with nothing but the source's mark put back"},
	{reason.Forgotten, "erased"},
	{reason.ForgottenHere, "erased here, whose account somebody else holds"},
}

// updatedWords says what was done for the people who were updated: for each of them
// one thing, so that the parts are as many as they.
func updatedWords(in words.In, s provision.Summary) string {
	var all []string
	for _, c := range changes {
		if n := s.Updates[c.code]; n > 0 && (c.code != reason.Decided || len(all) > 0) {
			all = append(all, in.Number(n)+" "+in.Say(c.words))
		}
	}
	known := in.OutcomeOf(s.Command, provision.Updated).Meaning
	if len(all) == 0 {
		return known
	}
	if provision.TakesIn(s.Command) {
		known = in.Say("Already in the brand")
	}
	return known + in.Say(": ") + strings.Join(all, ", ")
}

// MeaningIn says what an outcome of a run means, with what is in it.
func MeaningIn(in words.In, o provision.Outcome, s provision.Summary) string {
	shown := s.Reasons[reason.LinkShown]
	switch {
	case o == provision.Unchanged && s.Command == provision.EndSourceKind:
		return in.Say("People who lost nothing; removed.csv says why")
	case o == provision.Updated:
		return updatedWords(in, s)
	case o == provision.Unchanged && shown > 0:
		return in.Say("%s whose link is shown; nothing was changed", in.Number(shown))
	}
	return in.Meaning(s, o)
}

// lookAtDifferences is about rows that say something else than their account.
func (x *next) lookAtDifferences() {
	words := differencesIn(x.In, x.Differences)
	if words == "" {
		return
	}
	x.steps = append(x.steps, Step{
		Text: x.Say("Find out what is right where the list and the account differ: %s. "+
			"The sheet %s of %s has both side by side; correct the list, or have the account corrected.",
			words, x.sheet(differSheet), x.book),
		Places: differencePlaces(x.Summary),
		Rows:   x.Differ,
	})
}

// addProfiles is about rows whose people were taken on without a profile that
// those tried to give.
func (x *next) addProfiles() {
	n := x.Problems[reason.ProfileLost]
	before := len(x.steps)
	x.say(n, "",
		"1 row holds a profile that could not be read, and the person was taken on without it. The notes say why: "+
			"correct the cell, and have the list imported again.",
		"%s rows hold a profile that could not be read, and their people were taken on without it. The notes say why: "+
			"correct the cells, and have the list imported again.")
	if len(x.steps) > before {
		x.steps[before].Places, x.steps[before].Rows = x.First[reason.ProfileLost], n
	}
}

// differenceColumns put what the list says beside what the account holds.
var differenceColumns = []column{
	{title: "Line", width: 8, number: true},
	{title: "Name", width: 26, name: true},
	{title: "What differs", width: 22},
	{title: "The list says", width: 40},
	{title: "The account holds", width: 40, other: true},
	{title: "What to do", width: 44, other: true},
	{title: "Outcome", width: 12, other: true},
	{title: "Account", width: 38, other: true},
	{title: "File", width: 24},
	{title: "Sheet", width: 14},
}

// addDifferences adds a row for everything in which a row and its account
// differ. What the operator may not see the note does not have.
func (b *book) addDifferences(v *view) error {
	differ := provision.Differences(v.Line.Account, v.Line.Reason, v.Line.Notes)
	for _, n := range v.Notes {
		if !slices.Contains(differ, n.Code) {
			continue
		}
		said, holds := b.words.Noted(n)
		if holds == "" {
			holds = b.words.Say("(not shown: not yours to see)")
		}
		row := texts(v.number, v.Name, b.words.differenceName(n.Code), said, holds,
			words.Sentence(b.words.Say(reason.Of(n.Code).Remedy)), v.outcome.Title, v.Account, v.File, v.Sheet)
		if err := b.differences.add(0, row); err != nil {
			return err
		}
	}
	return nil
}

func (w *wording) differenceName(code reason.Code) string {
	for _, d := range differing {
		if d.code == code {
			return w.Say(d.name)
		}
	}
	return string(code)
}
