package permission

import "testing"

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "",
		"  ":                                  "",
		"Default":                             "default",
		"custom: reports.view, messages.*":    "custom: messages.*, reports.view",
		"CUSTOM:Reports.View;tasks\nmessages": "custom: messages, reports.view, tasks",
		"custom : a.b a.b":                    "custom: a.b",
		"clone: Ana Lee <ana@example.com>":    "clone: Ana Lee <ana@example.com>",
		"clone:ana@example.com":               "clone: ana@example.com",
		"custom":                              "!",
		"custom:":                             "!",
		"clone":                               "!",
		"default: reports.view":               "!",
		"reports.view":                        "!",
		"admin: everything":                   "!",
	} {
		w, err := Parse(text)
		got := w.String()
		if err != nil {
			got = "!"
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
		if again, err := Parse(got); got != "!" && (err != nil || again.String() != got) {
			t.Errorf("%q is read %q, %v", got, again, err)
		}
	}
}
