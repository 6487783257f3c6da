// Package review takes the decisions of people about those who were held, checks
// them against what holds now, and applies them as a run of their own.
package review

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/file"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
	"muster/provision/run"
	"muster/provision/words"
)

// Apply carries out what a reviewer decided, as a run of its own:
//
//  1. every decision is checked against the people as they are now; where one
//     has a fault, nothing is done (*Error);
//  2. what is decided becomes a plan of the decided rows, shown to confirm;
//  3. the plan is applied and reported like any other, and the decisions are
//     remembered in the transactions that carry them out.
//
// Rows without a decision stay held and are no part of the run.
func Apply(
	ctx context.Context, e *provision.Engine, answers Answers, operator string, end run.Ending,
) (provision.Summary, error) {
	review, err := plan.Held(ctx, e, answers.Source, plan.HeldSettings{Operator: operator, All: true, Decided: true})
	if err != nil {
		return provision.Summary{}, err
	}
	sc, err := plan.HeldScope(ctx, e, review.Binding, operator)
	if err != nil {
		return provision.Summary{}, err
	}
	job := &reviewing{Engine: e, answers: answers, operator: operator, sc: sc, lists: review.Lists, list: review.List}
	if job.fingerprint, err = reviewFingerprint(answers, sc); err != nil {
		return provision.Summary{}, err
	}
	before, err := run.Before(ctx, e, sc, job.fingerprint)
	if err != nil {
		return provision.Summary{}, err
	}
	if before.Finished != nil {
		return reviewedBefore(e, *before.Finished)
	}
	if before.Open == nil { // one that was interrupted has its plan, and half of it is done
		_, err := job.decided(&review)
		var done *appliedError
		switch {
		case errors.As(err, &done):
			return appliedAlready(ctx, e, done)
		case err != nil:
			return provision.Summary{}, err
		}
	}
	return run.Do(ctx, e, sc, job, importer.Options{}, end)
}

// reviewing is the job of a review.
type reviewing struct {
	*provision.Engine
	answers     Answers
	operator    string
	sc          provision.Scope
	lists       []provision.ListInfo
	list        string // that the people were held of, see provision.ListName
	fingerprint string
}

func (r *reviewing) Kind() string                 { return provision.ReviewKind }
func (r *reviewing) Fingerprint() string          { return r.fingerprint }
func (r *reviewing) Lists() []provision.ListInfo  { return r.lists }
func (r *reviewing) List() string                 { return r.list }
func (r *reviewing) Replans() bool                { return false }
func (r *reviewing) Agreed(context.Context) error { return nil }

// Closes ends a review whose decisions cannot be applied any more: somebody else
// was faster.
func (r *reviewing) Closes(err error) (int, bool) {
	var faults *Error
	return provision.ExitStale, errors.As(err, &faults)
}

// Plan looks at the people again, now that nobody else writes, and writes what
// was decided.
func (r *reviewing) Plan(ctx context.Context, path string) (*plan.Plan, error) {
	review, err := plan.Held(ctx, r.Engine, r.answers.Source, plan.HeldSettings{Operator: r.operator, All: true, Decided: true})
	if err != nil {
		return nil, err
	}
	decided, err := r.decided(&review)
	if err != nil {
		return nil, err
	}
	r.tellAlready(len(decided.already))
	inVain := r.tellOpen(review, decided.open)
	return r.write(path, review, decided.decisions, inVain)
}

