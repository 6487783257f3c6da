package review

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"muster/provision"
	"muster/provision/words"
)

// A Sitting is somebody who goes through held people, a row at a time: the
// questions, and what was answered so far. Every answer is kept in a file at
// once, so that they can go on another time. It decides nothing: what is
// answered goes to Apply.
type Sitting struct {
	In        words.In // the language they speak
	Held      provision.HeldReview
	Questions []Question
	Resumed   int // answers of another time that still stand

	path    string
	places  places
	answers map[int]answered // by row
	order   []int            // questions that were answered in this sitting, the last one last
}

// A Question is one row that needs a decision.
type Question struct {
	Person *provision.HeldPerson
	Row    *provision.HeldRow
}

// answered is what was decided about a row, and on which evidence. A row that
// was left for later has no decision.
type answered struct {
	Decision string `json:"decision"`
	Digest   string `json:"digest"`
}

// Sit begins with the people who are held, or goes on with the answers that the
// file keeps: with those that were given on the evidence as it is now.
func Sit(held provision.HeldReview, path string, in words.In) (*Sitting, error) {
	s := &Sitting{In: in, Held: held, Questions: questions(held), path: path, places: placesOf(held, in), answers: map[int]answered{}}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	var before map[int]answered
	if err == nil {
		err = json.Unmarshal(text, &before)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the answers given before: %w", err)
	}
	for _, q := range s.Questions {
		if a := before[q.Row.Row]; a.Decision != "" && a.Digest == q.Person.Digest {
			s.answers[q.Row.Row] = a
			s.Resumed++
		}
	}
	return s, nil
}

// questions lists the rows to ask about: of a person whose rows agree, the
// first.
func questions(held provision.HeldReview) []Question {
	var all []Question
	for i := range held.People {
		p := &held.People[i]
		for n := range p.Rows {
			if n == 0 || len(p.Rows[n].Options) > 1 {
				all = append(all, Question{p, &p.Rows[n]})
			}
		}
	}
	return all
}

// Answer takes the answer to a question: one of the options of its row, or "" to
// leave it for later.
func (s *Sitting) Answer(question int, option string) error {
	q := s.Questions[question]
	if option != "" && !slices.Contains(q.Row.Options, option) {
		return fmt.Errorf("%q is not possible for row %d", option, q.Row.Row)
	}
	s.answers[q.Row.Row] = answered{Decision: option, Digest: q.Person.Digest}
	s.order = append(s.order, question)
	return s.keep()
}

// Answered says what was answered, "" for a question that was left for later,
// and whether anything was.
func (s *Sitting) Answered(question int) (option string, done bool) {
	a, done := s.answers[s.Questions[question].Row.Row]
	return a.Decision, done
}

// Reopen takes an answer back.
func (s *Sitting) Reopen(question int) error {
	delete(s.answers, s.Questions[question].Row.Row)
	s.order = slices.DeleteFunc(s.order, func(q int) bool { return q == question })
	return s.keep()
}

// Undo takes the last answer of the sitting back, and returns its question; none
// where there is nothing to undo.
func (s *Sitting) Undo() (question int, undone bool, err error) {
	if len(s.order) == 0 {
		return 0, false, nil
	}
	last := s.order[len(s.order)-1]
	return last, true, s.Reopen(last)
}

// Follow takes over what another sitting about the same people answered last, so
// that it can be taken back here: the answers that still stand.
func (s *Sitting) Follow(before *Sitting) {
	for _, question := range before.order {
		row := before.Questions[question].Row.Row
		at := slices.IndexFunc(s.Questions, func(q Question) bool { return q.Row.Row == row })
		if _, stands := s.answers[row]; at >= 0 && stands {
			s.order = append(s.order, at)
		}
	}
}

// Undoable reports whether there is an answer of this sitting to take back.
func (s *Sitting) Undoable() bool { return len(s.order) > 0 }

// Open is the next question from one on that has no answer yet, those before it
// last; -1 where there is none.
func (s *Sitting) Open(from int) int {
	for i := range s.Questions {
		at := (from + i) % len(s.Questions)
		if _, done := s.Answered(at); !done {
			return at
		}
	}
	return -1
}

// Answers are what was decided, as a file of answers would hold it.
func (s *Sitting) Answers() Answers {
	all := Answers{Path: "review", Source: s.Held.Source, In: s.In, Whole: true}
	for _, q := range s.Questions {
		if a := s.answers[q.Row.Row]; a.Decision != "" {
			all.All = append(all.All, Answer{
				Person: q.Person.Number, Row: q.Row.Row, Digest: a.Digest, Decision: a.Decision,
				Name: q.Row.Name, Email: q.Row.Email.Address, Cell: s.places[q.Row.Row],
			})
		}
	}
	return all
}

// Forget removes the kept answers, once they were applied.
func (s *Sitting) Forget() { _ = os.Remove(s.path) }

func (s *Sitting) keep() error {
	text, err := json.Marshal(s.answers)
	if err != nil {
		return err
	}
	part := s.path + ".part"
	if err := os.WriteFile(part, text, 0o600); err != nil {
		return fmt.Errorf("keeping the answers: %w", err)
	}
	return os.Rename(part, s.path)
}
