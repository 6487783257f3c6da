package provision

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/sourcegraph/conc/stream"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/reason"
	"muster/importer/record"
)

// planChunk is how many people are looked up in one snapshot.
const planChunk = 1000

// planner makes a plan: it reads the lists into the plan file, gathers
// people, looks them up, decides, and writes nothing anywhere else.
type planner struct {
	store     Store
	authority *Authority
	policy    dedupe.Policy
	links     LinkMaker // nil where there are no keys
	marks     marksFunc
	tell      func(Event)

	w       *planWriter
	offsets []int64 // of the rows written
	drafts  *drafts
	summary PlanSummary
	first   firstRows
}

// plan writes the plan of the lists to path, and returns it with its places
// but not open. What is there is replaced; a plan that was not finished has no
// summary and is never taken for one.
func (p *planner) plan(ctx context.Context, path string, header PlanHeader, lists []*importer.List) (*Plan, error) {
	w, err := newPlanWriter(path)
	if err != nil {
		return nil, err
	}
	defer w.file.Close()
	p.w = w
	p.summary = newPlanSummary(header.Lists)
	p.first = firstRows{}
	if err := w.line(planLine, header); err != nil {
		return nil, err
	}
	g := dedupe.NewGatherer()
	if err := p.read(ctx, lists, g.Add); err != nil {
		return nil, err
	}
	if p.drafts, err = newDrafts(path + ".decisions"); err != nil {
		return nil, err
	}
	defer p.drafts.remove()
	revised, err := p.decide(ctx, g)
	if err != nil {
		return nil, err
	}
	made := &Plan{Header: header, rows: p.offsets, decisions: w.at}
	if err := p.drafts.copyTo(p, revised); err != nil {
		return nil, err
	}
	made.end = w.at
	if p.summary.First, err = p.first.named(p.load); err != nil {
		return nil, err
	}
	made.Summary, err = w.close(p.summary, p.links)
	return made, err
}

// rowsOnly writes a plan that has the rows of the lists and no decisions.
func (p *planner) rowsOnly(ctx context.Context, path string, header PlanHeader, lists []*importer.List) error {
	w, err := newPlanWriter(path)
	if err != nil {
		return err
	}
	defer w.file.Close()
	p.w, p.summary = w, PlanSummary{Lists: header.Lists}
	if err := w.line(planLine, header); err != nil {
		return err
	}
	if err := p.read(ctx, lists, func(record.Record) {}); err != nil {
		return err
	}
	_, err = w.close(p.summary, p.links)
	return err
}

func (p *planner) progress(phase Phase, done int) {
	if done%1000 == 0 {
		p.tell(Progress{Phase: phase, Done: done})
	}
}

func (p *planner) load(row int) (record.Record, error) {
	return readRecord(p.w.file, p.offsets, row)
}

// decide matches and decides every person, in the order of their first rows,
// and returns what stands instead of some of the drafts.
func (p *planner) decide(ctx context.Context, g *dedupe.Gatherer) (dedupe.Revised, error) {
	p.tell(PhaseStarted{Phase: Matching, Total: p.summary.Rows})
	return dedupe.DecideAll(g, dedupe.Means{
		Rows:  p.rows(ctx),
		Load:  p.load,
		Chunk: planChunk,
		Judge: func(people []dedupe.Person, mark func(*dedupe.Match)) ([]dedupe.Judged, error) {
			return p.judge(ctx, people, mark)
		},
		Spread: p.spread,
	})
}

// rows streams the rows that were written, until the context ends.
func (p *planner) rows(ctx context.Context) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		for r, err := range ahead(lines[record.Record](p.w.file, p.offsets[0], p.w.at), aheadBatch) {
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
			drafted, unwritten := draft(judged)
			return func() {
				if failed = cmp.Or(failed, err, unwritten); failed == nil {
					keep(judged)
					failed = p.keepDrafts(drafted)
				}
				p.tell(Progress{Phase: Matching, Done: chunk.Row})
			}
		})
	}
	s.Wait()
	if err := cmp.Or(broken, failed); err != nil {
		return err
	}
	p.tell(PhaseDone{Phase: Matching, Done: p.summary.Rows})
	return nil
}

