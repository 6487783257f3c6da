package plan

import (
	"slices"
	"testing"

	"muster/dedupe"
)

// Of those who lead to one account the surest speaks for it; whoever is it by a
// reviewer's word alone, or is held, never does before one of the others.
func TestWhoSpeaksForAnAccount(t *testing.T) {
	who := func(decided bool, strength dedupe.Strength) dedupe.Judged {
		j := dedupe.Judged{Match: dedupe.Match{Beside: true}, Decisions: []dedupe.Decision{{Action: dedupe.Review}}}
		if decided {
			j.Decisions = []dedupe.Decision{{Action: dedupe.Unchanged, Account: "a"}}
		}
		if strength > 0 {
			j.Match.Reached = []dedupe.Reached{{Account: dedupe.Account{ID: "a"}, Evidence: []dedupe.Evidence{{Strength: strength}}}}
		}
		return j
	}
	judged := []dedupe.Judged{who(true, 0), who(false, dedupe.Weak), who(true, dedupe.Weak), who(true, dedupe.Strong)}
	if got := besideOthers(judged)["a"]; !slices.Equal(got, []int{3, 2, 0, 1}) {
		t.Errorf("in the order %v", got)
	}
	judged[2].Match.Beside = false
	if got := besideOthers(judged)["a"]; !slices.Equal(got, []int{3, 0, 1}) {
		t.Errorf("without the one who leads there alone: %v", got)
	}
}
