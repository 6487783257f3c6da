package plan

import (
	"bufio"
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
// people of a source who are on no row; a summary with the digest of everything before it, and of itself. It is all
// that apply and report need, and holds personal data (0600).
const (
	planVersion = 5
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
	file    planFile
	rows    []int64 // offset of each row's line; index 0 is row 1
	steps   int64   // offset of the first step
	missing int64   // offset of the first step about somebody who is on no row
	end     int64   // offset of the summary
}

// planFile is a plan file as it is read.
type planFile interface {
	io.ReaderAt
	io.Closer
}

// longestKept is how long the header and the summary of a plan may be: they are kept
// before anybody knows who wrote them.
const longestKept = 64 << 20

// Open opens a plan file and checks it from end to end. What is read of it later is
// what was checked, or an error. A file that is not a whole plan is a *PlanFileError.
func Open(path string) (*Plan, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() { // of a pipe nobody may ever write into the other end
		return nil, &provision.PlanFileError{Path: path, Msg: "it is no file, and a plan is read more than once"}
	}
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &provision.PlanFileError{Path: path, Msg: "there is no such file"}
	case err != nil:
		return nil, &provision.PlanFileError{Path: path, Msg: fmt.Sprintf("cannot be opened: %v", errors.Unwrap(err))}
	}
	checked := &checkedFile{file: f}
	p := &Plan{path: path, file: checked}
	if err := p.scan(checked); err != nil {
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

func (p *Plan) scan(file *checkedFile) error {
	in := bufio.NewReaderSize(file, 1<<18)
	digest := sha256.New()
	for line, at := 1, int64(0); ; line++ {
		l, err := nextLine(in, digest)
		switch {
		case err != nil:
			return fmt.Errorf("reading the plan: %w", err)
		case l.length == 0 && p.end == 0:
			return p.broken(line, "the plan ends before its summary")
		case l.length == 0:
			return nil
		case p.end > 0:
			return p.broken(line, "there is something behind the summary")
		case !l.whole && l.kind != "":
			return p.broken(line, "the plan ends before its summary")
		}
		if err := p.accept(l, line, at, digest); err != nil {
			return err
		}
		at += l.length
	}
}

// scannedLine is a line of a plan that is looked at for the first time: nobody knows
// who wrote it, so that no more of it is kept than has to be.
type scannedLine struct {
	kind   string // what it begins with, "" for nothing known, and for what is too long
	text   []byte // of a header or summary
	length int64
	whole  bool // it has an end
}

// nextLine reads a line; behind the last one there is an empty one. The digest is of
// all lines before the summary.
func nextLine(in *bufio.Reader, digest hash.Hash) (l scannedLine, err error) {
	for !l.whole {
		text, err := in.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull && err != io.EOF {
			return l, err
		}
		if l.length == 0 {
			l.kind = kindOf(text)
		}
		if l.kind != summaryLine {
			digest.Write(text)
		}
		if l.kind == planLine || l.kind == summaryLine {
			l.text = append(l.text, text...)
		}
		if len(l.text) > longestKept {
			l.kind = ""
		}
		l.length += int64(len(text))
		l.whole = err == nil
		if err == io.EOF || l.kind == "" {
			return l, nil
		}
	}
	return l, nil
}

// kindOf is what a line begins with, "" for nothing known.
func kindOf(text []byte) string {
	for _, kind := range []string{planLine, rowLine, stepLine, missingLine, summaryLine} {
		if bytes.HasPrefix(text, []byte(kind)) {
			return kind
		}
	}
	return ""
}

// accept takes in one line: the header first, then rows, steps, summary.
func (p *Plan) accept(l scannedLine, line int, at int64, digest hash.Hash) error {
	switch {
	case line == 1:
		if l.kind != planLine || decodeLine(l.text, &p.Header) != nil {
			return p.broken(line, "this is not a plan of muster")
		}
		if p.Header.Version != planVersion {
			return p.broken(line, "the plan has version %d, this program reads %d", p.Header.Version, planVersion)
		}
	case l.kind == rowLine && p.steps == 0:
		p.rows = append(p.rows, at)
	case l.kind == stepLine && p.missing == 0:
		if p.steps == 0 {
			p.steps = at
		}
	case l.kind == missingLine:
		p.steps = cmp.Or(p.steps, at)
		p.missing = cmp.Or(p.missing, at)
	case l.kind == summaryLine:
		p.end = at
		p.steps = cmp.Or(p.steps, at)
		p.missing = cmp.Or(p.missing, at)
		decoded := decodeLine(l.text, &p.Summary)
		if decoded != nil || p.Summary.SHA256 != sumOf(digest, p.Summary) {
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

// sumOf is the digest of a plan: of all lines before the summary, and of what that
// says but for the digest itself, and its seal.
func sumOf(before hash.Hash, s provision.PlanSummary) string {
	s.SHA256, s.Seal = "", ""
	text, _ := json.Marshal(s) // plain data always marshals
	before.Write(text)
	return hex.EncodeToString(before.Sum(nil))
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
