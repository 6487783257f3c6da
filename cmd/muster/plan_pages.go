package main

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"muster/cmd/muster/flags"
	"muster/cmd/muster/view"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/report"
	"muster/provision/run"
)

// isPlanPage reports whether a file is one to look at a plan in, by its name.
func isPlanPage(path string) bool {
	return slices.Contains(report.PlanFormats, strings.ToLower(filepath.Ext(path)))
}

// files tells the plan, "" where it is not to be kept, from the pages of it.
func (o planOptions) files() (kept string, pages []string) {
	for _, path := range o.Files {
		if isPlanPage(path) {
			pages = append(pages, path)
		} else {
			kept = path
		}
	}
	return kept, pages
}

func (o planOptions) checkFiles() error {
	kept := ""
	for i, path := range o.Files {
		switch {
		case path == "":
			return flags.Usage("-o needs the name of a file", "like this: -o plan.jsonl, or -o plan.html")
		case slices.Contains(o.Files[:i], path):
			return flags.Usage("-o names "+path+" twice", "name every file once")
		case isPlanPage(path):
		case kept != "":
			return flags.Usage("a plan is kept in one file, not in "+kept+" and "+path,
				"name one, like -o plan.jsonl; names that end in .html or .xlsx are pages of it")
		default:
			kept = path
		}
	}
	return nil
}

// draw draws a plan into the pages of it, in the language that was asked for or
// that of the organization.
func (o planOptions) draw(ctx context.Context, s *session, path string, summary provision.PlanSummary) error {
	kept, pages := o.files()
	if len(pages) == 0 {
		return nil
	}
	return s.drawPlan(ctx, path, pages, planPage{kept: kept, language: o.Lang.Tag, summary: &summary})
}

// planPage is what a page of a plan takes from its command.
type planPage struct {
	kept     string                 // where the plan is, "" where it is not kept
	language string                 // that was asked for, "" for none
	summary  *provision.PlanSummary // as it is shown, nil as the plan has it
}

// drawPlan draws the plan of a file into pages.
func (s *session) drawPlan(ctx context.Context, path string, pages []string, p planPage) error {
	planned, err := plan.Open(path)
	if err != nil {
		return err
	}
	defer planned.Close()
	sc, err := s.Scope(ctx, planned.Header.Terms())
	if err != nil {
		return err
	}
	for _, page := range pages {
		err := report.DrawPlan(ctx, page, run.PlannedLines(s.Engine, planned), report.Planned{
			PlanHeader: planned.Header, PlanSummary: *cmp.Or(p.summary, &planned.Summary), Kept: p.kept, Zone: time.Local,
			Missing:  func() ([]provision.MissingPerson, error) { return run.PlannedMissing(ctx, s.Engine, planned) },
			Language: cmp.Or(p.language, sc.Authority.Organization.Language), Names: sc.Authority.Organization.Names(),
			AskedLanguage: p.language,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// drawStopped draws the plan that a guard stopped beside it: whoever looks wants to see more
// than how much it is. Without a page the guard is told as ever.
func (s *session) drawStopped(ctx context.Context, v view.View, err error, language string) error {
	stopped, is := errors.AsType[*provision.GuardError](err)
	if !is || stopped.Plan == "" {
		return err
	}
	page := filepath.Join(filepath.Dir(stopped.Plan), plan.Page)
	if failed := s.drawPlan(ctx, stopped.Plan, []string{page}, planPage{kept: stopped.Plan, language: language}); failed != nil {
		v.Tell(provision.Notice{Text: page + " was not drawn: " + failed.Error()})
		return err
	}
	stopped.Page = page
	return err
}
