package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"sync"
	"time"

	"muster/provision"
	"muster/provision/review"
	"muster/provision/words"
)

// Options say what is reviewed, and how it is applied.
type Options struct {
	Sitting *review.Sitting
	// Apply carries answers out, asking about its plan; what it does is a run.
	Apply func(ctx context.Context, answers review.Answers, confirm Confirm) (provision.Summary, error)
	// Again looks at the held people as they are by now.
	Again func(context.Context) (*review.Sitting, error)
	// Idle is how long nobody may ask for anything before the desk closes.
	Idle time.Duration
	// Fault is told of what went wrong on our side.
	Fault func(error)
	Now   func() time.Time
}

// Confirm is shown a plan before anything is written, and says whether to go on.
type Confirm func(provision.PlanSummary) (bool, error)

// A stage says how far the answers are on their way.
type stage int

// The stages. From asking it goes on to writing, or back to deciding.
const (
	deciding stage = 1 + iota
	planning
	asking
	writing
	applied
)

// A Desk is the handler of all requests, and what it knows of the review.
type Desk struct {
	Options
	in      words.In
	door    door
	screens screens

	mu      sync.Mutex
	sitting *review.Sitting
	version int // of the answers: another one with each
	stage   stage
	turn    chan struct{} // closed when the stage turns
	plan    provision.PlanSummary
	summary provision.Summary
	failed  error // why the last attempt came to nothing
	asked   time.Time
	closed  bool

	wishes    chan review.Answers // to be applied
	confirmed chan bool
	ended     chan struct{}
}

// New makes a desk. An error is a mistake in a template.
func New(o Options) (*Desk, error) {
	screens, err := readScreens(o.Sitting.In)
	return &Desk{
		Options: o, in: o.Sitting.In, door: newDoor(), screens: screens,
		sitting: o.Sitting, stage: deciding, turn: make(chan struct{}), asked: o.Now(),
		wishes: make(chan review.Answers, 1), confirmed: make(chan bool), ended: make(chan struct{}),
	}, err
}

// Address is where the desk opens, once, at a host like 127.0.0.1:4711.
func (d *Desk) Address(host string) string {
	d.door.hosts = hosts(host)
	return "http://" + host + openPath + d.door.token
}

// Close says how the desk closed.
type Close struct {
	Applied bool // with this summary
	Summary provision.Summary
	Idle    bool // because nobody asked for anything any more
	Failed  error
}

// afterwards is how long the result can be looked at.
const afterwards = 2 * time.Minute

// Wait applies answers when somebody wishes it, until they end the review, or
// are gone for long, or the context ends.
func (d *Desk) Wait(ctx context.Context) (Close, error) {
	for {
		left := d.left()
		timer := time.NewTimer(left)
		select {
		case answers := <-d.wishes:
			d.carryOut(ctx, answers)
		case <-d.ended:
			return d.close(false), nil
		case <-ctx.Done():
			return d.close(false), ctx.Err()
		case <-timer.C:
			if d.left() <= 0 {
				return d.close(true), nil
			}
		}
		timer.Stop()
	}
}

// left is how much longer the desk waits for a request.
func (d *Desk) left() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	patience := d.Idle
	if d.stage == applied {
		patience = min(patience, afterwards)
	}
	return patience - d.Now().Sub(d.asked)
}

func (d *Desk) close(idle bool) Close {
	d.mu.Lock()
	defer d.mu.Unlock()
	return Close{Applied: d.stage == applied, Summary: d.summary, Idle: idle, Failed: d.failed}
}

// carryOut applies answers, and tells the desk how it went.
func (d *Desk) carryOut(ctx context.Context, answers review.Answers) {
	summary, err := d.Apply(ctx, answers, func(p provision.PlanSummary) (bool, error) { return d.confirm(ctx, p) })
	var again *review.Sitting
	if err != nil && ctx.Err() == nil {
		if looked, wrong := d.Again(ctx); wrong == nil {
			again = looked
		} else {
			err = errors.Join(err, wrong)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failed = err
	if err == nil {
		d.sitting.Forget()
		d.summary = summary
		d.enter(applied)
		return
	}
	if again != nil {
		again.Follow(d.sitting)
		d.sitting = again
		d.version++
	}
	d.enter(deciding)
}

// confirm shows a plan to whoever sits at the desk, and waits for what they say.
// Who says nothing for long has said no.
func (d *Desk) confirm(ctx context.Context, p provision.PlanSummary) (bool, error) {
	if !p.Writes() {
		return true, nil
	}
	d.mu.Lock()
	d.plan = p
	d.enter(asking)
	d.mu.Unlock()
	timer := time.NewTimer(d.Idle)
	defer timer.Stop()
	select {
	case yes := <-d.confirmed:
		return yes, nil
	case <-d.ended:
	case <-timer.C:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return false, nil
}

// enter turns to another stage; the lock is held.
func (d *Desk) enter(s stage) {
	d.stage = s
	close(d.turn)
	d.turn = make(chan struct{})
}

// word is a word that nobody can guess.
func word() string { return rand.Text() }

// ServeHTTP answers a request.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	harden(w.Header())
	v, a := d.visit(w, r)
	if v != nil {
		d.mu.Lock()
		d.asked = d.Now()
		d.mu.Unlock()
		a = d.route(v)(v)
	}
	d.send(w, v, a)
}
