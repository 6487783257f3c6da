package provision

import (
	"bufio"
	"bytes"
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
	"time"

	fastjson "github.com/go-json-experiment/json"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
)

// A plan file is JSON Lines: a header; the rows of the lists, in list order;
// the decisions, one for each person, in the order of their first rows; a
// summary with the digest of everything before it. It is all that apply and
// report need, and holds personal data (0600).
const (
	planVersion  = 3
	planLine     = `{"type":"plan",`
	rowLine      = `{"type":"row",`
	decisionLine = `{"type":"decision",`
	summaryLine  = `{"type":"summary",`
)

// PlanHeader says what a plan is bound to.
type PlanHeader struct {
	Version      int           `json:"version"`
	Program      string        `json:"program"`
	CreatedAt    time.Time     `json:"created_at"`
	Database     string        `json:"database"`     // id of the database it was made against
	Organization string        `json:"organization"` // slug
	Brand        string        `json:"brand"`
	Operator     string        `json:"operator"` // address
	BaseURL      string        `json:"base_url"`
	Fingerprint  string        `json:"fingerprint"`
	Run          string        `json:"run,omitempty"` // of rows that a run keeps; "" of a plan
	Lists        []ListInfo    `json:"lists"`
	Policy       dedupe.Policy `json:"policy"`
}

// PlanSummary is a plan in numbers.
type PlanSummary struct {
	Rows        int                 `json:"rows"`
	People      int                 `json:"people"`
	Outcomes    map[Outcome]int     `json:"outcomes"`              // rows, as apply will report them if nothing changes
	Reasons     map[reason.Code]int `json:"reasons"`               // rows, likewise
	Done        int                 `json:"done,omitempty"`        // rows that an earlier start of the run has written; never in a file
	Differ      int                 `json:"differ,omitempty"`      // rows that say something else than the account they belong to
	Differences map[reason.Code]int `json:"differences,omitempty"` // rows, by what differs
	SideEffects SideEffects         `json:"side_effects"`
	Grants      map[string]int      `json:"grants,omitempty"` // people by what they get beyond being a member: "role editor", "product reports"
	Lists       []ListInfo          `json:"lists"`            // with rows and notes
	First       map[any][]NamedRow  `json:"-"`                // the first rows of each Outcome, reason.Code and SideEffect; never in a file
	SHA256      string              `json:"sha256"`           // of everything before the summary
	Seal        string              `json:"seal,omitempty"`   // what the keyring makes of it; "" where there was none
}

// newPlanSummary is a summary in which nothing is counted yet.
func newPlanSummary(lists []ListInfo) PlanSummary {
	return PlanSummary{
		Lists:       lists,
		Outcomes:    map[Outcome]int{},
		Reasons:     map[reason.Code]int{},
		Differences: map[reason.Code]int{},
		Grants:      map[string]int{},
	}
}

// SideEffects counts what a plan does beside adding people.
type SideEffects struct {
	LinksIssued  int `json:"links_issued"`
	LinksKilled  int `json:"links_killed"`
	MailsSent    int `json:"mails_sent"`
	RolesRaised  int `json:"roles_raised"`
	BlocksLifted int `json:"blocks_lifted"`

	PeopleBlocked  int `json:"people_blocked"`
	DetailsWritten int `json:"details_written"` // people whose free columns change, or blanks are filled
}

// Writes reports whether applying the plan would write anything.
func (s PlanSummary) Writes() bool {
	return s.Outcomes[Created]+s.Outcomes[Claimed]+s.Outcomes[Updated] > 0
}

// Unsettled is how many rows somebody still has to look at: not those that
// stay held because a reviewer said so, but those of sheets that were not read.
func (s PlanSummary) Unsettled() int {
	return s.Outcomes[Review] + s.Outcomes[Rejected] - s.Reasons[reason.Skipped] + UnreadRows(s.Lists)
}

// planWriter writes a plan file line by line.
type planWriter struct {
	file   *os.File
	buf    *bufio.Writer
	digest hash.Hash
	at     int64
}

func newPlanWriter(path string) (*planWriter, error) {
	f, err := privateFile(path)
	if err != nil {
		return nil, err
	}
	w := &planWriter{file: f, digest: sha256.New()}
	w.buf = bufio.NewWriterSize(io.MultiWriter(f, w.digest), 1<<18)
	return w, nil
}

// privateFile makes a file that nobody else can read. What an earlier run
// left under the name goes; a link that somebody put there is not followed.
func privateFile(path string) (*os.File, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	return f, nil
}

// planText is a value as a line of a plan file, behind its prefix. The value
// must marshal to an object with at least one member.
func planText(prefix string, value any) ([]byte, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("writing the plan: %w", err)
	}
	line := make([]byte, 0, len(prefix)+len(body))
	return append(append(append(line, prefix...), body[1:]...), '\n'), nil
}

