package sources

import (
	"context"
	"fmt"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/pick"
	"muster/provision/plan"
	"muster/provision/run"
	"muster/provision/source"
)

// EndKind is that of the runs that give sources up.
const EndKind = provision.EndSourceKind

// chunk is how many people are read at a time.
const chunk = 1000

// An End gives a source up: whoever it named loses what it alone gave them, and is on no
// row, like whoever is missing from its lists. It is both the verb and where its people
// come from.
type End struct {
	Source provision.Source
	Keep   bool // what it gave stays, and is nobody's

	brand     provision.Brand
	editors   []string
	standings map[string]source.Standing // of those who are judged
}

// NewEnd is the end of a source of an organization.
func NewEnd(s provision.Source, keep bool, o provision.Organization) *End {
	e := &End{Source: s, Keep: keep, editors: source.Editors(o)}
	if at := slices.IndexFunc(o.Brands, func(b provision.Brand) bool { return b.Slug == s.Brand }); at >= 0 {
		e.brand = o.Brands[at]
	}
	return e
}

// Kind is that of sources end.
func (*End) Kind() string { return EndKind }

// Options are all that is asked for.
func (e *End) Options() any { return e.Asked() }

// Asked is which source, and how it was synced last.
func (e *End) Asked() any {
	return struct {
		Source, LastRun string
		Keep            bool `json:",omitempty"`
	}{e.Source.Name, e.Source.LastRun, e.Keep}
}

// typed is the command as it was typed.
func (e *End) typed() string {
	if e.Keep {
		return EndKind + " " + e.Source.Name + " --keep"
	}
	return EndKind + " " + e.Source.Name
}

// Again is the command that ends the source whatever guards say.
func (e *End) Again() (command, see string) {
	again := "muster " + e.typed()
	return again, "see that all of them are meant to lose it: " + again + " --keep takes nothing from anybody"
}

// Lists are the people of the source, as one list.
func (e *End) Lists() []provision.ListInfo { return pick.TypedList(e.typed()) }

// Close has nothing to close.
func (*End) Close() error { return nil }

// Guards are those of the source, as for a sync of it.
func (e *End) Guards(sc provision.Scope) provision.Scope {
	a := *sc.Authority
	a.Brand = e.brand
	sc.Authority = &a
	sc.Policy.Kind = e.Source.Kind
	sc.Source = &e.Source
	return sc
}

// Pick reads whom the source named, and what it gave them, by account: who lost it
// before is left out.
func (e *End) Pick(ctx context.Context, en *provision.Engine, sc provision.Scope, w *plan.Writer) ([]pick.Picked, error) {
	sc.Source = &e.Source
	var all []pick.Picked
	for after, more := "", true; more; {
		var page []provision.SourcePerson
		var people []dedupe.Account
		err := pick.Snapshot(ctx, en, func(d provision.Directory) (err error) {
			page, err = d.SourcePage(ctx, sc.Policy.Organization, e.Source.Name, after, chunk)
			if err == nil {
				people, err = e.look(ctx, d, sc, page)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, a := range people {
			one := pick.Picked{Account: a.ID}
			if e.Keep { // nobody loses anything
				n := len(all) + 1
				one.Rows = []int{n}
				at := record.Place{File: e.typed(), Line: n}
				if err := w.Row(pick.Row(at, n, a, sc.Policy.VisibleBrands)); err != nil {
					return nil, err
				}
			}
			all = append(all, one)
		}
		if more = len(page) == chunk; more {
			after = page[chunk-1].Account
		}
	}
	return all, nil
}

// look reads the accounts of some people of the source to whom it means something,
// and what that is.
func (e *End) look(
	ctx context.Context, d provision.Directory, sc provision.Scope, page []provision.SourcePerson,
) ([]dedupe.Account, error) {
	ids := make([]string, len(page))
	for i, p := range page {
		ids[i] = p.Account
	}
	known, err := plan.Standings(ctx, d, sc, ids)
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool {
		of := known[id]
		return len(of.Own) == 0 && of.Person.Absences >= provision.RemovedAfter
	})
	return d.Accounts(ctx, sc.Policy.Organization, ids, sc.Policy.Now)
}

// Recall reads again what the source gave some people, to judge them by.
func (e *End) Recall(ctx context.Context, d provision.Directory, sc provision.Scope, accounts []string) (err error) {
	sc.Source = &e.Source
	e.standings, err = plan.Standings(ctx, d, sc, accounts)
	return err
}

// Judge says what becomes of a person.
func (e *End) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	of := e.standings[p.Account.ID]
	of.Account = p.Account
	end := source.End(of, e.Keep, e.editors, policy)
	j := pick.Judgement{Verdict: end.Verdict, Action: source.EndAction, Changes: end.Changes, Lost: end.Lost}
	j.Ends = end.Link && p.Invitation.Lives(policy.Now)
	return j
}

// Begin ends the source: nothing is synced under its name from now on.
func (e *End) Begin(ctx context.Context, en *provision.Engine, tx provision.Tx, r provision.Run) error {
	now, err := en.Store.Source(ctx, r.Organization, e.Source.Name)
	if err != nil || now.EndedRun == r.ID {
		return err
	}
	if now.Ended() {
		return &provision.EndedError{Source: now}
	}
	if now.LastRun != e.Source.LastRun {
		return &provision.StalePlanError{Msg: fmt.Sprintf("source %s was synced since, by run %s", now.Name, provision.ShortRun(now.LastRun))}
	}
	return tx.SaveSource(ctx, ended(now, r.ID, en.Now()))
}

// Nobody ends a source that names nobody: there is nothing to run.
func Nobody(ctx context.Context, e *provision.Engine, a *provision.Authority, name string) error {
	detail := map[string]any{"source": name}
	return run.ChangeSource(ctx, e, a, name, EndKind, detail, func(ctx context.Context, tx provision.Tx, now provision.Source) error {
		if now.Ended() {
			return &provision.EndedError{Source: now}
		}
		return tx.SaveSource(ctx, ended(now, "", e.Now()))
	})
}

// ended is a source that is given up. What held it holds it again where the end is taken
// back.
func ended(s provision.Source, by string, at time.Time) provision.Source {
	s.EndedAt = at.UTC()
	s.EndedRun = by
	return s
}
