package provision

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/identity"
	"muster/importer/reason"
)

// planChunk is how many people are looked up in one snapshot.
const planChunk = 2000

// planner makes a plan: it reads the lists into the plan file, gathers
// people, looks them up, decides, and writes nothing anywhere else.
type planner struct {
	store     Store
	authority *Authority
	policy    dedupe.Policy
	mark      func(identity.Key, string) string // suppression mark of a key
	tell      func(Event)

	w        *planWriter
	offsets  []int64 // of the rows written
	clusters *dedupe.Clusters
	contest  dedupe.Contest
	drafts   *drafts
	summary  PlanSummary
}

// plan writes the plan of the lists to path. What is there is replaced; a
// plan that was not finished has no summary and is never taken for one.
func (p *planner) plan(ctx context.Context, path string, header PlanHeader, lists []*importer.List) (PlanSummary, error) {
	w, err := newPlanWriter(path)
	if err != nil {
		return p.summary, err
	}
	defer w.file.Close()
	p.w = w
	p.summary = PlanSummary{Outcomes: map[Outcome]int{}, Reasons: map[reason.Code]int{}, Lists: header.Lists}
	if err := w.line(planLine, header); err != nil {
		return p.summary, err
	}
	if err := p.read(ctx, lists); err != nil {
		return p.summary, err
	}
	if p.drafts, err = newDrafts(path + ".decisions"); err != nil {
		return p.summary, err
	}
	defer p.drafts.remove()
	if err := p.decide(ctx); err != nil {
		return p.summary, err
	}
	replaced, err := p.rejudge(ctx)
	if err != nil {
		return p.summary, err
	}
	if err := p.drafts.copyTo(p, replaced); err != nil {
		return p.summary, err
	}
	return w.close(p.summary)
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
	if err := p.read(ctx, lists); err != nil {
		return err
	}
	_, err = w.close(p.summary)
	return err
}

// read parses every row of every list into the plan file and gathers people.
// Only when all lists were read whole does anything else happen.
func (p *planner) read(ctx context.Context, lists []*importer.List) error {
	p.tell(PhaseStarted{Phase: Reading, Total: rowsHint(lists)})
	g := dedupe.NewGatherer()
	for i, l := range lists {
		columns := columnsOf(l.Info())
		before := len(p.offsets)
		for row, err := range l.Rows(ctx) {
			if err != nil {
				return err
			}
			r := l.Parse(row)
			r.Row = len(p.offsets) + 1
			r = p.authority.Check(r, columns)
			p.offsets = append(p.offsets, p.w.at)
			if err := p.w.line(rowLine, r); err != nil {
				return err
			}
			g.Add(r)
			p.progress(Reading, r.Row)
		}
		p.summary.Lists[i].Rows = len(p.offsets) - before
		p.summary.Lists[i].Notes = noteWords(l.Info())
	}
	p.summary.Rows = len(p.offsets)
	p.tell(PhaseDone{Phase: Reading, Done: p.summary.Rows})
	if err := p.w.buf.Flush(); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	var err error
	p.clusters, err = g.Close(p.load)
	return err
}

func rowsHint(lists []*importer.List) int {
	total := 0
	for _, l := range lists {
		hint := l.Info().RowsHint
		if hint == 0 {
			return 0
		}
		total += hint
	}
	return total
}

func (p *planner) progress(phase Phase, done int) {
	if done%1000 == 0 {
		p.tell(Progress{Phase: phase, Done: done})
	}
}

func (p *planner) load(row int) (importer.Record, error) {
	return readRecord(p.w.file, p.offsets, row)
}

