package pick

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/plan"
	"muster/provision/run"
)

// ErrNobody means that a selection is empty: nothing was done.
var ErrNobody = errors.New("nobody fits what was asked for")

// Run does a verb to everybody whom a selection picks, as a run of its own.
func Run(
	ctx context.Context, e *provision.Engine, sc provision.Scope, verb Verb, s Selection, end run.Ending,
) (provision.Summary, error) {
	src, err := s.Source()
	if err != nil {
		return provision.Summary{}, err
	}
	if list, is := src.(listed); is {
		if editor, edits := verb.(Editor); edits {
			list.reads = editor.Reads
			src = list
		}
	}
	defer src.Close()
	return RunFrom(ctx, e, sc, verb, src, end)
}

// RunFrom is Run for people who come from somewhere else.
func RunFrom(
	ctx context.Context, e *provision.Engine, sc provision.Scope, verb Verb, src Source, end run.Ending,
) (provision.Summary, error) {
	c := &command{Engine: e, Verb: verb, sc: sc, src: src}
	var err error
	if c.fingerprint, err = c.name(); err != nil {
		return provision.Summary{}, err
	}
	return run.Do(ctx, e, sc, c, importer.Options{}, end)
}

// Resumes reports whether such a run was interrupted, and goes on when it is
// asked for again.
func Resumes(ctx context.Context, e *provision.Engine, sc provision.Scope, verb Verb, src Source) (bool, error) {
	c := &command{Engine: e, Verb: verb, sc: sc, src: src}
	name, err := c.name()
	if err != nil {
		return false, err
	}
	before, err := run.Before(ctx, e, sc, name)
	return before.Open != nil, err
}

// Source is where the people of a selection come from.
func (s Selection) Source() (Source, error) {
	switch {
	case len(s.Lists) > 0:
		src, err := plan.OpenLists(plan.Settings{Lists: s.Lists, Reading: s.Reading, Known: true})
		return listed{Selection: s, src: src}, err
	case s.Filter != nil:
		return filtered{s}, nil
	}
	return targets{s}, nil
}

// command is the job of a verb.
type command struct {
	*provision.Engine
	Verb
	sc          provision.Scope
	src         Source
	fingerprint string
}

func (c *command) Fingerprint() string         { return c.fingerprint }
func (c *command) Lists() []provision.ListInfo { return c.src.Lists() }

// Replans reports whether the verb insists on people who changed meanwhile.
func (c *command) Replans() bool {
	_, insists := c.Verb.(Insisting)
	return insists
}

// Anew judges people again whose accounts changed after the plan was made.
func (c *command) Anew(ctx context.Context, planned *plan.Plan, rows [][]int) iter.Seq2[change.Step, error] {
	return func(yield func(change.Step, error) bool) {
		people, err := stale(planned, rows)
		if err != nil {
			yield(change.Step{}, err)
			return
		}
		for part := range slices.Chunk(people, chunk) {
			of, err := c.seen(ctx, part)
			if err != nil {
				yield(change.Step{}, err)
				return
			}
			for _, p := range part {
				s := c.gone(p.Rows)
				if person, there := of[p.Account]; there {
					s = judged(p.Rows, person, c.Judge(person, c.sc.Policy))
				}
				if !yield(s, nil) {
					return
				}
			}
		}
	}
}

// stale are the people of some rows, as a plan has them.
func stale(planned *plan.Plan, rows [][]int) ([]Picked, error) {
	wanted := map[int]bool{}
	for _, of := range rows {
		wanted[of[0]] = true
	}
	var people []Picked
	for s, err := range planned.Steps() {
		if err != nil {
			return nil, err
		}
		if wanted[s.Key()] {
			people = append(people, Picked{Rows: s.Rows, Account: s.Account})
		}
	}
	return people, nil
}

// Agreed tells the source, where it has to know.
func (c *command) Agreed(ctx context.Context) error {
	if src, asks := c.src.(Agreed); asks {
		return src.Agreed(ctx, c.Engine)
	}
	return nil
}

