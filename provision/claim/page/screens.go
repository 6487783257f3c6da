package page

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"time"

	"muster/provision"
	"muster/provision/claim"
	"muster/provision/locale"
)

//go:embed templates/*.html
var templates embed.FS

// The screens, by the names of their templates.
const (
	profileScreen  = "profile"
	passwordScreen = "password"
	consentScreen  = "consent"
	doneScreen     = "done"
	noticeScreen   = "notice"
	forgotScreen   = "forgot"
)

// screens are the templates of every language.
type screens map[locale.Language]spoken

// spoken are the templates of a language, with its texts.
type spoken struct {
	texts   locale.Texts
	screens map[string]*template.Template
}

// sheet is what a template is given.
type sheet struct {
	Language locale.Language
	Choices  []choice
	Root     string // stands before every address of ours
	Token    string
	Chosen   string // the language chosen on the page, to be kept
	Heading  string
	Window   string // title of the window
	View     claim.View
	Resets   bool // the link is for a new password, not for the first one
	Body     any
}

// choice is a language to choose. Its address is "" where the page cannot be
// had in another one.
type choice struct {
	locale.Language
	Address string
	Current bool
}

func readScreens() (screens, error) {
	all := screens{}
	for _, l := range locale.Languages() {
		texts, err := locale.Of("page", l)
		if err != nil {
			return nil, err
		}
		all[l] = spoken{texts: texts, screens: map[string]*template.Template{}}
		for _, name := range []string{profileScreen, passwordScreen, consentScreen, doneScreen, noticeScreen, forgotScreen} {
			t := template.New("layout.html").Funcs(template.FuncMap{
				"t":      texts.Say,
				"moment": func(at time.Time, zone string) (string, error) { return l.Moment(at, locale.Zone(zone)) },
			})
			if _, err := t.ParseFS(templates, "templates/layout.html", "templates/"+name+".html"); err != nil {
				return nil, fmt.Errorf("the template %s: %w", name, err)
			}
			all[l].screens[name] = t
		}
	}
	return all, nil
}

// draw writes the page of an answer.
func (all screens) draw(w io.Writer, v *visit, a answer) error {
	language := speech(v, a.view)
	spoken := all[language]
	heading, err := spoken.texts.Say(a.heading.key, a.heading.values...)
	if err != nil {
		return err
	}
	window, err := spoken.window(heading, a)
	if err != nil {
		return err
	}
	return spoken.screens[a.screen].Execute(w, sheet{
		Language: language, Choices: choices(v, a, language), Root: v.root, Token: v.token, Chosen: v.language(),
		Heading: heading, Window: window, View: a.view,
		Resets: a.view.Purpose == provision.Reset, Body: a.body,
	})
}

// window is the title of the window: first what changed.
func (s spoken) window(heading string, a answer) (string, error) {
	switch values := []any{"title", heading, "organization", a.view.Organization}; {
	case a.view.Organization == "":
		return heading, nil
	case a.faulty:
		return s.texts.Say("window.fault", values...)
	default:
		return s.texts.Say("window", values...)
	}
}

// choices are the languages a page can be had in, each a page to open. What
// was typed into a form is lost on the way; nothing else is.
func choices(v *visit, a answer, current locale.Language) []choice {
	path := a.elsewhere(v)
	if path == "" {
		return nil
	}
	var all []choice
	for _, l := range locale.Languages() {
		address := v.root + path + "?" + url.Values{"lang": {string(l)}}.Encode()
		all = append(all, choice{Language: l, Address: address, Current: l == current})
	}
	return all
}

// elsewhere is the path that shows the page again, for another language; ""
// where a page comes but once.
func (a answer) elsewhere(v *visit) string {
	switch {
	case v.token != "" && a.said != "nothing":
		return linkPath + url.PathEscape(v.token)
	case a.screen == forgotScreen:
		return v.path
	}
	return ""
}
