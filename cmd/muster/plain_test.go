package main

import (
	"strings"
	"testing"
)

func TestNothingQuotedCommandsTheTerminal(t *testing.T) {
	var b strings.Builder
	if _, err := (plain{&b}).Write([]byte("no\x1b[2Jsuch\u202e.csv\tJürgen 🌿 \u009b31m\n")); err != nil {
		t.Fatal(err)
	}
	if want := "no\\u001b[2Jsuch\\u202e.csv\tJürgen 🌿 \\u009b31m\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

// More than any buffer holds, with a character across each of its ends.
func TestInspectKeysBreaksNoCharacter(t *testing.T) {
	var typed, want strings.Builder
	for i := range 200 {
		name := "小" + strings.Repeat("明", i%37)
		typed.WriteString("\u202a@" + name + "\u202c\tYouTube\n")
		want.WriteString(`{"input":"\u202a@` + name + `\u202c","hint":"YouTube","network":"youtube","kind":"handle","value":"` + name + `","reason":""}` + "\n")
	}
	if code, stdout, stderr := start(t, typed.String(), "inspect", "keys"); code != 0 || stdout != want.String() {
		t.Errorf("exit code %d, standard output:\n%s\nwant:\n%s\n%s", code, stdout, want.String(), stderr)
	}
}
