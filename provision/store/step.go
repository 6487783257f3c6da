package store

import (
	"context"
	"fmt"

	"muster/provision"
)

// A step writes one kind of row of a batch with one statement.
type step interface {
	// word puts the rows into what is sent; a second call does nothing.
	word(d *dialect)
	// write sends them: provision.ErrMoved where somebody else was faster.
	write(ctx context.Context, t tx) error
}

// A statement is a step with a text of its own: it changes rows that are
// there, or leaves them as they are.
type statement struct {
	what string
	text string
	rows rows
	more []any // parameters after {rows}
	all  bool  // every row sent has to be written, otherwise somebody else was faster
}

func (s *statement) word(*dialect) {} // rows are added in words

func (s *statement) write(ctx context.Context, t tx) error {
	if s.rows.n == 0 {
		return nil
	}
	param, err := s.rows.param()
	if err != nil {
		return fmt.Errorf("writing %s: %w", s.what, err)
	}
	n, err := t.exec(ctx, s.text, append([]any{param}, s.more...)...)
	if err != nil {
		return fmt.Errorf("writing %s: %w", s.what, err)
	}
	if s.all && n != s.rows.n {
		return short("writing "+s.what, s.rows.n, n)
	}
	return nil
}

// A refusal is a step that writes nothing: rows that its statement counts refuse
// the batch, as provision.ErrMoved.
type refusal struct {
	what string
	text string
	rows rows
}

func (s *refusal) word(*dialect) {}

func (s *refusal) write(ctx context.Context, t tx) error {
	if s.rows.n == 0 {
		return nil
	}
	param, err := s.rows.param()
	if err != nil {
		return err
	}
	var found int
	if err := t.one(ctx, &found, s.text, param); err != nil {
		return fmt.Errorf("looking for %s: %w", s.what, err)
	}
	if found > 0 {
		return fmt.Errorf("there are %s: %w", s.what, provision.ErrMoved)
	}
	return nil
}

// An insertion is a step that adds rows to a table, all of them or none.
type insertion struct {
	what   string
	into   *table
	shared []any // values that all rows have
	fill   func(r *rows)
	rows   rows
	buffer *[]byte // of the rows, once they are worded
}

func (s *insertion) word(d *dialect) {
	if s.buffer != nil {
		return
	}
	s.buffer = buffers.Get().(*[]byte)
	s.rows = rows{copied: d.copies, single: !d.copies, text: (*s.buffer)[:0]}
	s.rows.share(s.shared)
	s.fill(&s.rows)
}

// write adds the rows by COPY where the dialect has it, which spares the
// server taking JSON apart, else by one statement.
func (s *insertion) write(ctx context.Context, t tx) error {
	s.word(t.s.d)
	defer func() {
		*s.buffer = s.rows.text
		buffers.Put(s.buffer)
	}()
	if s.rows.n == 0 {
		return nil
	}
	n, err := s.send(ctx, t)
	if err != nil {
		return fmt.Errorf("writing %s: %w", s.what, err)
	}
	if n != s.rows.n {
		return short("writing "+s.what, s.rows.n, n)
	}
	return nil
}

func (s *insertion) send(ctx context.Context, t tx) (int64, error) {
	if s.rows.err != nil {
		return 0, s.rows.err
	}
	if s.rows.copied {
		return t.copyIn(ctx, s.into.copied, s.rows.text)
	}
	return t.insertEach(ctx, s.into.single, s.rows)
}
