package provision

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/file"
	"muster/importer/record"
)

// ApplyReview carries out what a reviewer decided, as a run of its own:
//
//  1. every decision is checked against the people as they are now; where one
//     has a fault, nothing is done (*ReviewError);
//  2. what is decided becomes a plan of the decided rows, shown to confirm;
//  3. the plan is applied and reported like any other, and the decisions are
//     remembered in the transactions that carry them out.
//
// Rows without a decision stay held and are no part of the run.
func (e *Engine) ApplyReview(ctx context.Context, answers Answers, s ReviewSettings, confirm func(PlanSummary) (bool, error)) (Summary, error) {
	s.All = true
	review, err := e.Review(ctx, answers.Source, s)
	if err != nil {
		return Summary{}, err
	}
	sc, err := e.reviewScope(ctx, review.Binding, s.Operator)
	if err != nil {
		return Summary{}, err
	}
	fingerprint, err := reviewFingerprint(answers, sc)
	if err != nil {
		return Summary{}, err
	}
	before, err := e.runsOf(ctx, sc, fingerprint)
	if err != nil {
		return Summary{}, err
	}
	if i := slices.IndexFunc(before, func(r Run) bool { return len(r.Summary) > 0 }); i >= 0 {
		return e.reviewedBefore(before[i])
	}
	if !slices.ContainsFunc(before, func(r Run) bool { return r.FinishedAt.IsZero() }) { // a run that was interrupted has its plan, and half of it is done
		if _, err := e.decided(&review, answers, sc); err != nil {
			return Summary{}, err
		}
	}
	if err := e.checkKeys(ctx); err != nil {
		return Summary{}, err
	}
	run, resumed, err := e.storeRun(ctx, "review", fingerprint, s.Out, importer.Options{}, review.Lists, sc)
	if err != nil {
		return Summary{}, err
	}
	work, h, err := e.hold(ctx, sc.Authority.Organization.Slug, run, resumed)
	if err != nil {
		return Summary{}, err
	}
	defer e.release(ctx, h)
	j := &job{Engine: e, s: Settings{MaxHeld: s.MaxHeld}, sc: sc, run: run, resumed: resumed, hold: h, command: "review"}
	return j.review(ctx, work, answers, s, confirm)
}

// reviewFingerprint names a review by what was decided and on whose authority.
func reviewFingerprint(answers Answers, sc Scope) (string, error) {
	policy := sc.Policy
	policy.Now = time.Time{}
	type answer struct {
		Row              int
		Digest, Decision string
	}
	var all []answer
	for _, a := range answers.All {
		if a.Decision != "" {
			all = append(all, answer{a.Row, a.Digest, a.Decision})
		}
	}
	slices.SortFunc(all, func(x, y answer) int { return cmp.Compare(x.Row, y.Row) })
	text, err := json.Marshal(struct {
		Source, Operator string
		Policy           dedupe.Policy
		Answers          []answer
	}{answers.Source, sc.Authority.Operator.Account, policy, all})
	sum := sha256.Sum256(text)
	return "review:" + hex.EncodeToString(sum[:]), err
}

// reviewedBefore tells of a review that was applied already.
func (e *Engine) reviewedBefore(done Run) (Summary, error) {
	e.Tell(Notice{Text: "these decisions were applied already, by run " + done.ID + "; nothing is written"})
	var s Summary
	err := json.Unmarshal(done.Summary, &s)
	return s, err
}

// runsOf returns the runs of a fingerprint: one that is open, one that was
// finished and has a summary, those that somebody declined.
func (e *Engine) runsOf(ctx context.Context, sc Scope, fingerprint string) ([]Run, error) {
	runs, err := e.Store.Runs(ctx, sc.Authority.Organization.ID, 1000)
	return slices.DeleteFunc(runs, func(r Run) bool { return r.Fingerprint != fingerprint }), err
}

// decided checks the answers and returns what they come to.
func (e *Engine) decided(review *HeldReview, answers Answers, sc Scope) ([]dedupe.Decision, error) {
	by := deciderWords(DecisionRow{Decider: sc.Authority.Operator.Email, At: e.Now()})
	a := review.answering(by)
	a.faults = slices.Clone(answers.Faults)
	for _, answer := range answers.All {
		a.read(answer)
	}
	decisions := a.resolve(sc.Authority, sc.Policy)
	if len(a.faults) > 0 {
		return nil, &ReviewError{Path: answers.Path, Faults: a.faults}
	}
	if len(decisions) == 0 {
		return nil, &file.Error{Path: answers.Path, Class: file.BadMapping, Msg: "no row has a decision yet", Hint: "fill in the column Decision, then apply the file"}
	}
	return decisions, nil
}

