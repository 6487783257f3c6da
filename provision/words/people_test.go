package words_test

import (
	"testing"

	"muster/dedupe"
	"muster/provision/words"
)

// Everything that may be decided about a row is explained to who asks.
func TestEveryChoiceHasAMeaning(t *testing.T) {
	for _, choice := range []dedupe.Choice{
		dedupe.ChooseClaim, dedupe.ChooseCreate, dedupe.ChooseContact, dedupe.ChooseSame, dedupe.ChooseNewEmail, dedupe.ChooseSkip, "",
	} {
		if (words.In{}).ChoiceMeaning(choice) == "" {
			t.Errorf("%q has no meaning", choice)
		}
	}
	if meaning := (words.In{}).ChoiceMeaning("nonsense"); meaning != "" {
		t.Errorf("nonsense means %q", meaning)
	}
}
