package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"time"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/link"
)

// row is a line of rows.jsonl. Fields that say nothing are left out; a link
// never stands here, only how it stands.
type row struct {
	File            string             `json:"file"`
	Sheet           string             `json:"sheet,omitempty"`
	Line            int                `json:"line"`
	OfRow           int                `json:"of_row,omitempty"` // where a run is taken back: the row of that run
	Outcome         provision.Outcome  `json:"outcome"`
	Reason          reason.Code        `json:"reason,omitempty"`
	AccountID       string             `json:"account_id,omitempty"`
	Name            string             `json:"name,omitempty"`
	Email           string             `json:"email,omitempty"`      // as the row said
	Brands          []string           `json:"brands,omitempty"`     // that the row names
	Profiles        []string           `json:"profiles,omitempty"`   // where they are
	Attributes      map[string]string  `json:"attributes,omitempty"` // free columns as the row had them
	MergedInto      int                `json:"merged_into,omitempty"`
	MergedIntoFile  string             `json:"merged_into_file,omitempty"`
	MergedIntoSheet string             `json:"merged_into_sheet,omitempty"`
	Problems        []record.Problem   `json:"problems,omitempty"`
	Candidates      []dedupe.Candidate `json:"candidates,omitempty"`
	Notes           []dedupe.Note      `json:"notes,omitempty"`
	LinkState       provision.LinkWord `json:"link_state,omitempty"`
	LinkUntil       time.Time          `json:"link_expires_at,omitzero"`
	Error           string             `json:"error,omitempty"`
}

// fill takes a line in, in the place of another one.
func (r *row) fill(v *view) {
	profiles, attributes := r.Profiles[:0], r.Attributes
	clear(attributes)
	*r = row{
		File:       v.File,
		Sheet:      v.Sheet,
		Line:       v.Line.Line,
		OfRow:      v.OfRow,
		Outcome:    v.Outcome,
		Reason:     v.Reason,
		AccountID:  v.Account,
		Name:       v.Name,
		Email:      v.email,
		Brands:     v.Brands,
		Profiles:   profiles,
		Attributes: attributes,
		Problems:   v.Problems,
		Notes:      v.Notes,
		Error:      link.Redact(v.Error),
	}
	for _, c := range v.Candidates {
		r.Candidates = append(r.Candidates, masked(c))
	}
	for _, p := range v.Profiles {
		r.Profiles = append(r.Profiles, cmp.Or(p.URL, p.Network+":"+p.Value))
	}
	for _, a := range v.Attributes {
		if r.Attributes == nil {
			r.Attributes = make(map[string]string, len(v.Attributes))
		}
		r.Attributes[a.Column] = a.Value
	}
	if into := v.MergedInto; into != nil {
		r.MergedInto = into.Line
		if into.File != v.File {
			r.MergedIntoFile = into.File
		}
		if into.Sheet != v.Sheet {
			r.MergedIntoSheet = into.Sheet
		}
	}
	if l := v.Link; l != nil {
		r.LinkState = l.State
		if live(l) || l.State == provision.LinkExpired {
			r.LinkUntil = l.ExpiresAt.UTC()
		}
	}
}

// rows writes rows.jsonl.
type rows struct {
	out  *bufio.Writer
	row  row    // under way
	text []byte // likewise
}

func newRows(b *bundle) (*rows, error) {
	file, err := b.create(RowsFile)
	if err != nil {
		return nil, err
	}
	return &rows{out: bufio.NewWriterSize(file, 1<<16)}, nil
}

func (r *rows) line(v *view) (err error) {
	r.row.fill(v)
	if r.text, err = r.row.json(r.text[:0]); err == nil {
		_, err = r.out.Write(r.text)
	}
	return err
}

func (r *rows) finish(_ provision.Summary) error { return r.out.Flush() }

// writeSummary writes summary.json.
func writeSummary(b *bundle, s provision.Summary) error {
	file, err := b.create(SummaryFile)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(file)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(s)
}