func (w *planWriter) line(prefix string, value any) error {
	text, err := planText(prefix, value)
	if err != nil {
		return err
	}
	return w.raw(text)
}

func (w *planWriter) raw(line []byte) error {
	w.at += int64(len(line))
	if _, err := w.buf.Write(line); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	return nil
}

// close ends the plan with its summary, sealed where there are keys.
func (w *planWriter) close(s PlanSummary, links LinkMaker) (PlanSummary, error) {
	if err := w.buf.Flush(); err != nil {
		return s, fmt.Errorf("writing the plan: %w", err)
	}
	if s.SHA256 = hex.EncodeToString(w.digest.Sum(nil)); links != nil {
		s.Seal = links.Seal(s.SHA256)
	}
	if err := w.line(summaryLine, s); err != nil {
		return s, err
	}
	err := errors.Join(w.buf.Flush(), w.file.Sync(), w.file.Close())
	return s, err
}

// Plan is a whole plan file, open for reading. Close it.
type Plan struct {
	Header  PlanHeader
	Summary PlanSummary

	path      string
	file      *os.File
	rows      []int64 // offset of each row's line; index 0 is row 1
	decisions int64   // offset of the first decision
	end       int64   // offset of the summary
}

// OpenPlan opens a plan file and checks it from end to end. A file that is
// not a whole plan is a *PlanFileError.
func OpenPlan(path string) (*Plan, error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &PlanFileError{Path: path, Msg: "there is no such file"}
	case err != nil:
		return nil, &PlanFileError{Path: path, Msg: fmt.Sprintf("cannot be opened: %v", errors.Unwrap(err))}
	}
	p := &Plan{path: path, file: f}
	if err := p.scan(); err != nil {
		_ = f.Close()
		return nil, err
	}
	return p, nil
}

// Close closes the file.
func (p *Plan) Close() error { return p.file.Close() }

func (p *Plan) broken(line int, format string, args ...any) error {
	return &PlanFileError{Path: p.path, Line: line, Msg: fmt.Sprintf("line %d: ", line) + fmt.Sprintf(format, args...)}
}

func (p *Plan) scan() error {
	in, digest := newLineReader(p.file, 1<<18), sha256.New()
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

// accept takes in one line: the header first, then rows, decisions, summary.
func (p *Plan) accept(text []byte, line int, at int64, digest hash.Hash) error {
	switch {
	case line == 1:
		if !bytes.HasPrefix(text, []byte(planLine)) || decodeLine(text, &p.Header) != nil {
			return p.broken(line, "this is not a plan of muster")
		}
		if p.Header.Version != planVersion {
			return p.broken(line, "the plan has version %d, this program reads %d", p.Header.Version, planVersion)
		}
	case bytes.HasPrefix(text, []byte(rowLine)) && p.decisions == 0:
		p.rows = append(p.rows, at)
	case bytes.HasPrefix(text, []byte(decisionLine)):
		if p.decisions == 0 {
			p.decisions = at
		}
	case bytes.HasPrefix(text, []byte(summaryLine)):
		p.end = at
		if p.decisions == 0 {
			p.decisions = at
		}
		if decodeLine(text, &p.Summary) != nil || p.Summary.SHA256 != hex.EncodeToString(digest.Sum(nil)) {
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
	return ahead(lines[record.Record](p.file, p.rows[0], p.decisions), aheadBatch)
}

// Decisions streams the decisions, in the order of their first rows.
func (p *Plan) Decisions() iter.Seq2[dedupe.Decision, error] {
	return ahead(lines[dedupe.Decision](p.file, p.decisions, p.end), aheadBatch)
}

// A lineReader reads lines of any length without keeping them: a line is good
// until the next one is asked for.
type lineReader struct {
	in   *bufio.Reader
	long []byte // a line that the buffer does not hold
}

func newLineReader(r io.Reader, buffer int) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(r, buffer)}
}

// next returns the next line with its end. Like bufio.Reader.ReadBytes, it
// returns what is left together with io.EOF.
func (l *lineReader) next() ([]byte, error) {
	text, err := l.in.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return text, err
	}
	l.long = l.long[:0]
	for err == bufio.ErrBufferFull {
		l.long = append(l.long, text...)
		text, err = l.in.ReadSlice('\n')
	}
	l.long = append(l.long, text...)
	return l.long, err
}

// lines streams a part of a file as values, one a line.
func lines[T any](file io.ReaderAt, from, to int64) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if from >= to {
			return
		}
		in := newLineReader(io.NewSectionReader(file, from, to-from), 1<<18)
		for {
			text, err := in.next()
			if err == io.EOF && len(text) == 0 {
				return
			}
			var v T
			if err == nil {
				err = fastjson.Unmarshal(text, &v)
			}
			if err != nil {
				err = fmt.Errorf("reading the plan: %w", err)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}