// decide matches and decides every person, in the order of their first rows.
func (p *planner) decide(ctx context.Context) error {
	p.tell(PhaseStarted{Phase: Matching, Total: p.summary.Rows})
	var chunk []dedupe.Person
	row := 0
	flush := func() error {
		err := p.decideChunk(ctx, chunk)
		chunk = chunk[:0]
		p.tell(Progress{Phase: Matching, Done: row})
		return err
	}
	if p.summary.Rows > 0 {
		for record, err := range lines[importer.Record](p.w.file, p.offsets[0], p.w.at) {
			if err != nil {
				return err
			}
			if row++; p.clusters.First(row) != row {
				continue
			}
			person, err := p.clusters.Person(row, func(n int) (importer.Record, error) {
				if n == row {
					return record, nil
				}
				return p.load(n)
			})
			if err != nil {
				return err
			}
			if chunk = append(chunk, person); len(chunk) == planChunk {
				if err := flush(); err != nil {
					return err
				}
			}
		}
	}
	err := flush()
	p.tell(PhaseDone{Phase: Matching, Done: row})
	return err
}

func (p *planner) decideChunk(ctx context.Context, people []dedupe.Person) error {
	matches, err := p.match(ctx, people)
	if err != nil {
		return err
	}
	for _, m := range matches {
		p.contest.Add(m)
		d := dedupe.Decide(m, p.policy)
		p.count(d, 1)
		if err := p.drafts.add(d); err != nil {
			return err
		}
	}
	return nil
}

// match looks up every key of some people in one snapshot.
func (p *planner) match(ctx context.Context, people []dedupe.Person) ([]dedupe.Match, error) {
	if len(people) == 0 {
		return nil, nil
	}
	organization := p.authority.Organization.ID
	q := newQuery(people, organization)
	err := p.store.Snapshot(ctx, func(d Directory) error { return q.run(ctx, d, p.policy, p.mark) })
	if err != nil {
		return nil, fmt.Errorf("looking up rows from %d on: %w", people[0].First(), err)
	}
	matches := make([]dedupe.Match, len(people))
	for i, person := range people {
		matches[i] = dedupe.NewMatch(person, organization, q.hits, q.accounts)
		matches[i].Erased = q.erases(matches[i].Keys)
	}
	return matches, nil
}

// rejudge joins people whom one account ties together, and keeps those who
// only look like an account that others reach from claiming it. It returns
// the decisions that replace those made before; nil drops one.
func (p *planner) rejudge(ctx context.Context) (map[int]*dedupe.Decision, error) {
	rivals := p.contest.Rivals()
	replaced := map[int]*dedupe.Decision{}
	var people []dedupe.Person
	for _, group := range rivals.Joined {
		var parts []dedupe.Person
		for _, first := range group {
			part, err := p.clusters.Person(first, p.load)
			if err != nil {
				return nil, err
			}
			parts = append(parts, part)
			replaced[first] = nil
		}
		people = append(people, dedupe.Join(parts...))
	}
	for first := range rivals.Weak {
		if _, joined := replaced[first]; joined {
			continue
		}
		person, err := p.clusters.Person(first, p.load)
		if err != nil {
			return nil, err
		}
		people = append(people, person)
	}
	for start := 0; start < len(people); start += planChunk {
		matches, err := p.match(ctx, people[start:min(start+planChunk, len(people))])
		if err != nil {
			return nil, err
		}
		for _, m := range matches {
			m.Contested = rivals.Weak[m.Person.First()]
			d := dedupe.Decide(m, p.policy)
			replaced[m.Person.First()] = &d
		}
	}
	return replaced, nil
}

// count adds a decision to the summary, or takes one off it (by -1).
func (p *planner) count(d dedupe.Decision, by int) {
	p.summary.People += by
	tally(p.summary.Reasons, d.Reason, by)
	first, rest := rowOutcomes(d)
	tally(p.summary.Outcomes, first, by)
	tally(p.summary.Outcomes, rest, by*(len(d.Rows)-1))
	effects := &p.summary.SideEffects
	switch d.Link {
	case dedupe.ReissueLink:
		effects.LinksKilled += by
		effects.LinksIssued += by
	case dedupe.IssueLink:
		effects.LinksIssued += by
	}
	effects.RolesRaised += by * len(d.Write.Raise)
	if d.Write.Activate != "" {
		effects.BlocksLifted += by
	}
}

// tally adds to a count, and forgets it at nought.
func tally[K comparable](counts map[K]int, key K, by int) {
	if counts[key] += by; counts[key] == 0 {
		delete(counts, key)
	}
}