// Begin lets the source write what it has to, where it has.
func (c *command) Begin(ctx context.Context, tx provision.Tx, r provision.Run) error {
	if src, writes := c.src.(Beginner); writes {
		return src.Begin(ctx, c.Engine, tx, r)
	}
	return nil
}

// Again is the command that goes on where a guard stops it, "" where none can, and what
// to see to first.
func (c *command) Again() (command, see string) {
	if g, guarded := c.Verb.(Guarded); guarded {
		return g.Again()
	}
	return "", ""
}

// Closes ends a run that has nothing to do, or whose lists cannot be read.
func (c *command) Closes(err error) (int, bool) {
	if errors.Is(err, ErrNobody) {
		return provision.ExitOK, true
	}
	return run.Unread(err)
}

// name is the fingerprint of the command.
func (c *command) name() (string, error) {
	policy := c.sc.Policy
	policy.Now = time.Time{}
	text, err := json.Marshal(struct {
		Kind, Operator, BaseURL string
		Asked, Options          any
		Policy                  dedupe.Policy
	}{c.Kind(), c.sc.Authority.Operator.Account, c.sc.BaseURL, c.src.Asked(), c.Options(), policy})
	if err != nil {
		return "", fmt.Errorf("naming the run: %w", err)
	}
	sum := sha256.Sum256(text)
	return c.Kind() + ":" + hex.EncodeToString(sum[:]), nil
}

// Plan picks everybody, and judges them one after the other.
func (c *command) Plan(ctx context.Context, path string) (*plan.Plan, error) {
	bound := c.sc.Bind(c.src.Lists())
	w, err := plan.NewWriter(path, plan.Header(c.Engine, bound, c.fingerprint))
	if err != nil {
		return nil, err
	}
	defer w.Discard()
	w.For(c.Kind())
	if _, erases := c.Verb.(Eraser); erases {
		w.Rewrite(bare)
	}
	c.Tell(provision.PhaseStarted{Phase: provision.Matching})
	all, err := c.src.Pick(ctx, c.Engine, c.sc, w)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, ErrNobody
	}
	all = joined(all)
	for part := range slices.Chunk(all, chunk) {
		if err := c.judge(ctx, w, part); err != nil {
			return nil, err
		}
	}
	c.Tell(provision.PhaseDone{Phase: provision.Matching, Done: len(all)})
	if g, guarded := c.Verb.(Guarded); guarded {
		if err := w.Guard(g.Guards(c.sc)); err != nil {
			return nil, err
		}
	}
	return w.Close(c.Links)
}

// joined makes one of what is of one account, in the order of the first rows.
func joined(all []Picked) []Picked {
	at := map[string]int{}
	var people []Picked
	for _, p := range all {
		first, again := at[p.Account]
		if p.Account != "" && again {
			people[first].Rows = append(people[first].Rows, p.Rows...)
			people[first].Said = append(people[first].Said, p.Said...)
			continue
		}
		at[p.Account] = len(people)
		people = append(people, p)
	}
	slices.SortStableFunc(people, func(a, b Picked) int { return slices.Compare(a.Rows, b.Rows) })
	return people
}

// judge plans for some people.
func (c *command) judge(ctx context.Context, w *plan.Writer, part []Picked) error {
	of, err := c.seen(ctx, part)
	if err != nil {
		return err
	}
	for _, p := range part {
		if err := c.step(w, p, of); err != nil {
			return err
		}
	}
	return nil
}

