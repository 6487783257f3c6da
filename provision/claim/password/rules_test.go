package password

import (
	"errors"
	"strings"
	"testing"
)

// about is what is known of the person in these tests.
var about = []string{"Zoë Kimura", "zoe.kimura@lakeside.example", "@zoe_paints", "Lakeside Creators GmbH", "Northwind"}

func TestPasswords(t *testing.T) {
	for name, tt := range map[string]struct {
		password string
		want     Code
	}{
		"four words that have nothing to do with each other": {"gravel otter lantern quince", ""},
		"fifteen characters of a password manager":           {"xK9mQ2vLp7RtB4w", ""},
		"a sentence of one's own":                            {"my aunt painted 3 fences", ""},
		"a common word inside a sentence":                    {"the password of aunt Gertrud's shed", ""},
		"letters of another script":                          {"горный пруд лопата", ""},
		"two hundred and fifty-six characters":               {strings.Repeat("gravel otter lantern quince pudd", 8), ""},
		"emoji count as what they are":                       {"🦦🪨🏮🍐🧶🪵🌦🛶🧭🪁🫖🧦🪥🧂🥁", ""},

		"fourteen characters":                  {"xK9mQ2vLp7RtB4", TooShort},
		"nothing":                              {"", TooShort},
		"fourteen characters of two bytes":     {"éàüöñçêîôûåäëï", TooShort},
		"fifteen that NFC makes fourteen of":   {"xK9mQ2vLp7Rtu\u0308", TooShort},
		"two hundred and fifty-seven":          {strings.Repeat("gravel otter lantern quince pudd", 8) + "l", TooLong},
		"a megabyte":                           {strings.Repeat("gravel otter ", 80_000), TooLong},
		"bytes that are no text":               {"gravel otter lantern \xff quince", Unfit},
		"a line break":                         {"gravel otter\nlantern quince", Unfit},
		"a NUL":                                {"gravel otter\x00lantern quince", Unfit},
		"a common word twice":                  {"passwordpassword", Common},
		"common words with digits behind":      {"Password2026!!!!", Common},
		"common words in disguise":             {"P@ssw0rd-W3lc0me", Common},
		"common words with separators":         {"l e t m e i n 1 2 3 4", Common},
		"a phrase that everybody knows":        {"Correct Horse Battery Staple", Common},
		"a phrase in German":                   {"Mein Passwort ist geheim", Common},
		"a phrase with accents":                {"Mi contraseña segura", Common},
		"a phrase in French":                   {"Ceci est mon mot de passe", Common},
		"their own name and a year":            {"ZoeKimura1987Zoe", Personal},
		"their own name without accents":       {"zoe-kimura-zoe-kimura", Personal},
		"their own address":                    {"zoe.kimura@lakeside.example", Personal},
		"their handle":                         {"zoe_paints_zoe_paints", Personal},
		"the organization":                     {"LakesideCreators1", Personal},
		"the brand":                            {"Northwind Northwind", Personal},
		"the program":                          {"muster muster Muster", Personal},
		"the program in disguise":              {"Mu5ter-muster-Mu$ter", Personal},
		"one letter":                           {"aaaaaaaaaaaaaaaa", Repeated},
		"two letters":                          {"xyxyxyxyxyxyxyxyx", Repeated},
		"a short random thing again and again": {"k9Qk9Qk9Qk9Qk9Qk9Q", Repeated},
		"blanks":                               {"                ", Repeated},
		"digits in order":                      {"123456789012345", Sequence},
		"digits backwards":                     {"987654321098765", Sequence},
		"the alphabet":                         {"abcdefghijklmnop", Sequence},
		"a row of the keyboard":                {"qwertyuiopasdfgh", Sequence},
		"a German keyboard":                    {"qwertzuiopyxcvbnm", Sequence},
		"a French keyboard":                    {"azertyuiopqsdfghjklm", Sequence},
		"columns of the keyboard":              {"1qaz2wsx3edc4rfv", Sequence},
		"a row backwards":                      {"poiuytrewqlkjhgfdsa", Sequence},
	} {
		t.Run(name, func(t *testing.T) { expect(t, Rules{About: about}, tt.password, tt.want) })
	}
}

func TestPasswordsBesideASecondFactor(t *testing.T) {
	for name, tt := range map[string]struct {
		password string
		want     Code
	}{
		"eight characters of a password manager": {"xK9mQ2vL", ""},
		"seven characters":                       {"xK9mQ2v", TooShort},
		"a common word":                          {"password", Common},
		"a common word and a digit":              {"password1", Common},
		"their name and a digit":                 {"Kimura12", Personal},
		"digits in order":                        {"12345678", Sequence},
		"one letter":                             {"aaaaaaaa", Repeated},
	} {
		t.Run(name, func(t *testing.T) { expect(t, Rules{SecondFactor: true, About: about}, tt.password, tt.want) })
	}
}

func expect(t *testing.T, r Rules, password string, want Code) {
	t.Helper()
	err := r.Check(password)
	if want == "" {
		if err != nil {
			t.Errorf("%q: %v", password, err)
		}
		return
	}
	var refused *Refusal
	if !errors.As(err, &refused) || refused.Code != want {
		t.Fatalf("%.80q: %v, want %s", password, err, want)
	}
	if refused.Min != r.Minimum() || refused.Max != Maximum {
		t.Errorf("between %d and %d", refused.Min, refused.Max)
	}
	if want != Common && password != "" && strings.Contains(refused.Error(), password) {
		t.Errorf("the error holds the password: %v", refused)
	}
}

func TestWordsThatAreNobodysOwnAreFree(t *testing.T) {
	const password = "Lakeside creators 19"
	expect(t, Rules{About: about}, password, Personal)
	expect(t, Rules{About: []string{"Ann Lee", "ann@example.com"}}, "lakeside pottery at dawn", "")
}

// A password that is a word of the list several times is no good, whichever it is.
func TestCommonWords(t *testing.T) {
	if n := len(commonWords.words); n < 500 {
		t.Errorf("only %d words", n)
	}
	for w := range commonWords.words {
		if len([]rune(w)) < pieceLength {
			t.Errorf("%q is too short to be a piece", w)
		}
		if err := (Rules{}).Check(strings.Repeat(w+"-", 6)[:min(6*len(w)+6, Maximum)]); err == nil {
			t.Errorf("%q six times is good enough", w)
		}
	}
}

func FuzzRules(f *testing.F) {
	f.Add("gravel otter lantern quince", "Zoë")
	f.Add("P@ssw0rdP@ssw0rd", "zoe.kimura@lakeside.example")
	f.Add("1qaz2wsx3edc4rfv\xff", "")
	f.Fuzz(func(t *testing.T, password, name string) {
		strict := Rules{About: []string{name}}.Check(password)
		if strict == nil && (Rules{SecondFactor: true, About: []string{name}}).Check(password) != nil {
			t.Errorf("%q is good enough alone, but not beside a second factor", password)
		}
		if strict == nil && (Rules{}).Check(password) != nil {
			t.Errorf("%q is good enough with %q known, but not without", password, name)
		}
	})
}

// A sign that stands for a whole sentence takes no more memory than a letter.
func TestSignsThatFoldIntoManyAreCut(t *testing.T) {
	long := strings.Repeat("\ufdfa", Maximum)
	if g := newGuess(long, nil); len(g.plain) != Maximum {
		t.Errorf("%d characters are looked at", len(g.plain))
	}
}
