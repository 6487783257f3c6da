package letter

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	texttemplate "text/template"
	"time"

	"muster/provision"
	"muster/provision/locale"
)

//go:embed templates/*
var files embed.FS

// Letter is a mail without its envelope.
type Letter struct {
	Subject string
	Text    string
	HTML    string
}

// Templates are what letters are made of. They never change.
type Templates struct {
	byName map[key]pair
}

// key names a template in a language.
type key struct {
	name     string
	language locale.Language
}

// pair is a template in its two forms.
type pair struct {
	text, html interface {
		Execute(io.Writer, any) error
	}
}

// Load reads the templates, those of a folder first: "" is none. Each is tried
// in every language; the error is a *TemplateError where one is broken.
func Load(folder string) (*Templates, error) {
	own, err := ownFiles(folder)
	if err != nil {
		return nil, err
	}
	t := &Templates{byName: map[key]pair{}}
	for _, name := range provision.MailTemplates() {
		for _, l := range locale.Languages() {
			p, err := own.parse(name, l)
			if err != nil {
				return nil, err
			}
			t.byName[key{name, l}] = p
			if err := t.try(name, l); err != nil {
				return nil, &TemplateError{File: own.origin(name, l), Err: err}
			}
		}
	}
	return t, nil
}

// Write writes a letter. Names and the note are cleaned first.
func (t *Templates) Write(name string, c Content) (Letter, error) {
	p, known := t.byName[key{name, c.Language}]
	if !known {
		return Letter{}, fmt.Errorf("there is no template %q in %q", name, c.Language)
	}
	c = c.cleaned()
	var text, html bytes.Buffer
	if err := p.text.Execute(&text, c); err != nil {
		return Letter{}, err
	}
	if err := p.html.Execute(&html, c); err != nil {
		return Letter{}, err
	}
	subject, body, err := subjectOf(text.String())
	return Letter{Subject: subject, Text: body, HTML: html.String()}, err
}

// subjectOf takes the first line off a text.
func subjectOf(text string) (subject, body string, err error) {
	first, rest, _ := strings.Cut(text, "\n")
	subject, named := strings.CutPrefix(first, "Subject: ")
	if subject = strings.Join(strings.Fields(subject), " "); !named || subject == "" {
		return "", "", fmt.Errorf("the first line of the text is not the subject, as in %q", "Subject: Welcome")
	}
	return subject, strings.TrimSpace(rest) + "\n", nil
}

// sources are files of templates: ours, and those of a folder that go first.
type sources struct {
	folder string
	own    fs.FS // nil for none
}

// ownFiles looks whether a folder of templates can be what is meant: everything
// in it has to be the name of a template.
func ownFiles(folder string) (sources, error) {
	if folder == "" {
		return sources{}, nil
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return sources{}, &TemplateError{File: folder, Err: err}
	}
	known := []string{"layout.txt", "layout.html"}
	for _, name := range provision.MailTemplates() {
		for _, form := range []string{".txt", ".html"} {
			known = append(known, name+form)
			for _, l := range locale.Languages() {
				known = append(known, name+"."+string(l)+form)
			}
		}
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(known, e.Name()) {
			return sources{}, &TemplateError{
				File: filepath.Join(folder, e.Name()),
				Err:  errors.New("this is no name of a template, which are like invite.txt, invite.html, invite.de.html"),
			}
		}
	}
	return sources{folder: folder, own: os.DirFS(folder)}, nil
}

// read finds the file of a template: that of the folder in the language, that of
// the folder, ours.
func (s sources) read(name, form string, l locale.Language) (content, file string, err error) {
	if s.own != nil {
		for _, file := range []string{name + "." + string(l) + form, name + form} {
			if text, err := fs.ReadFile(s.own, file); err == nil {
				return string(text), filepath.Join(s.folder, file), nil
			}
		}
	}
	file = path.Join("templates", name+form)
	text, err := fs.ReadFile(files, file)
	return string(text), file, err
}

// origin is where a template comes from: for whoever has to mend it.
func (s sources) origin(name string, l locale.Language) string {
	_, text, _ := s.read(name, ".txt", l)
	_, html, _ := s.read(name, ".html", l)
	if strings.HasPrefix(html, s.folder) && s.folder != "" && !strings.HasPrefix(text, s.folder) {
		return html
	}
	return text
}

// parse reads both forms of a template, in the layout.
func (s sources) parse(name string, l locale.Language) (pair, error) {
	says, err := functions(l)
	if err != nil {
		return pair{}, err
	}
	text := texttemplate.New(name).Funcs(says).Option("missingkey=error")
	html := htmltemplate.New(name).Funcs(says).Option("missingkey=error")
	for _, part := range []string{"layout", name} {
		content, file, err := s.read(part, ".txt", l)
		if err == nil {
			_, err = text.Parse(content)
		}
		if err != nil {
			return pair{}, &TemplateError{File: file, Err: err}
		}
		if content, file, err = s.read(part, ".html", l); err == nil {
			_, err = html.Parse(content)
		}
		if err != nil {
			return pair{}, &TemplateError{File: file, Err: err}
		}
	}
	return pair{text, html}, nil
}

// functions are what templates call: t says a text of the language, when writes
// a time.
func functions(l locale.Language) (map[string]any, error) {
	texts, err := locale.Of("mail", l)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"t":    texts.Say,
		"when": func(at time.Time, zone *time.Location) (string, error) { return l.Moment(at, cmp.Or(zone, time.UTC)) },
		"lang": func() string { return string(l) },
		"dir":  l.Direction,
	}, nil
}
