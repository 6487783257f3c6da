package view

import "testing"

func TestFolded(t *testing.T) {
	for _, c := range []struct {
		name, text    string
		width, indent int
		want          string
	}{
		{"a line that fits stays", "  row 12  Ruby", 30, 4, "  row 12  Ruby"},
		{"no terminal folds nothing", "  row 12  Ruby", 0, 4, "  row 12  Ruby"},
		{"between words, and the rest is indented", "  row 12  Ruby Placeholder · ruby@example.com · OP-1012", 30, 4, "  row 12  Ruby Placeholder ·\n    ruby@example.com · OP-1012"},
		{"exactly full", "abc def", 3, 0, "abc\ndef"},
		{"a word that is too long stays whole", "see https://example.com/a/long/path now", 16, 2, "see\n  https://example.com/a/long/path\n  now"},
		{"letters count, not bytes", "öööö üüüü", 5, 0, "öööö\nüüüü"},
		{"wide letters count twice", "小明 小红", 6, 0, "小明\n小红"},
		{"a question keeps its last blank", "Do this? Type yes: ", 12, 0, "Do this?\nType yes: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Folded(c.text, c.width, c.indent); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestFoldedLines(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"a message continues behind its name", "muster: hint: say it with --base-url and again", "muster: hint: say it with\n        --base-url and again"},
		{"an item continues behind its dash", "- 2 rows need correcting: they are in rejected.csv", "- 2 rows need correcting: they\n  are in rejected.csv"},
		{"the second of two columns stays one", "  --brand  brand of people who are there too", "  --brand  brand of people who\n           are there too"},
		{"indented text stays indented", "    an indented sentence that is too long", "    an indented sentence that\n    is too long"},
		{"a table is left alone", "│ Created   │   14 │ New on the platform │", "│ Created   │   14 │ New on the platform │"},
		{"a command is left alone", "      muster review apply muster-runs/1/review.xlsx", "      muster review apply muster-runs/1/review.xlsx"},
		{"JSON is left alone", `{"type":"summary","rows":12, "people":12}`, `{"type":"summary","rows":12, "people":12}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := foldedLine(c.line, 30); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestPainted(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"an error", "muster: error: no such file", "muster: \x1b[31merror:\x1b[0m no such file"},
		{"an outcome in a table", "│ Rejected  │    4 │ Cannot be used │", "│ \x1b[31mRejected\x1b[0m  │    4 │ Cannot be used │"},
		{"an outcome without a colour", "│ Unchanged │    3 │ Nothing to do │", "│ Unchanged │    3 │ Nothing to do │"},
		{"what a cell says", "│ Ann │ Created │", "│ Ann │ Created │"},
		{"a word inside a message", "muster: list.csv: error: x", "muster: list.csv: error: x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := painted(c.line); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
