package report

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// wildText is a text with all that JSON or XML has to say in another way, and bytes
// that are no text.
func wildText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"", " ", "Ann", `"`, `\`, "<", "&", ">", "'", "\n", "\t", "\r", "\x00", "\x1f", "\x7f", "é", "\u2028", "\u2029", "\ufffd", "\xff", "\xed\xa0\x80", "𝄞", "_x000D_", "_",
		})), 0, 4).Draw(t, "parts")
		text := ""
		for _, part := range parts {
			text += part
		}
		return text
	})
}

func wildRow(t *rapid.T) row {
	text := func(name string) string { return wildText().Draw(t, name) }
	r := row{
		File: text("file"), Sheet: text("sheet"), Line: rapid.Int().Draw(t, "line"), OfRow: rapid.IntRange(0, 3).Draw(t, "of row"), Outcome: provision.Outcome(text("outcome")),
		Reason: reason.Code(text("reason")), AccountID: text("account"), Name: text("name"), Email: text("email"),
		Brands:   rapid.SliceOfN(wildText(), 0, 3).Draw(t, "brands"),
		Profiles: rapid.SliceOfN(wildText(), 0, 3).Draw(t, "profiles"), Attributes: rapid.MapOfN(wildText(), wildText(), 0, 4).Draw(t, "attributes"),
		MergedInto: rapid.IntRange(0, 3).Draw(t, "into"), MergedIntoFile: text("into file"), MergedIntoSheet: text("into sheet"),
		LinkState: provision.LinkWord(text("link")), Error: text("error"),
	}
	if rapid.Bool().Draw(t, "more") {
		r.Problems = []record.Problem{{Column: text("column"), Code: "code", Message: text("message"), Fatal: true}}
		r.Candidates = []dedupe.Candidate{{Account: text("candidate"), Name: text("their name")}}
		r.Notes = []dedupe.Note{{Code: "note", Said: text("said"), Holds: text("holds")}}
		r.LinkUntil = time.Unix(rapid.Int64Range(0, 1<<36).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).UTC()
	}
	return r
}

// A row is written as its tags say, to the byte.
func TestRowsAreWrittenAsTheirTagsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := wildRow(t)
		want, err := encoded([]byte("before\n"), r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.json([]byte("before\n"))
		if err != nil || string(got) != string(want)+"\n" {
			t.Fatalf("%v\ngot  %s\nwant %s", err, got, want)
		}
	})
	if _, err := (&row{LinkUntil: time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)}).json(nil); err == nil {
		t.Error("a year that JSON does not have was written")
	}
}