// reviewFingerprint names a review by what was decided and on whose authority.
func reviewFingerprint(answers Answers, sc provision.Scope) (string, error) {
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
func reviewedBefore(e *provision.Engine, done provision.Run) (provision.Summary, error) {
	e.Tell(provision.Notice{Text: "these decisions were applied already, by run " + done.ID + "; nothing is written"})
	var s provision.Summary
	err := json.Unmarshal(done.Summary, &s)
	return s, err
}

// decided is what the answers of a file come to.
type decided struct {
	decisions []dedupe.Decision
	open      []openPerson            // who stays held though something was decided about them
	already   []provision.DecisionRow // what was applied before
}

// decided checks the answers and returns what they come to. Where everybody stays held,
// it is a fault.
func (r *reviewing) decided(review *provision.HeldReview) (decided, error) {
	by := plan.Decider(provision.DecisionRow{Decider: r.sc.Authority.Operator.Email, At: r.Now()})
	a := newAnswering(review, r.answers.In, by)
	a.faults = slices.Clone(r.answers.Faults)
	a.whole = r.answers.Whole
	a.asked = r.answers.Whole
	for _, answer := range r.answers.All {
		a.read(answer)
	}
	decisions := a.resolve(r.sc.Authority, r.sc.Policy)
	if len(decisions)+len(a.faults) == 0 && len(a.open) > 0 {
		a.whole = true
		decisions = a.resolve(r.sc.Authority, r.sc.Policy)
	}
	if len(a.faults) > 0 {
		return decided{}, &Error{Path: r.answers.Path, Faults: a.faults, in: r.answers.In, places: linesOf(*review)}
	}
	if len(decisions) == 0 && len(a.already) > 0 {
		return decided{}, &appliedError{path: r.answers.Path, run: newestOf(a.already)}
	}
	if len(decisions) == 0 {
		return decided{}, &file.Error{
			Path:  r.answers.Path,
			Class: file.BadMapping,
			Msg:   "no row has a decision yet",
			Hint:  "fill in the column " + r.answers.In.Say("Decision") + ", then apply the file",
		}
	}
	return decided{decisions, a.open, a.already}, nil
}

// tellAlready says of how many rows the file says what was applied before.
func (r *reviewing) tellAlready(rows int) {
	if rows > 0 {
		r.Tell(provision.Notice{Text: r.answers.Path + ": " + words.In{}.Count(rows,
			"1 row was decided already, as the file says, and is left as it is", "%s rows were decided already, as the file says, and are left as they are")})
	}
}

// tellOpen warns of rows that were decided in vain, as one that they contradict was not,
// and counts them.
func (r *reviewing) tellOpen(review provision.HeldReview, open []openPerson) (inVain int) {
	places := linesOf(review)
	for _, p := range open {
		var without, with []string
		for _, row := range p.Rows {
			if slices.Contains(p.open, row.Row) {
				without = append(without, places[row.Row])
			} else {
				with = append(with, places[row.Row])
			}
		}
		inVain += len(with)
		r.Tell(provision.Warning{Text: fmt.Sprintf("%s: no decision stands beside %s, so that %s, held together with it, cannot be decided either, "+
			"and all of them stay held; fill it in and apply the file again: %s", r.answers.Path, words.In{}.And(without), words.In{}.And(with),
			r.answers.In.Choosing(`"Leave out" leaves a row alone`))})
	}
	return inVain
}

// write writes the decided rows and what is decided about them. Rows
// are numbered anew, in their order in the lists.
func (r *reviewing) write(path string, review provision.HeldReview, decisions []dedupe.Decision, inVain int) (*plan.Plan, error) {
	numbers := renumbered(decisions)
	var records []record.Record
	for _, p := range review.People {
		for _, row := range p.Rows {
			if n, decided := numbers[row.Row]; decided {
				row.Record.Row = n
				records = append(records, row.Record)
			}
		}
	}
	slices.SortFunc(records, func(a, b record.Record) int { return cmp.Compare(a.Row, b.Row) })
	bound := r.sc.Bind(countedLists(review.Lists, records))
	bound.Asked = review.Asked
	bound.Reviewed = r.answers.Source
	bound.InVain = inVain
	w, err := plan.NewWriter(path, plan.Header(r.Engine, bound, r.fingerprint))
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	for _, one := range records {
		if err := w.Row(one); err != nil {
			return nil, err
		}
	}
	for _, d := range decisions {
		if err := w.Step(plan.FromDecision(renumber(d, numbers), r.sc.Policy.Organization)); err != nil {
			return nil, err
		}
	}
	return w.Close(r.Links)
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
	d.Rows = slices.Clone(d.Rows)
	d.Notes = slices.Clone(d.Notes)
	d.Path = slices.Clone(d.Path)
	d.Remember = slices.Clone(d.Remember)
	d.Candidates = slices.Clone(d.Candidates)
	for i := range d.Rows {
		d.Rows[i] = numbers[d.Rows[i]]
	}
	for i := range d.Notes {
		d.Notes[i].Row = numbers[d.Notes[i].Row]
	}
	for i := range d.Path {
		d.Path[i].Row = numbers[d.Path[i].Row]
		d.Path[i].Other = numbers[d.Path[i].Other]
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
func countedLists(lists []provision.ListInfo, records []record.Record) []provision.ListInfo {
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
