package report

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"muster/provision"
	"muster/provision/locale"
	"muster/provision/words"
)

// A Planned is a plan to be drawn: what it says of itself, and where it was kept.
type Planned struct {
	provision.PlanHeader
	provision.PlanSummary
	Kept string // file of the plan, "" where it was not kept
	Zone *time.Location
	// Missing has the people on no row who would lose something; nil for none.
	Missing func() ([]provision.MissingPerson, error)
	// Language of the file, as a tag; English where it is "".
	Language string
	// Names of the organization and its brands, as people call them.
	Names provision.Names
	// AskedLanguage is that which the command was told; "" where it was told none.
	AskedLanguage string
}

// PlanFormats are the ends of the names of the files that DrawPlan writes.
var PlanFormats = []string{".html", ".xlsx"}

// DrawPlan writes a plan for people: the page or the workbook that a report would
// be, in words of what is to come. The file is there whole or not at all, for its
// owner alone; an older one is replaced.
func DrawPlan(ctx context.Context, path string, lines iter.Seq2[provision.Line, error], p Planned) (err error) {
	f, err := besides(path)
	if err != nil {
		return err
	}
	defer func() { err = drawnAs(path, errors.Join(err, f.close())) }()
	s := p.summary()
	w := &writer{ctx: ctx, folder: f, infos: s.Lists, lists: grouped(s.Lists)}
	w.words = newWording(cmp.Or(p.Zone, time.UTC), w.lists)
	w.words.brand = s.Brand
	if p.Kept != "" {
		w.words.anew = decideAnew(provision.Summary{Reviewed: p.Kept})
	}
	w.words.In = words.In{Language: locale.Match(p.Language), Names: p.Names}
	w.words.plan = &p
	w.words.stops(p.CreatedAt)
	files := f.bundle()
	sheet, err := w.planned(path, files)
	if err != nil {
		return err
	}
	err = w.drawPlan(lines, sheet, s)
	if err := errors.Join(err, sheet.close()); err != nil {
		return errors.Join(err, files.discard())
	}
	names, err := files.seal()
	if err != nil {
		return err
	}
	return f.root.Rename(filepath.Join(f.temp, names[0]), filepath.Base(path))
}

// drawnAs names the file that somebody asked for before what went wrong, without
// the hidden one that it was drawn in.
func drawnAs(path string, err error) error {
	if err == nil {
		return nil
	}
	if hidden, ok := errors.AsType[*fs.PathError](err); ok {
		err = hidden.Err
	}
	return fmt.Errorf("drawing %s: %w", path, err)
}

// besides is the folder of a file, with a hidden one in it for what is not whole
// yet. Whatever else is in it is nobody's business.
func besides(path string) (*folder, error) {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", path, err)
	}
	f := &folder{root: root, temp: tempPrefix + rand.Text()[:12]}
	if err := root.Mkdir(f.temp, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("writing %s: %w", path, err), root.Close())
	}
	return f, nil
}

// planned begins the file that a plan is drawn into.
func (w *writer) planned(path string, files *bundle) (drawn, error) {
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return newBook(w.paper(files), w.lists)
	}
	return newWebpage(files, w.words), nil
}

func (w *writer) drawPlan(lines iter.Seq2[provision.Line, error], file drawn, s provision.Summary) error {
	counted := newTally()
	for l, err := range lines {
		if err := errors.Join(w.ctx.Err(), err); err != nil {
			return fmt.Errorf("reading the plan: %w", err)
		}
		if err := counted.count(&l); err != nil {
			return err
		}
		if err := file.line(w.words.view(&l, listOf(w.lists, &l))); err != nil {
			return err
		}
	}
	s, err := counted.into(s)
	if err != nil {
		return err
	}
	if err := showMissing(file, w.words.plan.Missing); err != nil {
		return err
	}
	return file.finish(s)
}

// summary is the plan as the summary of the run that it would be.
func (p Planned) summary() provision.Summary {
	return provision.Summary{
		Command:      cmp.Or(p.Command, provision.ImportKind),
		Organization: p.Organization,
		Brand:        p.Brand,
		Operator:     p.Operator,
		Lists:        p.PlanSummary.Lists,
		Asked:        p.Asked,

		AskedLanguage: p.AskedLanguage,
		Rows:          p.Rows,
		Outcomes:      p.Outcomes,
		Warnings:      p.Warnings,
		Source:        p.PlanSummary.Source,
		Program:       p.Program,
		Database:      p.Database,
	}
}
