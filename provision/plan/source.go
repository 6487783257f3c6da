package plan

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/guard"
	"muster/provision/source"
)

// sourced is what a planner knows of the source whose list it is: who was met on
// the list, whatever became of their rows, and what is on record of them.
type sourced struct {
	source  provision.Source
	adopt   bool
	editors []string          // roles that may edit the organization
	names   map[string]string // id of a brand or campaign → its name in plans

	part          bool // only some rows are read
	headerChanged bool // the columns may be other ones than the last time

	known    int  // people whom the source named before, and who lost nothing yet
	whole    bool // the list can be trusted in what it does not name
	unusable []identity.Key
	doubted  map[string]bool // accounts that a row leads to which cannot be used
	vague    vague           // what else such rows say of their people
	again    map[string]bool // run that counted people missing → whether it read these very lists, not long ago

	mu      sync.Mutex
	present []uuid.UUID // in no order, some twice
	sorted  bool

	plan provision.SourcePlan
}

func newSourced(sc provision.Scope) *sourced {
	if sc.Source == nil {
		return nil
	}
	s := &sourced{source: *sc.Source, adopt: sc.Adopt, names: map[string]string{}, doubted: map[string]bool{}, vague: vague{}, again: map[string]bool{}}
	s.editors = source.Editors(sc.Authority.Organization)
	s.names = targetNames(sc.Authority.Organization)
	return s
}

// asked takes in how the lists are to be read.
func (s *sourced) asked(of Settings) {
	if s != nil {
		s.part = of.part() != ""
		s.headerChanged = of.HeaderChanged
	}
}

// read takes in a row: one that cannot be used keeps its person on the list all
// the same.
func (s *sourced) read(r record.Record, organization string) {
	if s == nil || r.Usable() {
		return
	}
	keys, _ := dedupe.Keys(r, organization)
	s.unusable = append(s.unusable, keys...)
	s.vague.read(r)
}

