package plan

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// HeldFile is the name of the file in the folder of a run that keeps what a
// review is made of: a header, and a line for each held person. It holds
// personal data (0600) and is there for as long as the folder is.
const HeldFile = "held.jsonl"

const (
	heldVersion    = 1
	heldLine       = `{"type":"held",`
	heldPersonLine = `{"type":"person",`
)

// heldHeader says what held people are bound to.
type heldHeader struct {
	Version   int       `json:"version"`
	Program   string    `json:"program"`
	CreatedAt time.Time `json:"created_at"`
	Run       string    `json:"run,omitempty"` // "" for those of a plan
	provision.Binding
}

// heldPerson is one held person: the rows, and what they were held on.
type heldPerson struct {
	Person     int                `json:"person"` // from 1
	Reason     reason.Code        `json:"reason"`
	Digest     string             `json:"digest"`
	Why        reason.Code        `json:"why,omitempty"`
	Contested  bool               `json:"contested,omitempty"`
	Candidates []dedupe.Candidate `json:"candidates,omitempty"`
	Records    []record.Record    `json:"records"`
}

func (h heldPerson) person() dedupe.Person { return dedupe.Person{Records: h.Records, Held: h.Why} }

// heldOf is the header of the people that a plan holds, or a run of it ("" for
// no run).
func heldOf(h provision.PlanHeader, run string) heldHeader {
	return heldHeader{Version: heldVersion, Program: h.Program, CreatedAt: h.CreatedAt, Run: run, Binding: h.Binding}
}

// A HeldKeeper writes the held people of a run beside its report, while the
// lines of the report pass. Those of an older run in the same folder go.
type HeldKeeper struct {
	path   string
	run    string
	plan   *Plan
	w      *lineWriter // nil until somebody is held
	number int
	done   bool
	err    error // keeps the file back, and nothing else
}

// NewHeldKeeper keeps the held people of a run in the folder given.
func NewHeldKeeper(dir string, plan *Plan, run string) *HeldKeeper {
	return &HeldKeeper{path: filepath.Join(dir, HeldFile), plan: plan, run: run}
}

