package plan

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"iter"
	"os"

	fastjson "github.com/go-json-experiment/json"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// A plan file is JSON Lines: a header; the rows of the lists, in list order;
// the steps, one for each person, in the order of their first rows; those of
// people of a source who are on no row; a summary with the digest of everything before it. It is all that apply and
// report need, and holds personal data (0600).
const (
	planVersion = 4
	planLine    = `{"type":"plan",`
	rowLine     = `{"type":"row",`
	stepLine    = `{"type":"step",`
	missingLine = `{"type":"missing",`
	summaryLine = `{"type":"summary",`
)

// Plan is a whole plan file, open for reading. Close it.
type Plan struct {
	Header  provision.PlanHeader
	Summary provision.PlanSummary

	path    string
	file    *os.File
	rows    []int64 // offset of each row's line; index 0 is row 1
	steps   int64   // offset of the first step
	missing int64   // offset of the first step about somebody who is on no row
	end     int64   // offset of the summary
}

// Open opens a plan file and checks it from end to end. A file that is
// not a whole plan is a *PlanFileError.
func Open(path string) (*Plan, error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &provision.PlanFileError{Path: path, Msg: "there is no such file"}
	case err != nil:
		return nil, &provision.PlanFileError{Path: path, Msg: fmt.Sprintf("cannot be opened: %v", errors.Unwrap(err))}
	}
	p := &Plan{path: path, file: f}
	if err := p.scan(); err != nil {
		_ = f.Close()
		return nil, err
	}
	return p, nil
}

// Path is where the file is.
func (p *Plan) Path() string { return p.path }

// Remove takes the file away; an open plan can still be read.
func (p *Plan) Remove() error { return os.Remove(p.path) }

// Close closes the file.
func (p *Plan) Close() error { return p.file.Close() }

func (p *Plan) broken(line int, format string, args ...any) error {
	return &provision.PlanFileError{
		Path: p.path,
		Line: line,
		Msg:  fmt.Sprintf("line %d: ", line) + fmt.Sprintf(format, args...),
	}
}

func (p *Plan) scan() error {
	in := newLineReader(p.file, 1<<18)
	digest := sha256.New()
	for line, at := 1, int64(0); ; line++ {
		text, err := in.next()
		switch {
		case err == io.EOF && p.end == 0:
			return p.broken(line, "the plan ends before its summary")
		case err == io.EOF && len(text) == 0:
			return nil
		case err != nil && err != io.EOF:
			return fmt.Errorf("reading the plan: %w", err)
		case p.end > 0:
			return p.broken(line, "there is something behind the summary")
		}
		if err := p.accept(text, line, at, digest); err != nil {
			return err
		}
		digest.Write(text)
		at += int64(len(text))
	}
}

// accept takes in one line: the header first, then rows, steps, summary.
func (p *Plan) accept(text []byte, line int, at int64, digest hash.Hash) error {
	switch {
	case line == 1:
		if !bytes.HasPrefix(text, []byte(planLine)) || decodeLine(text, &p.Header) != nil {
			return p.broken(line, "this is not a plan of muster")
		}
		if p.Header.Version != planVersion {
			return p.broken(line, "the plan has version %d, this program reads %d", p.Header.Version, planVersion)
		}
	case bytes.HasPrefix(text, []byte(rowLine)) && p.steps == 0:
		p.rows = append(p.rows, at)
	case bytes.HasPrefix(text, []byte(stepLine)) && p.missing == 0:
		if p.steps == 0 {
			p.steps = at
		}
	case bytes.HasPrefix(text, []byte(missingLine)):
		p.steps = cmp.Or(p.steps, at)
		p.missing = cmp.Or(p.missing, at)
	case bytes.HasPrefix(text, []byte(summaryLine)):
		p.end = at
		p.steps = cmp.Or(p.steps, at)
		p.missing = cmp.Or(p.missing, at)
		decoded := decodeLine(text, &p.Summary)
		sealGuards(digest, p.Summary)
		if decoded != nil || p.Summary.SHA256 != hex.EncodeToString(digest.Sum(nil)) {
			return p.broken(line, "the plan was changed after it was made")
		}
		if p.Summary.Rows != len(p.rows) {
			return p.broken(line, "the plan has %d rows and says %d", len(p.rows), p.Summary.Rows)
		}
	default:
		return p.broken(line, "the line means nothing")
	}
	return nil
}

func decodeLine(text []byte, into any) error { return json.Unmarshal(text, into) }

// Row returns the record of a row, from 1.
func (p *Plan) Row(row int) (record.Record, error) {
	return readRecord(p.file, p.rows, row)
}

// readRecord reads the record of a row at its offset.
func readRecord(file io.ReaderAt, offsets []int64, row int) (record.Record, error) {
	var r record.Record
	if row < 1 || row > len(offsets) {
		return r, fmt.Errorf("reading the plan: there is no row %d", row)
	}
	text, err := newLineReader(io.NewSectionReader(file, offsets[row-1], 1<<62), 1<<11).next()
	if err == nil {
		err = fastjson.Unmarshal(text, &r)
	}
	if err != nil {
		return r, fmt.Errorf("reading row %d of the plan: %w", row, err)
	}
	return r, nil
}

// Rows streams the records of the lists, in list order.
func (p *Plan) Rows() iter.Seq2[record.Record, error] {
	if len(p.rows) == 0 {
		return func(func(record.Record, error) bool) {}
	}
	return Ahead(lines[record.Record](p.file, p.rows[0], p.steps), AheadBatch)
}

// Steps streams the steps, in the order of their first rows.
func (p *Plan) Steps() iter.Seq2[change.Step, error] {
	return Ahead(lines[change.Step](p.file, p.steps, p.missing), AheadBatch)
}

// Missing streams the steps about people who are on no row, by account.
func (p *Plan) Missing() iter.Seq2[change.Step, error] {
	return Ahead(lines[change.Step](p.file, p.missing, p.end), AheadBatch)
}
