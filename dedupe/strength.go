package dedupe

import "fmt"

// Strength is what a key is worth as evidence.
type Strength int

// The strengths. A hint alone is a reason for review at most and never
// conflicts; a weak key is evidence; a strong key may claim on its own.
const (
	Hint Strength = iota + 1
	Weak
	Strong
)

var strengthWords = map[Strength]string{Hint: "hint", Weak: "weak", Strong: "strong"}

func (s Strength) String() string { return strengthWords[s] }

// MarshalText writes the word of a strength.
func (s Strength) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word of a strength.
func (s *Strength) UnmarshalText(text []byte) error {
	for k, word := range strengthWords {
		if word == string(text) {
			*s = k
			return nil
		}
	}
	return fmt.Errorf("unknown strength %q", text)
}
