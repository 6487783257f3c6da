package words_test

import (
	"testing"

	"muster/provision/words"
)

// Everything that may be decided about a row is explained to who asks.
func TestEveryChoiceHasAMeaning(t *testing.T) {
	for _, option := range []string{
		"claim A", "claim AB", "create", "create as contact", "same as row 7", "same person, new email", "same person B, new email", "skip", "",
	} {
		if words.ChoiceMeaning(option) == "" {
			t.Errorf("%q has no meaning", option)
		}
	}
	if meaning := words.ChoiceMeaning("nonsense"); meaning != "" {
		t.Errorf("nonsense means %q", meaning)
	}
}