// rowOutcomes returns what a decision, carried out, means for the row that
// carries it and for the other rows of the person.
func rowOutcomes(d dedupe.Decision) (first, rest Outcome) {
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

// query is what is asked of the directory for some people at once, and what
// it answered.
type query struct {
	organization string
	keys, hints  []identity.Key
	hits         map[identity.Key][]string
	accounts     map[string]dedupe.Account
	erased       map[string]bool // suppression marks on record
	marks        map[identity.Key]string
}

func newQuery(people []dedupe.Person, organization string) *query {
	q := &query{organization: organization, hits: map[identity.Key][]string{}, accounts: map[string]dedupe.Account{}}
	for _, p := range people {
		if p.Records[0].Usable() {
			keys, hints := p.Keys(organization)
			q.keys, q.hints = append(q.keys, keys...), append(q.hints, hints...)
		}
	}
	return q
}

func (q *query) run(ctx context.Context, d Directory, policy dedupe.Policy, mark func(identity.Key, string) string) error {
	clear(q.hits)
	found, err := d.Resolve(ctx, q.keys, q.hints)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	var ids []string
	for _, f := range found {
		q.hits[f.Key] = append(q.hits[f.Key], f.Account)
		if !seen[f.Account] {
			seen[f.Account] = true
			ids = append(ids, f.Account)
		}
	}
	accounts, err := d.Accounts(ctx, q.organization, ids, policy.Now)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		q.accounts[a.ID] = a
	}
	return q.suppressed(ctx, d, mark)
}

// suppressed looks up the marks of erased people, where there are any.
func (q *query) suppressed(ctx context.Context, d Directory, mark func(identity.Key, string) string) error {
	any, err := d.Suppressions(ctx, q.organization)
	if err != nil || !any {
		return err
	}
	q.marks, q.erased = map[identity.Key]string{}, map[string]bool{}
	var marks []string
	for _, k := range q.keys {
		q.marks[k] = mark(k, q.organization)
		marks = append(marks, q.marks[k])
	}
	hit, err := d.Suppressed(ctx, q.organization, marks)
	for _, m := range hit {
		q.erased[m] = true
	}
	return err
}

func (q *query) erases(keys []identity.Key) bool {
	for _, k := range keys {
		if q.erased[q.marks[k]] {
			return true
		}
	}
	return false
}

// drafts holds decisions until it is known which of them stand.
type drafts struct {
	path   string
	file   *os.File
	buf    *bufio.Writer
	firsts []uint32 // first row of the person of each line
}

func newDrafts(path string) (*drafts, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	return &drafts{path: path, file: f, buf: bufio.NewWriterSize(f, 1<<18)}, nil
}

func (d *drafts) remove() {
	_ = d.file.Close()
	_ = os.Remove(d.path)
}

func (d *drafts) add(decision dedupe.Decision) error {
	text, err := json.Marshal(decision)
	if err == nil {
		_, err = d.buf.Write(append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	d.firsts = append(d.firsts, uint32(decision.Rows[0]))
	return nil
}

// copyTo writes the decisions that stand to the plan.
func (d *drafts) copyTo(p *planner, replaced map[int]*dedupe.Decision) error {
	if err := d.buf.Flush(); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	in := bufio.NewReaderSize(d.file, 1<<18)
	for _, first := range d.firsts {
		text, err := in.ReadBytes('\n')
		if err != nil {
			return fmt.Errorf("writing the plan: %w", err)
		}
		instead, replace := replaced[int(first)]
		if !replace {
			if err := p.w.raw(append([]byte(decisionLine), text[1:]...)); err != nil {
				return err
			}
			continue
		}
		var before dedupe.Decision
		if err := json.Unmarshal(text, &before); err != nil {
			return fmt.Errorf("writing the plan: %w", err)
		}
		p.count(before, -1)
		if instead == nil {
			continue
		}
		p.count(*instead, 1)
		if err := p.w.line(decisionLine, instead); err != nil {
			return err
		}
	}
	return nil
}
