package desk

import (
	"testing"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/review"
)

// What a decision means is said as it is of the account that it stands beside.
func TestAClaimMeansWhatItDoes(t *testing.T) {
	kept := "Its email address stays as it is, and no link goes out: its person has registered."
	for name, c := range map[string]struct {
		why    reason.Code
		brand  string
		status dedupe.Status
		masked bool
		want   string
	}{
		"known by a profile alone": {reason.LooksLike, "indoor", dedupe.Created, false, "The account joins the brand. Its email address stays as it is, and no link goes out: the row does not have that address. Add it to the list if its person is to have a link."},
		"who has registered":       {reason.LooksLike, "indoor", dedupe.Registered, false, "The account joins the brand. " + kept},
		"who is there":             {reason.AccountsConflict, "outdoor", dedupe.Registered, false, "The account is in the brand already. " + kept},
		"with another handle":      {reason.ConnectedDiffers, "outdoor", dedupe.Registered, false, "The account is in the brand already. " + kept + " The handle that it has connected stays, and that of the row is not added."},
		"as another kind":          {reason.KindDiffers, "outdoor", dedupe.Registered, false, "The account is in the brand already. " + kept + " Its person stays of the kind that they are."},
		"of whom nothing is shown": {reason.LooksLike, "outdoor", dedupe.Registered, true, "The account joins the brand. Its email address stays as it is; a link goes to that address only, and where a profile alone leads to the account none does."},
	} {
		t.Run(name, func(t *testing.T) {
			row := 0
			var p provision.HeldPerson
			looksLike(&p, &row)
			p.Reason, p.Candidates[0].Status, p.Candidates[0].Masked = c.why, c.status, c.masked
			s := &review.Sitting{Held: provision.HeldReview{Binding: provision.Binding{Brand: c.brand}}}
			if got := meaningOf(s, review.Question{Person: &p, Row: &p.Rows[0]}, claimA); got != c.want {
				t.Errorf("%s\nwant\n%s", got, c.want)
			}
		})
	}
}
