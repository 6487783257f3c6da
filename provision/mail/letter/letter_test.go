package letter_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones, whatever the machine has

	"github.com/google/go-cmp/cmp"

	"muster/provision"
	"muster/provision/locale"
	"muster/provision/mail/letter"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// anInvitation says everything that a mail can say.
func anInvitation(l locale.Language) letter.Content {
	return letter.Content{
		Language:     l,
		Zone:         locale.Zone("Europe/Berlin"),
		Organization: "Northwind",
		Brand:        "Outdoor",
		Person:       "Ann Example",
		Inviter:      "Ada Example",
		Contact:      "ada@example.com",
		Note:         "Good to have you with us.\n\nAda",
		Other:        "Ben Example",
		URL:          "https://claim.example.com/c/token",
		IsLink:       true,
		Ends:         time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC),
	}
}

func TestLetters(t *testing.T) {
	templates, err := letter.Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range provision.MailTemplates() {
		for _, l := range locale.Languages() {
			t.Run(name+" in "+l.Name(), func(t *testing.T) {
				c := anInvitation(l)
				c.IsLink = name == "invite" || name == "reset" || name == "consent"
				got, err := templates.Write(name, c)
				if err != nil {
					t.Fatal(err)
				}
				golden(t, name+"."+string(l)+".txt", "Subject: "+got.Subject+"\n\n"+got.Text)
				if l == locale.English {
					golden(t, name+".html", got.HTML)
				}
			})
		}
	}
	t.Run("an invitation to the dashboard for somebody without a password", func(t *testing.T) {
		got, err := templates.Write("dashboard", anInvitation(locale.English))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "dashboard_link.txt", "Subject: "+got.Subject+"\n\n"+got.Text)
	})
	t.Run("an invitation of which little is known", func(t *testing.T) {
		c := anInvitation(locale.English)
		c.Brand, c.Person, c.Inviter, c.Note, c.Contact = "", "", "", "", ""
		got, err := templates.Write("invite", c)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "invite_bare.txt", "Subject: "+got.Subject+"\n\n"+got.Text)
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got:\n%s", name, diff)
	}
}

func TestNamesOfPeopleAreNoLinks(t *testing.T) {
	for text, want := range map[string]string{
		"Ann Example":                            "Ann Example",
		"  Ann \t Example\n":                     "Ann Example",
		"Dr. Ann St.John-Example":                "Dr. Ann St. John-Example",
		"evil\u3002example or evil\uff0eexample": "evil\u3002 example or evil\uff0e example",
		"a\u2024b\uff61example":                  "a\u2024 b\uff61 example",
		"J.R.R. Example":                         "J. R. R. Example",
		"Free money https://evil.example/x":      "Free money",
		"Free money www.evil.example":            "Free money",
		"Free money evil.example":                "Free money evil. example",
		"Win at evil.co.example/now":             "Win at evil. co. example/now",
		"<b>Ann</b> <a href='//evil'>here</a>":   "Ann here",
		"Ann <evil@example.com>":                 "Ann",
		"ann@example.com":                        "",
		"Ann\r\nBcc: evil":                       "Ann Bcc: evil",
		"Ann\u202eelpmaxE\u200b":                 "AnnelpmaxE",
		strings.Repeat("ä", 65):                  strings.Repeat("ä", 63) + "…",
		strings.Repeat("ä", 64):                  strings.Repeat("ä", 64),
	} {
		if got := letter.Name(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestNotes(t *testing.T) {
	for text, want := range map[string]string{
		"One line.":                          "One line.",
		"\nTwo\r\nlines.\n":                  "Two\nlines.",
		"Two\n\n\n\n\nparagraphs.":           "Two\n\nparagraphs.",
		"See https://evil.example/x or call": "See or call",
		"<script>alert(1)</script>Hello":     "alert(1) Hello",
		strings.Repeat("x", 600):             strings.Repeat("x", 499) + "…",
	} {
		got := letter.Note(text)
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if again := letter.Note(got); again != got {
			t.Errorf("%q: cleaned twice it is %q", got, again)
		}
	}
}

func TestWhatPeopleWroteIsOnlyText(t *testing.T) {
	templates, err := letter.Load("")
	if err != nil {
		t.Fatal(err)
	}
	c := anInvitation(locale.English)
	c.Person = `"><img src=x onerror=alert(1)> & "friends"`
	c.Note = "Look & see: <script>alert(2)</script>"
	got, err := templates.Write("invite", c)
	if err != nil {
		t.Fatal(err)
	}
	for _, markup := range []string{"<img", "<script", "onerror"} {
		if strings.Contains(got.HTML, markup) {
			t.Errorf("%s in the HTML", markup)
		}
	}
	if !strings.Contains(got.HTML, "&amp; &#34;friends&#34;") {
		t.Errorf("no friends in %s", got.HTML)
	}
}

func TestTemplatesOfAFolder(t *testing.T) {
	const text = "Subject: Welcome\n\nHello {{.Person}}\n\n{{.URL}}\n"
	const html = `<!doctype html><html><p>Hello {{.Person}}</p><a href="{{.URL}}">{{.URL}}</a></html>`
	for _, tt := range []struct {
		name   string
		files  map[string]string
		broken string // "" where they are good
	}{
		{name: "one template alone", files: map[string]string{"invite.txt": text}},
		{name: "one language alone", files: map[string]string{"invite.de.txt": text, "invite.de.html": html}},
		{name: "files of the system", files: map[string]string{".DS_Store": "x"}},
		{name: "a name that is mistyped", files: map[string]string{"invitation.txt": text}, broken: "no name of a template"},
		{name: "a brace too few", files: map[string]string{"invite.txt": text + "{{.Person}"}, broken: "bad character"},
		{name: "a field that there is not", files: map[string]string{"invite.html": html + "{{.Password}}"}, broken: "Password"},
		{name: "a text that there is not", files: map[string]string{"invite.txt": text + `{{t "nonsense"}}`}, broken: "nonsense"},
		{name: "no subject", files: map[string]string{"invite.txt": "Hello\n"}, broken: "not the subject"},
		{name: "the name of the person in the subject", broken: "something of the person",
			files: map[string]string{"invite.txt": "Subject: Hello {{.Person}}\n\n{{.URL}}\n"}},
		{name: "an address within a line", broken: "alone on a line",
			files: map[string]string{"invite.txt": "Subject: Hello\n\nHere: {{.URL}}.\n"}},
		{name: "no address in one of its forms", broken: "one of its two forms",
			files: map[string]string{"invite.html": "<html>Hello</html>"}},
		{name: "a picture from elsewhere", broken: "<img",
			files: map[string]string{"invite.html": html[:len(html)-7] + `<img src="https://example.org/p.png"></html>`}},
		{name: "broken in one language alone", files: map[string]string{"invite.fr.txt": "Subject: {{.Nobody}}\n"}, broken: "invite.fr.txt"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			for name, content := range tt.files {
				if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			templates, err := letter.Load(folder)
			if tt.broken != "" {
				var broken *letter.TemplateError
				if !errors.As(err, &broken) || !strings.Contains(err.Error(), tt.broken) || !strings.HasPrefix(broken.File, folder) {
					t.Errorf("got %v, want %q", err, tt.broken)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			written, err := templates.Write("invite", anInvitation(locale.German))
			if own := strings.HasPrefix(written.Text, "Hello Ann"); err != nil || own == (tt.files[".DS_Store"] != "") {
				t.Errorf("%v %q", err, written.Text)
			}
		})
	}
}