// doubt finds the accounts that rows lead to which cannot be used.
func (s *sourced) doubt(ctx context.Context, p *planner) error {
	for keys := range slices.Chunk(s.unusable, planChunk) {
		err := p.look(ctx, func(d provision.Directory) error {
			found, err := d.Resolve(ctx, keys, nil)
			for _, f := range found {
				s.doubted[f.Account] = true
				s.met(f.Account)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	s.unusable = nil
	return nil
}

// suspect notes what the rows say of people who are rejected or held: who was led
// to an account by what they say no longer may be meant by them.
func (s *sourced) suspect(j dedupe.Judged) {
	open := func(d dedupe.Decision) bool { return d.Action == dedupe.Reject || d.Action == dedupe.Review }
	if !slices.ContainsFunc(j.Decisions, open) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range j.Match.Person.Records {
		s.vague.read(r)
	}
}

func (p *planner) look(ctx context.Context, f func(provision.Directory) error) error {
	return provision.Persist(ctx, func() error { return p.store.Snapshot(ctx, f) })
}

// met notes that an account is on the list.
func (s *sourced) met(account string) {
	id, err := uuid.Parse(account)
	if err != nil {
		return
	}
	s.mu.Lock()
	s.present = append(s.present, id)
	s.mu.Unlock()
}

// has reports whether an account is on the list, once all rows were looked at.
func (s *sourced) has(account string) bool {
	if !s.sorted {
		slices.SortFunc(s.present, compareIDs)
		s.present = slices.Compact(s.present)
		s.sorted = true
	}
	id, err := uuid.Parse(account)
	_, found := slices.BinarySearchFunc(s.present, id, compareIDs)
	return err != nil || found
}

func compareIDs(x, y uuid.UUID) int { return slices.Compare(x[:], y[:]) }

// attach puts what is on record of people beside what was decided about them,
// from the snapshot that they were looked up in, and notes who is on the list.
func (s *sourced) attach(ctx context.Context, d provision.Directory, judged []dedupe.Judged, policy dedupe.Policy) error {
	var accounts, rewritten []string
	for _, j := range judged {
		for _, id := range presentIn(j) {
			s.met(id)
		}
		s.suspect(j)
		for _, decision := range j.Decisions {
			if decision.Account != "" {
				accounts = append(accounts, decision.Account)
			}
			if decision.Account != "" && source.Rewrites(decision.Write) {
				rewritten = append(rewritten, decision.Account)
			}
		}
	}
	known, err := s.recall(ctx, d, policy.Organization, accounts)
	if err == nil {
		known.wrote, err = writersOf(ctx, d, policy.Organization, rewritten, s.source.Name)
	}
	if err != nil {
		return err
	}
	others := besideOthers(judged)
	for n, j := range judged {
		for i := range j.Decisions {
			decision := &j.Decisions[i]
			standing := known.of(decision.Account)
			if decision.Account != "" {
				at := slices.IndexFunc(j.Match.Reached, func(r dedupe.Reached) bool { return r.Account.ID == decision.Account })
				if at < 0 {
					continue // a reviewer chose somebody else: left as they are
				}
				standing.Account = j.Match.Reached[at].Account
			}
			standing.Wanted = j.Match.Person.Wanted(decision.Rows, policy)
			if of := others[decision.Account]; len(of) > 1 {
				standing.Listed = listed(judged, of, policy)
				standing.Follows = of[0] != n
			}
			standing.Administers = source.Administers(standing.Account, s.editors)
			standing.Complete = s.whole && !s.doubted[decision.Account]
			decision.Beside = standing
		}
	}
	return nil
}

// besideOthers are who leads to an account to which others of the lists lead, too, by
// account: places in judged, first who is most surely it.
func besideOthers(judged []dedupe.Judged) map[string][]int {
	others := map[string][]int{}
	for n, j := range judged {
		if !j.Match.Beside {
			continue
		}
		for _, id := range presentIn(j) {
			if id != "" && !slices.Contains(others[id], n) {
				others[id] = append(others[id], n)
			}
		}
	}
	for id, of := range others {
		slices.SortStableFunc(of, func(x, y int) int { return cmp.Compare(surely(judged[y], id), surely(judged[x], id)) })
	}
	return others
}

// surely says how sure it is that somebody is an account: the more, the surer. Whoever
// is it by a reviewer's word alone is left as they are, and comes last.
func surely(j dedupe.Judged, account string) int {
	at := slices.IndexFunc(j.Match.Reached, func(r dedupe.Reached) bool { return r.Account.ID == account })
	decided := slices.ContainsFunc(j.Decisions, func(d dedupe.Decision) bool { return d.Account == account })
	switch {
	case at < 0 || !decided:
		return 0
	case j.Match.Reached[at].Strength() == dedupe.Strong:
		return 2
	}
	return 1
}

// listed is what all of those people want together.
func listed(judged []dedupe.Judged, of []int, policy dedupe.Policy) *dedupe.Wanted {
	var all dedupe.Person
	for _, n := range of {
		all.Records = append(all.Records, judged[n].Match.Person.Records...)
	}
	wanted := all.Wanted(all.Rows(), policy)
	return &wanted
}

// presentIn are the accounts that the rows of somebody lead to: of somebody who
// is held all that they may be.
func presentIn(j dedupe.Judged) []string {
	reached := j.Match.Claimants()
	for _, d := range j.Decisions {
		if d.Action == dedupe.Review {
			reached = j.Match.Reached
		}
	}
	var ids []string
	for _, r := range reached {
		ids = append(ids, r.Account.ID)
	}
	for _, d := range j.Decisions {
		if d.Account != "" {
			ids = append(ids, d.Account)
		}
	}
	return ids
}

// sourceStep is the step of somebody whose list is synced, or to whom sources gave something.
func (p *planner) sourceStep(s change.Step, d dedupe.Decision) change.Step {
	switch beside := d.Beside.(type) {
	case source.Standing:
		return source.Keep(s, beside, p.policy)
	case source.Given:
		return source.Give(s, beside)
	}
	return s
}

// trust says whether the lists that were read, of so many people, can be trusted in
// whom they do not name.
func (s *sourced) trust(lists []provision.ListInfo, people int) {
	now := guard.Look{Lists: provision.ListsOf(lists), People: people, Part: s.part}
	last := guard.Look{Lists: s.source.Header, People: s.source.LastRows}
	s.plan = provision.SourcePlan{Name: s.source.Name, First: s.source.LastRun == "", Complete: true, Held: s.source.Held()}
	if why := guard.Incomplete(now, last, s.headerChanged); why != "" {
		s.plan.Complete = false
		s.plan.Why = reason.Of(why).Meaning
	}
	s.whole = s.plan.Complete
}
