package pick

import (
	"context"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// A Verb is what a command does to each of the people it is about. It decides
// and does nothing: values go in, a value comes out.
type Verb interface {
	// Kind names the command, and its runs in the database: "links reissue".
	Kind() string
	// Options are what a run depends on beside people, policy and directory;
	// they have to be plain data.
	Options() any
	// Judge says what becomes of a person.
	Judge(p Person, policy dedupe.Policy) Judgement
}

// An Eraser is a verb that removes people. Whoever it is about stands nowhere
// when it is done: its rows are told by their places alone, and its people come
// with the marks of what leads to them.
type Eraser interface {
	Verb
	// Everywhere says that the marks are to hold for the whole platform.
	Everywhere() bool
	// Nobody is what becomes of rows that lead to nobody.
	Nobody() Judgement
}

// An Insisting verb keeps people out: whoever changed something between the plan and
// its end is judged again, and does not get away by that. The others are reported as
// they are, stale, since somebody agreed to what they saw.
type Insisting interface {
	Verb
	Insists()
}

// A Giver is a verb that gives people access by hand: they come with what sources of
// lists gave them.
type Giver interface {
	Verb
	GivesAccess()
}

// A Guarded verb takes from many at once: the guards of the organization hold for it.
type Guarded interface {
	Verb
	// Guards is the scope whose guards hold.
	Guards(sc provision.Scope) provision.Scope
	// Again is the command that goes on all the same, without the flags that let it, and
	// what to see to first.
	Again() (command, see string)
}

// A Recaller is a verb that judges by more than what people come with. It reads that of
// some of them, in the snapshot that they are seen in, and need keep it no longer than
// until it is asked for others: how many there are in all has no bound.
type Recaller interface {
	Verb
	Recall(ctx context.Context, d provision.Directory, sc provision.Scope, accounts []string) error
}

// A Judgement is what becomes of a person.
type Judgement struct {
	change.Verdict
	Action  change.Action            // what the audit calls the changes
	Changes change.Changes           // none where nothing is written
	Undoes  string                   // id of the run that the changes take back, "" for none
	Show    string                   // id of the link that the report shows, "" for none and for one that is issued
	Ends    bool                     // a live link of theirs stops working
	Lost    *provision.RemovalDetail // by somebody who is on no row; nil for nothing
	Also    Person                   // another account that is written to, as it was; zero for none
	Notes   []dedupe.Note            // what else is worth knowing

	Watch    []dedupe.Watched // beside the account: the step is stale where one of them leads elsewhere by then
	Problems []record.Problem // of values that cannot be used
}

// Rejected is the judgement that it cannot be done, and why.
func Rejected(why reason.Code) Judgement {
	return Judgement{Verdict: change.Verdict{Outcome: provision.Rejected, Reason: why}}
}

// Left is the judgement that there is nothing to do, and why.
func Left(why reason.Code) Judgement {
	return Judgement{Verdict: change.Verdict{Outcome: provision.Unchanged, Reason: why}}
}

// Done is the judgement that an account is changed, and why.
func Done(why reason.Code, action change.Action, changes ...change.Change) Judgement {
	return Judgement{
		Verdict: change.Verdict{Outcome: provision.Updated, Reason: why},
		Action:  action,
		Changes: changes,
	}
}