// review plans what was decided, under the lease, and carries it out.
func (j *job) review(ctx, work context.Context, answers Answers, s ReviewSettings, confirm func(PlanSummary) (bool, error)) (Summary, error) {
	if err := j.prepare(j.run.Out); err != nil {
		return Summary{}, err
	}
	planned, err := j.reviewPlan(work, answers, s)
	if err != nil {
		var faults *ReviewError
		if errors.As(err, &faults) { // somebody else was faster
			err = errors.Join(err, j.Store.FinishRun(ctx, j.run.ID, ExitStale, nil, j.Now().UTC()))
		}
		return Summary{}, j.interrupted(ctx, err)
	}
	defer planned.Close()
	if err := j.agreed(ctx, planned, confirm); err != nil {
		return Summary{}, err
	}
	return j.carryOut(ctx, work, planned, false)
}

// reviewPlan makes the plan of a review, or opens the one that an earlier
// start of the same run made.
func (j *job) reviewPlan(ctx context.Context, answers Answers, s ReviewSettings) (*Plan, error) {
	path := filepath.Join(j.run.Out, PlanFile)
	if j.resumed {
		if planned, err := OpenPlan(path); err == nil {
			if planned.Header.Fingerprint == j.run.Fingerprint && j.Links.Sealed(planned.Summary.SHA256, planned.Summary.Seal) {
				return planned, nil
			}
			_ = planned.Close()
		}
	}
	review, err := j.Review(ctx, answers.Source, s)
	if err != nil {
		return nil, err
	}
	decisions, err := j.decided(&review, answers, j.sc)
	if err != nil {
		return nil, err
	}
	return j.writeReviewPlan(path, review, decisions)
}

// writeReviewPlan writes the decided rows and what is decided about them. Rows
// are numbered anew, in their order in the lists.
func (j *job) writeReviewPlan(path string, review HeldReview, decisions []dedupe.Decision) (*Plan, error) {
	numbers := renumbered(decisions)
	var records []record.Record
	for _, p := range review.People {
		for _, r := range p.Rows {
			if n, decided := numbers[r.Row]; decided {
				r.Record.Row = n
				records = append(records, r.Record)
			}
		}
	}
	slices.SortFunc(records, func(a, b record.Record) int { return cmp.Compare(a.Row, b.Row) })
	w, err := NewPlanWriter(path, j.header(j.sc.Bind(countedLists(review.Lists, records)), j.run.Fingerprint))
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	for _, r := range records {
		if err := w.Row(r); err != nil {
			return nil, err
		}
	}
	for _, d := range decisions {
		if err := w.Decide(renumber(d, numbers)); err != nil {
			return nil, err
		}
	}
	return w.Close(j.Links)
}

// renumbered numbers the rows of decisions from 1, in list order.
func renumbered(decisions []dedupe.Decision) map[int]int {
	var rows []int
	for _, d := range decisions {
		rows = append(rows, d.Rows...)
	}
	slices.Sort(rows)
	numbers := map[int]int{}
	for i, row := range rows {
		numbers[row] = i + 1
	}
	return numbers
}

// renumber gives a decision the numbers that its rows have in this run. What
// stands on rows that are no part of it loses its number.
func renumber(d dedupe.Decision, numbers map[int]int) dedupe.Decision {
	d.Rows, d.Notes, d.Path, d.Remember, d.Candidates = slices.Clone(d.Rows), slices.Clone(d.Notes), slices.Clone(d.Path), slices.Clone(d.Remember), slices.Clone(d.Candidates)
	for i := range d.Rows {
		d.Rows[i] = numbers[d.Rows[i]]
	}
	for i := range d.Notes {
		d.Notes[i].Row = numbers[d.Notes[i].Row]
	}
	for i := range d.Path {
		d.Path[i].Row, d.Path[i].Other = numbers[d.Path[i].Row], numbers[d.Path[i].Other]
	}
	for i := range d.Remember {
		d.Remember[i].Row = numbers[d.Remember[i].Row]
	}
	for i := range d.Candidates {
		evidence := slices.Clone(d.Candidates[i].Evidence)
		for n := range evidence {
			evidence[n].Row = numbers[evidence[n].Row]
		}
		d.Candidates[i].Evidence = evidence
	}
	return d
}

// countedLists says how many rows of each list are in a review.
func countedLists(lists []ListInfo, records []record.Record) []ListInfo {
	counted := slices.Clone(lists)
	for i := range counted {
		counted[i].Rows = 0
		for _, r := range records {
			if r.File == counted[i].File && r.Sheet == counted[i].Sheet {
				counted[i].Rows++
			}
		}
	}
	return counted
}
