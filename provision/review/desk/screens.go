package desk

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"

	"muster/provision/locale"
	"muster/provision/words"
)

//go:embed templates/*.html
var templates embed.FS

// screens are the templates, by their names.
type screens map[string]*template.Template

func readScreens(in words.In) (screens, error) {
	all := screens{}
	for _, name := range []string{"notice", "list", "row", "check", "wait", "plan", "done"} {
		t, err := template.New("layout.html").Funcs(template.FuncMap{"number": in.Number, "say": in.Say, "how": func(h how) string { return in.Say(string(h)) }}).
			ParseFS(templates, "templates/layout.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("the template %s: %w", name, err)
		}
		all[name] = t
	}
	return all, nil
}

// frame is what a template is given.
type frame struct {
	Tag   locale.Language // of the page
	Root  string          // stands before every address of ours, "" for somebody who was not let in
	Form  string          // what a form carries
	Title string
	Again bool
	Body  any
}

func (d *Desk) frame(v *visit, a answer) frame {
	f := frame{Tag: cmp.Or(d.in.Language, locale.English), Title: cmp.Or(a.title, d.in.Say("Review")), Again: a.again, Body: a.body}
	if v != nil {
		f.Root, f.Form = d.door.room, d.door.form
	}
	return f
}

func (all screens) draw(w io.Writer, f frame, a answer) error { return all[a.screen].Execute(w, f) }