// drafted is a decision, and its line in the plan.
type drafted struct {
	decision dedupe.Decision
	line     []byte
}

func draft(judged []dedupe.Judged) ([]drafted, error) {
	all := make([]drafted, 0, len(judged))
	for _, j := range judged {
		for _, d := range j.Decisions {
			line, err := planText(decisionLine, d)
			if err != nil {
				return nil, err
			}
			all = append(all, drafted{d, line})
		}
	}
	return all, nil
}

func (p *planner) keepDrafts(all []drafted) error {
	for _, d := range all {
		p.count(d.decision, 1)
		if err := p.drafts.add(d.decision.Rows[0], d.line); err != nil {
			return err
		}
	}
	return nil
}

// count adds a decision to the summary, or takes one off it (by -1).
func (p *planner) count(d dedupe.Decision, by int) {
	p.summary.People += by
	p.first.add(d, by)
	first, rest := RowOutcomes(d)
	tally(p.summary.Reasons, d.Reason, by)
	tally(p.summary.Reasons, rowReason(d.Reason, rest), by*(len(d.Rows)-1))
	tally(p.summary.Outcomes, first, by)
	tally(p.summary.Outcomes, rest, by*(len(d.Rows)-1))
	for _, right := range rights(d.Write) {
		tally(p.summary.Grants, right, by)
	}
	p.countDifferences(d, first, rest, by)
	effects := &p.summary.SideEffects
	if d.Link.Issues() {
		effects.LinksIssued += by
	}
	if killsLink(d) {
		effects.LinksKilled += by
	}
	effects.RolesRaised += by * len(d.Write.Raise)
	if d.Write.Activate != "" {
		effects.BlocksLifted += by
	}
	if d.Write.Block {
		effects.PeopleBlocked += by
	}
	if writesDetails(d) {
		effects.DetailsWritten += by
	}
}

// countDifferences counts the rows of a decision that say something else than
// their account, as the report of the run will.
func (p *planner) countDifferences(d dedupe.Decision, first, rest Outcome, by int) {
	if !slices.ContainsFunc(d.Notes, func(n dedupe.Note) bool { return n.Code.Difference() }) {
		return
	}
	for _, row := range recordsOf(d, first, rest, d.Reason, d.Account, "") {
		if row.Detail == nil {
			continue
		}
		differ := Differences(row.Account, row.Reason, row.Detail.Notes)
		for _, code := range differ {
			tally(p.summary.Differences, code, by)
		}
		if len(differ) > 0 {
			p.summary.Differ += by
		}
	}
}

// rights lists what a person gets beyond being a member, each once.
func rights(w dedupe.Write) []string {
	var all []string
	for _, m := range w.Memberships {
		if m.Role != MemberRole {
			all = append(all, "role "+m.Role)
		}
	}
	for _, r := range w.Raise {
		all = append(all, "role "+r.To)
	}
	for _, product := range w.Products {
		all = append(all, "product "+product)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// tally adds to a count, and forgets it at nought.
func tally[K comparable](counts map[K]int, key K, by int) {
	if counts[key] += by; counts[key] == 0 {
		delete(counts, key)
	}
}

// rowReason is why a further row of a person has its outcome.
func rowReason(why reason.Code, rest Outcome) reason.Code {
	if rest == Merged {
		return reason.SamePerson
	}
	return why
}

// RowOutcomes returns what a decision, carried out, means for the row that
// carries it and for the other rows of the person.
func RowOutcomes(d dedupe.Decision) (first, rest Outcome) {
	switch d.Action {
	case dedupe.Reject:
		return Rejected, Rejected
	case dedupe.Review:
		return Review, Review
	case dedupe.Blocked:
		return Blocked, Blocked
	case dedupe.Create:
		return Created, Merged
	case dedupe.Claim:
		return Claimed, Merged
	case dedupe.Update:
		return Updated, Merged
	default:
		return Unchanged, Merged
	}
}
