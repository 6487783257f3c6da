// Package plan reads lists, finds out who is on them and decides about them:
// everything that comes before somebody says yes. The database is only read.
//
//  1. read: rows become records, in the plan file, side by side and in order;
//  2. judge: people are looked up in one snapshot a chunk, and dedupe decides;
//     where the organization's plan has no seat left, whoever comes later is
//     rejected;
//  3. write: a header that says what the plan is bound to, rows, decisions, and
//     a summary that seals them.
//
// The same eyes look at people who were held, again: what holds of them now.
package plan

import (
	"cmp"
	"context"
	"iter"

	"github.com/sourcegraph/conc/stream"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// planChunk is how many people are looked up in one snapshot.
const planChunk = 500

// planner makes a plan: it reads the lists into the plan file, gathers
// people, looks them up, decides, and writes nothing anywhere else.
type planner struct {
	store  provision.Reader
	runs   provision.RunStore
	check  func(record.Record, provision.Columns) record.Record // what a row asks for
	notes  func(importer.Info) []string                         // what is worth saying of a list
	policy dedupe.Policy
	links  provision.LinkMaker // nil where there are no keys
	shards int                 // into which the steps are divided
	tell   func(provision.Event)

	organization provision.Organization
	seats        map[record.Kind]int // taken, with what was planned so far
	seated       map[int]record.Kind // by first row, who took one

	sourced *sourced // of lists that are synced; nil of others
	synced  bool     // some list of the organization is, or was

	w      *Writer
	drafts *drafts
}

// plan reads the lists into a plan that was begun, and decides about everybody
// on them.
func (p *planner) plan(ctx context.Context, w *Writer, lists []*importer.List) (err error) {
	p.w = w
	g := dedupe.NewGatherer()
	add := func(r record.Record) {
		p.sourced.read(r, p.policy.Organization)
		g.Add(r)
	}
	if err := p.read(ctx, lists, add); err != nil {
		return err
	}
	if p.sourced != nil {
		if err := p.sourced.doubt(ctx, p); err != nil {
			return err
		}
	}
	if p.drafts, err = newDrafts(w.path + unfinished + ".decisions"); err != nil {
		return err
	}
	defer p.drafts.remove()
	if err := p.countSeats(ctx); err != nil {
		return err
	}
	revised, err := p.decide(ctx, g)
	if err != nil {
		return err
	}
	p.release(revised)
	if err := p.drafts.copyTo(w, revised, p.seat); err != nil {
		return err
	}
	w.summary.Seats = p.nearlyTaken()
	if p.sourced != nil {
		w.summary.Source = &p.sourced.plan
	}
	return p.missing(ctx)
}

func (p *planner) progress(phase provision.Phase, done int) {
	if done%1000 == 0 {
		p.tell(provision.Progress{Phase: phase, Done: done})
	}
}

// decide matches and decides every person, in the order of their first rows,
// and returns what stands instead of some of the drafts.
func (p *planner) decide(ctx context.Context, g *dedupe.Gatherer) (dedupe.Revised, error) {
	p.tell(provision.PhaseStarted{Phase: provision.Matching, Total: p.w.summary.Rows})
	return dedupe.DecideAll(g, dedupe.Means{
		Rows:  p.rows(ctx),
		Load:  p.w.load,
		Chunk: planChunk,
		Joined: func(people int) {
			if p.sourced != nil {
				p.sourced.trust(p.w.summary.Lists, people)
			}
		},
		Judge: func(people []dedupe.Person, mark func(*dedupe.Match)) ([]dedupe.Judged, error) {
			return p.judge(ctx, people, mark)
		},
		Spread: p.spread,
	})
}

// rows streams the rows that were written, until the context ends.
func (p *planner) rows(ctx context.Context) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		for r, err := range Ahead(lines[record.Record](p.w.file, p.w.plan.rows[0], p.w.at), AheadBatch) {
			if !yield(r, cmp.Or(err, ctx.Err())) {
				return
			}
		}
	}
}

// spread judges chunks side by side, and keeps in order what is decided.
func (p *planner) spread(
	chunks iter.Seq2[dedupe.Chunk, error],
	judge func([]dedupe.Person) ([]dedupe.Judged, error),
	keep func([]dedupe.Judged),
) error {
	var broken, failed error
	s := stream.New().WithMaxGoroutines(parallel())
	for chunk, err := range chunks {
		if broken = err; err != nil {
			break
		}
		s.Go(func() stream.Callback {
			judged, err := judge(chunk.People)
			drafted, unwritten := p.draft(judged)
			return func() {
				if failed = cmp.Or(failed, err, unwritten); failed == nil {
					keep(judged)
					failed = p.keepDrafts(drafted)
				}
				p.tell(provision.Progress{Phase: provision.Matching, Done: chunk.Row})
			}
		})
	}
	s.Wait()
	if err := cmp.Or(broken, failed); err != nil {
		return err
	}
	p.tell(provision.PhaseDone{Phase: provision.Matching, Done: p.w.summary.Rows})
	return nil
}

// drafted is a step, and its line in the plan. Of a decision that takes a seat
// the decision is kept: there may be none left when its turn comes.
type drafted struct {
	step  change.Step
	line  []byte
	seats *dedupe.Decision
}

func (p *planner) draft(judged []dedupe.Judged) ([]drafted, error) {
	all := make([]drafted, 0, len(judged))
	var buffer []byte
	for _, j := range judged {
		for _, d := range j.Decisions {
			s := p.step(d)
			line, again, err := stepText(buffer, s)
			if err != nil {
				return nil, err
			}
			buffer = again
			one := drafted{step: s, line: line}
			if d.Seat != "" {
				one.seats = &d
			}
			all = append(all, one)
		}
	}
	return all, nil
}

// steps returns what carries out everything that was decided about people.
func (p *planner) steps(judged []dedupe.Judged) []change.Step {
	all := make([]change.Step, 0, len(judged))
	for _, j := range judged {
		for _, d := range j.Decisions {
			all = append(all, p.step(d))
		}
	}
	return all
}

func (p *planner) keepDrafts(all []drafted) error {
	for _, d := range all {
		if d.seats != nil {
			d.step = p.seat(*d.seats)
			var err error
			if d.line, err = planText(stepLine, d.step); err != nil {
				return err
			}
		}
		p.w.count(d.step, 1)
		if err := p.drafts.add(d.step.Rows[0], d.line); err != nil {
			return err
		}
	}
	return nil
}