// Over keeps the held people of lines as they pass: of all of them, however
// often they are read.
func (k *HeldKeeper) Over(lines iter.Seq2[provision.Line, error]) iter.Seq2[provision.Line, error] {
	return func(yield func(provision.Line, error) bool) {
		k.Drop()
		k.number = 0
		k.err = nil
		for line, err := range lines {
			if err == nil && k.err == nil {
				k.err = k.take(line)
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

// take keeps the person whose first row a line is.
func (k *HeldKeeper) take(l provision.Line) error {
	if l.Outcome != provision.Review || l.Held == nil || l.Held.Rows[0] != l.Row {
		return nil
	}
	if err := k.begin(); err != nil {
		return err
	}
	k.number++
	h := heldPerson{
		Person:     k.number,
		Reason:     l.Reason,
		Digest:     l.Held.Digest,
		Why:        l.Held.Why,
		Contested:  l.Held.Contested,
		Candidates: l.Candidates,
	}
	var err error
	if h.Records, err = planRecords(k.plan, l.Held.Rows); err != nil {
		return err
	}
	return k.w.line(heldPersonLine, h)
}

func (k *HeldKeeper) begin() (err error) {
	if k.w != nil {
		return nil
	}
	if k.w, err = newLineWriter(k.path+unfinished, nil); err != nil {
		return err
	}
	return k.w.line(heldLine, heldOf(k.plan.Header, k.run))
}

// Finish gives the file its name. What is finished is not finished again.
func (k *HeldKeeper) Finish() error {
	switch {
	case k.done || k.err != nil:
		return k.err
	case k.w == nil:
		k.done = true
		if err := os.Remove(k.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing the held people of an older run: %w", err)
		}
		return nil
	}
	if k.err = k.w.end(); k.err == nil {
		k.err = os.Rename(k.path+unfinished, k.path)
	}
	if k.err != nil {
		k.err = fmt.Errorf("writing the held people: %w", k.err)
		return k.err
	}
	k.w = nil
	k.done = true
	return nil
}

// Drop removes what was not finished.
func (k *HeldKeeper) Drop() {
	if k.w != nil {
		_ = k.w.file.Close()
		_ = os.Remove(k.path + unfinished)
		k.w = nil
	}
}

func planRecords(plan *Plan, rows []int) ([]record.Record, error) {
	records := make([]record.Record, len(rows))
	for i, row := range rows {
		var err error
		if records[i], err = plan.Row(row); err != nil {
			return nil, err
		}
	}
	return records, nil
}

// openHeld reads the held people of a run, or of a saved plan; of a review, those that
// it was about.
func openHeld(ctx context.Context, e *provision.Engine, source string) (heldHeader, []heldPerson, error) {
	if _, err := os.Stat(source); err == nil {
		return planHeld(ctx, e, source)
	}
	run, err := e.Store.Run(ctx, source)
	switch {
	case errors.Is(err, provision.ErrNotFound):
		return heldHeader{}, nil, &provision.ConfigError{
			Msg:   "the database knows nothing of run " + source,
			Class: failure.OtherDatabase,
		}
	case err != nil:
		return heldHeader{}, nil, err
	}
	if err := run.Unpurged(); err != nil {
		return heldHeader{}, nil, err
	}
	if held := finished(run).Reviewed; held != "" {
		return openHeld(ctx, e, held)
	}
	path := filepath.Join(run.Out, HeldFile)
	gone := &provision.LostError{ConfigError: provision.ConfigError{
		Msg: fmt.Sprintf("the held people of run %s are no longer kept: there is no %s of that run",
			provision.ShortRun(run.ID), path),
		Hint: "import the list again and review that run",
	}}
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !run.FinishedAt.IsZero() && finished(run).Outcomes[provision.Review] == 0:
		return heldHeader{Run: run.ID}, nil, nil
	case errors.Is(err, fs.ErrNotExist):
		return heldHeader{}, nil, gone
	case err != nil:
		return heldHeader{}, nil, fmt.Errorf("reading the held people: %w", err)
	}
	defer f.Close()
	h, people, err := readHeld(path, f)
	if err == nil && h.Run != run.ID { // a later one was given the folder
		return heldHeader{}, nil, gone
	}
	return h, people, err
}

// finished is what a finished run says of itself.
func finished(run provision.Run) (s provision.Summary) {
	_ = json.Unmarshal(run.Summary, &s)
	return s
}

func readHeld(path string, f io.Reader) (h heldHeader, people []heldPerson, err error) {
	in := bufio.NewReaderSize(f, 1<<16)
	for line := 1; ; line++ {
		text, err := in.ReadBytes('\n')
		if err == io.EOF && len(text) == 0 && line > 1 {
			return h, people, nil
		}
		var p heldPerson
		switch {
		case line == 1 && bytes.HasPrefix(text, []byte(heldLine)) && decodeLine(text, &h) == nil &&
			h.Version == heldVersion:
		case line > 1 && bytes.HasPrefix(text, []byte(heldPersonLine)) && decodeLine(text, &p) == nil:
			people = append(people, p)
		default:
			return h, nil, &provision.PlanFileError{
				Path: path,
				Line: line,
				Msg:  fmt.Sprintf("line %d: these are not the held people of a run", line),
			}
		}
	}
}

// planHeld reads the people whom a plan would hold.
func planHeld(ctx context.Context, e *provision.Engine, path string) (heldHeader, []heldPerson, error) {
	plan, err := Open(path)
	if err != nil {
		return heldHeader{}, nil, err
	}
	defer plan.Close()
	if err := plan.Vouched(ctx, e); err != nil {
		return heldHeader{}, nil, err
	}
	var people []heldPerson
	for s, err := range plan.Steps() {
		if err != nil {
			return heldHeader{}, nil, err
		}
		if s.Detail == nil || s.Detail.Held == nil {
			continue
		}
		held := s.Detail.Held
		h := heldPerson{
			Person:     len(people) + 1,
			Reason:     s.First.Reason,
			Digest:     held.Digest,
			Why:        held.Why,
			Contested:  held.Contested,
			Candidates: s.Detail.Candidates,
		}
		if h.Records, err = planRecords(plan, s.Rows); err != nil {
			return heldHeader{}, nil, err
		}
		people = append(people, h)
	}
	return heldOf(plan.Header, ""), people, nil
}
