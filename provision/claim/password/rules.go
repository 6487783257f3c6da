package password

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How long passwords are, in code points, after NFC: NIST SP 800-63B-4, 3.1.1.
const (
	Minimum             = 15 // where the password is all that is asked for
	MinimumSecondFactor = 8  // where a second factor always is, too
	Maximum             = 256
)

// Rules say which passwords are accepted. The zero value asks for Minimum.
type Rules struct {
	SecondFactor bool     // the organization always asks for a second factor
	About        []string // what the password must not be made of: name, address, handles, organization, brand
}

// Minimum is how many code points the rules ask for.
func (r Rules) Minimum() int {
	if r.SecondFactor {
		return MinimumSecondFactor
	}
	return Minimum
}

// A Code says why a password is refused. It is never given another meaning.
type Code string

// The codes.
const (
	TooShort Code = "too_short"
	TooLong  Code = "too_long"
	Unfit    Code = "unfit"    // control characters, or bytes that are no text
	Common   Code = "common"   // made of words that are guessed first
	Personal Code = "personal" // made of what is known of the person or the service
	Sequence Code = "sequence" // made of sequences, or of neighbours on the keyboard
	Repeated Code = "repeated" // says the same again and again
)

// A Refusal says why a password is not good enough. It holds nothing of the
// password but its length.
type Refusal struct {
	Code     Code
	Length   int // of the password, in code points
	Min, Max int // what is asked for
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("the password is refused: %s (%d characters; %d to %d are accepted)", r.Code, r.Length, r.Min, r.Max)
}

// Check returns nil for a password that is good enough, else a *Refusal: what
// can be said of its length first, then what most of it is made of.
func (r Rules) Check(password string) error {
	refuse := func(c Code, length int) error {
		return &Refusal{Code: c, Length: length, Min: r.Minimum(), Max: Maximum}
	}
	// No code point has more than four bytes, nor do more than three make one
	// under NFC: longer text is too long however it is normalised.
	if len(password) > 4*3*Maximum {
		return refuse(TooLong, utf8.RuneCountInString(password))
	}
	if !utf8.ValidString(password) {
		return refuse(Unfit, 0)
	}
	runes := []rune(norm.NFC.String(password))
	switch {
	case len(runes) < r.Minimum():
		return refuse(TooShort, len(runes))
	case len(runes) > Maximum:
		return refuse(TooLong, len(runes))
	}
	for _, c := range runes {
		if unicode.IsControl(c) {
			return refuse(Unfit, len(runes))
		}
	}
	if left, most := newGuess(string(runes), r.About).left(); left <= r.Minimum()/2 {
		return refuse(most, len(runes))
	}
	return nil
}