// seen reads some people, all in one snapshot, by their accounts.
func (c *command) seen(ctx context.Context, part []Picked) (map[string]Person, error) {
	var ids []string
	for _, p := range part {
		if p.Account != "" {
			ids = append(ids, p.Account)
		}
	}
	eraser, _ := c.Verb.(Eraser)
	people, err := read(ctx, c.Engine, c.sc.Policy, ids, eraser, func(d provision.Directory) error {
		if recaller, recalls := c.Verb.(Recaller); recalls {
			return recaller.Recall(ctx, d, c.sc, ids)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	of := make(map[string]Person, len(people))
	for _, p := range people {
		of[p.Account.ID] = p
	}
	if _, gives := c.Verb.(Giver); gives {
		if err := sourced(ctx, c.Engine, c.sc.Authority.Organization, of); err != nil {
			return nil, err
		}
	}
	if editor, edits := c.Verb.(Editor); edits {
		for _, p := range part {
			if person, there := of[p.Account]; there {
				person.Said = p.Said
				of[p.Account] = person
			}
		}
		if err := consult(ctx, c.Engine, c.sc.Policy, of, editor); err != nil {
			return nil, err
		}
	}
	return of, nil
}

// step plans for one person.
func (c *command) step(w *plan.Writer, p Picked, of map[string]Person) error {
	if p.Settled != nil {
		return w.Step(c.settled(*p.Settled))
	}
	person, there := of[p.Account]
	if !there && len(p.Rows) == 0 {
		return nil
	}
	if !there {
		return w.Step(c.gone(p.Rows))
	}
	j := c.Judge(person, c.sc.Policy)
	if j.Ends {
		w.Ends(person.Invitation.Way(time.Local))
	}
	if j.Ends && j.Also.Invitation.Lives(c.sc.Policy.Now) {
		w.Ends(j.Also.Invitation.Way(time.Local))
	}
	if len(p.Rows) == 0 {
		return missing(w, person.Account, stepOf(nil, person.Account, j), j.Lost, c.sc.Policy)
	}
	return w.Step(judged(p.Rows, person, j))
}

// judged is the step of somebody who is on some rows.
func judged(rows []int, p Person, j Judgement) change.Step {
	s := stepOf(rows, p.Account, j)
	if len(p.Runs) > 0 && j.Outcome == provision.Updated {
		s.Detail = &provision.Detail{Runs: p.Runs}
	}
	return s
}

// gone is the step of somebody who is not there any more.
func (c *command) gone(rows []int) change.Step {
	return c.settled(*Vain(rows, reason.NobodyMatches).Settled)
}

// missing writes the step of somebody who is on no row.
func missing(w *plan.Writer, a dedupe.Account, s change.Step, lost *provision.RemovalDetail, policy dedupe.Policy) error {
	s.Missing = &change.Missing{}
	if lost != nil {
		s.Missing.Detail, _ = json.Marshal(lost) // words always marshal
	}
	w.Lost(a, s, policy)
	return w.Missing(s)
}

// settled is what rows end in that are of no account: an eraser has a word of
// its own for those that lead to nobody, and keeps nothing of the others.
func (c *command) settled(s change.Step) change.Step {
	eraser, erases := c.Verb.(Eraser)
	if !erases {
		return s
	}
	s.Detail = nil
	if s.First.Reason != reason.NobodyMatches {
		return s
	}
	return stepOf(s.Rows, dedupe.Account{}, eraser.Nobody())
}

// stepOf carries a judgement out, for an account as it was seen.
func stepOf(rows []int, a dedupe.Account, j Judgement) change.Step {
	s := change.On(a.ID, a.Version, j.Action, j.Changes...)
	s.Undoes = j.Undoes
	s.Rows = rows
	if also := j.Also.Account; also.ID != "" {
		own := identity.Key{Space: dedupe.AccountSpace, Value: also.ID}
		s.Watch = append(s.Watch, dedupe.Watched{Key: own, Account: also.ID, Version: also.Version})
	}
	s.Watch = append(s.Watch, j.Watch...)
	if len(j.Problems) > 0 {
		s.Detail = &provision.Detail{Problems: j.Problems}
	}
	if j.Show != "" {
		s.Link = dedupe.ShowLink
		s.LinkID = j.Show
	}
	s.First = j.Verdict
	if len(j.Notes) > 0 {
		s.Detail = &provision.Detail{Notes: j.Notes}
	}
	if len(rows) > 1 {
		s.Rest = change.Verdict{Outcome: provision.Merged, Reason: reason.SamePerson}
		if j.Outcome == provision.Rejected {
			s.Rest = j.Verdict
		}
	}
	return s
}
