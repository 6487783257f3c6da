package letter

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"muster/importer/failure"
	"muster/provision/locale"
)

// A TemplateError says that a template cannot be used.
type TemplateError struct {
	File string
	Err  error
}

func (e *TemplateError) Error() string {
	return fmt.Sprintf("the template %s is broken: %v", e.File, e.Err)
}

func (e *TemplateError) Unwrap() error { return e.Err }

// Failure says that the folder of templates has to be mended; nothing was sent.
func (e *TemplateError) Failure() (failure.Class, string) {
	return failure.Config, "correct it, and look at the result with muster mail preview; nothing was sent"
}

// try writes a letter for several people and looks whether it is fit to be sent.
func (t *Templates) try(name string, l locale.Language) error {
	subject := ""
	for _, c := range samples(l) {
		written, err := t.Write(name, c)
		if err != nil {
			return err
		}
		if subject != "" && written.Subject != subject {
			return errors.New("its subject has something of the person in it: what stands there is shown and logged everywhere")
		}
		subject = written.Subject
		if err := fit(written, c); err != nil {
			return err
		}
	}
	return nil
}

// samples are contents that leave out as much as can be, and that have all.
func samples(l locale.Language) []Content {
	at := time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC)
	bare := Content{
		Language:     l,
		Organization: "Example",
		Contact:      "help@example.com",
		URL:          "https://claim.example.com/c/sample",
	}
	link := bare
	link.IsLink = true
	link.Ends = at
	full := link
	full.Zone = time.UTC
	full.Brand, full.Person, full.Inviter, full.Other = "Outdoor", "Ann Example", "Ada Example", "Ben Example"
	full.Note = "Good to have you with us.\nAda"
	full.From = at.Add(-time.Hour)
	return []Content{bare, link, full}
}

// remote are the ways in which HTML fetches something, or does something by
// itself.
var remote = regexp.MustCompile(`(?i)<(img|script|link|iframe|object|embed|video|audio|form|meta[^>]*refresh)\b|` +
	`\bsrc\s*=|\bbackground\s*=|url\(|@import`)

// fit looks for what must not be missing in a mail, and what must not be in it.
func fit(l Letter, c Content) error {
	switch {
	case strings.Contains(l.Text, c.URL) && !aloneOnItsLine(l.Text, c.URL):
		return errors.New("the address in its text does not stand alone on a line: mail programs would cut it or add to it")
	case strings.Contains(l.Text, c.URL) != strings.Contains(l.HTML, c.URL):
		return errors.New("the address that it leads to is in one of its two forms alone")
	case c.IsLink && !strings.Contains(l.Text, c.URL) && strings.Contains(l.Text, "/c/"):
		return errors.New("its link was changed")
	case remote.MatchString(l.HTML):
		return fmt.Errorf("its HTML has %s: nothing may be fetched, or the sender of a picture knows who reads",
			remote.FindString(l.HTML))
	case !strings.Contains(l.HTML, "</html>"):
		return errors.New("its HTML does not end")
	}
	return nil
}

func aloneOnItsLine(text, url string) bool {
	for line := range strings.Lines(text) {
		if strings.TrimRight(line, "\r\n") == url {
			return true
		}
	}
	return false
}
