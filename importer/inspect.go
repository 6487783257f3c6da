package importer

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// Inspection is how a list was understood, before anybody imports it. As JSON
// it is one object of `inspect list --json`.
type Inspection struct {
	Path       string            `json:"path"`
	Sheet      string            `json:"sheet"`
	Encoding   string            `json:"encoding"`
	Delimiter  string            `json:"delimiter"`
	HeaderLine int               `json:"header_line"`
	Rows       int               `json:"rows"`
	Columns    []string          `json:"columns"`
	Mapping    map[string]string `json:"mapping"`
	Problems   []Finding         `json:"problems"`

	Data    *[][]string       `json:"data,omitzero"`  // cells "table"
	Links   map[string]string `json:"links,omitzero"` // "row,column" → target
	Cells   map[string]string `json:"cells,omitzero"` // cells "grid"
	Records *[]Found          `json:"records,omitzero"`

	Unusable int `json:"-"` // rows that an import would reject as they stand

	Error   file.Class `json:"-"` // the file cannot be read
	Message string     `json:"-"`

	Info    Info                `json:"-"` // for people: sheets, notes, unknown headers
	Samples map[string][]string `json:"-"` // header → its first few cells
}

// Finding is one kind of problem of a list, with its first place.
type Finding struct {
	Code    string `json:"code"`
	Column  string `json:"column,omitempty"`
	Sheet   string `json:"sheet,omitempty"`
	Line    int    `json:"line,omitempty"`
	Count   int    `json:"count"`
	Message string `json:"message"`
	Fatal   bool   `json:"fatal,omitempty"`
	Lines   []int  `json:"-"` // the first few places

	Messages []string `json:"-"` // what is said at each of them
}

// Found is who a row is about, as `inspect list --records` shows it.
type Found struct {
	Name   string   `json:"name"`
	First  string   `json:"first"`
	Last   string   `json:"last"`
	Emails []string `json:"emails"`
	Links  []string `json:"links"`
}

// MarshalJSON writes the object of a list, or of a file that cannot be read.
func (n Inspection) MarshalJSON() ([]byte, error) {
	if n.Error != "" {
		return json.Marshal(struct {
			Path    string     `json:"path"`
			Error   file.Class `json:"error"`
			Message string     `json:"message"`
		}{n.Path, n.Error, n.Message})
	}
	type plain Inspection
	return json.Marshal(plain(n))
}

// Inspect reads the lists of a file without wanting anything from them: one,
// or one for each sheet that is read. cells is "" or "table" (the data rows)
// or "grid" (every cell, by its own coordinates). The error is also in the last
// Inspection, so that it can be shown like one.
func Inspect(path string, o Options, cells string, records bool) ([]Inspection, error) {
	lists, err := openLists(path, o, true)
	if err != nil {
		return []Inspection{failed(path, err)}, err
	}
	var all []Inspection
	for _, l := range lists {
		defer l.Close()
		n := Inspection{Path: path}
		if err == nil {
			err = n.read(l, cells, records)
			if err != nil {
				n = failed(path, err)
			}
			all = append(all, n)
		}
	}
	return all, err
}

// failed is the Inspection of a file that cannot be read.
func failed(path string, err error) Inspection {
	n := Inspection{Path: path, Error: file.Unreadable, Message: err.Error()}
	var fe *file.Error
	if errors.As(err, &fe) {
		n.Error = fe.Class
		if fe.Hint != "" {
			n.Message += " (" + fe.Hint + ")"
		}
	}
	return n
}

func (n *Inspection) read(l *List, cells string, records bool) error {
	info := l.Info()
	n.Sheet = info.Sheet
	n.Encoding = info.Encoding
	n.Delimiter = info.Delimiter
	n.HeaderLine = info.HeaderLine
	n.Columns = info.Columns
	n.Mapping = info.Mapping
	n.Problems = []Finding{}
	n.Samples = map[string][]string{}
	if cells == "table" {
		n.Data = &[][]string{}
		n.Links = map[string]string{}
	}
	if records {
		n.Records = &[]Found{}
	}
	found := map[findingKey]int{}
	for row, err := range l.Rows(context.Background()) {
		if err != nil {
			return err
		}
		n.Rows++
		n.take(row, l, found)
	}
	n.Info = l.Info()
	for _, note := range n.Info.Notes {
		n.Problems = append(n.Problems, Finding{
			Code:    note.Code,
			Column:  note.Column,
			Sheet:   note.Sheet,
			Line:    note.Line,
			Count:   max(note.Count, 1),
			Message: note.Message,
			Fatal:   note.Fatal,
		})
	}
	if cells == "grid" {
		return n.grid(l)
	}
	return nil
}

const (
	maxSamples = 3  // cells of a column that are kept to show
	maxPlaces  = 10 // places of a problem
)

// findingKey is what makes problems one kind.
type findingKey struct {
	code, column, sheet string
	fatal               bool
}

// take counts one row.
func (n *Inspection) take(row record.Row, l *List, found map[findingKey]int) {
	if n.Data != nil {
		*n.Data = append(*n.Data, row.Cells)
		for col, target := range row.Links {
			n.Links[strconv.Itoa(n.Rows)+","+strconv.Itoa(col+1)] = target
		}
	}
	for i, c := range l.cols {
		if shown := sample(row, i, c); !file.Blank(shown) && len(n.Samples[c.label]) < maxSamples {
			n.Samples[c.label] = append(n.Samples[c.label], shown)
		}
	}
	rec := l.Parse(row)
	if !rec.Usable() {
		n.Unusable++
	}
	if n.Records != nil {
		*n.Records = append(*n.Records, foundIn(rec))
	}
	for _, p := range rec.Problems {
		key := findingKey{string(p.Code), p.Column, row.Sheet, p.Fatal}
		at, known := found[key]
		if !known {
			at = len(n.Problems)
			found[key] = at
			n.Problems = append(n.Problems, Finding{
				Code:    key.code,
				Column:  p.Column,
				Sheet:   row.Sheet,
				Line:    row.Line,
				Message: p.Message,
				Fatal:   p.Fatal,
			})
		}
		n.Problems[at].Count++
		if len(n.Problems[at].Lines) < maxPlaces {
			n.Problems[at].Lines = append(n.Problems[at].Lines, row.Line)
			n.Problems[at].Messages = append(n.Problems[at].Messages, p.Message)
		}
	}
}

// sample is what a cell says: of a hyperlink to a profile, and of one that shows
// nothing, where it leads.
func sample(row record.Row, i int, c column) string {
	cell := ""
	if i < len(row.Cells) {
		cell = row.Cells[i]
	}
	if c.network != "" || c.field == record.FieldLinks || c.field == record.FieldBlog || file.Blank(cell) {
		return cmp.Or(row.Links[i], cell)
	}
	return cell
}

// foundIn is a record as --records shows it.
func foundIn(r record.Record) Found {
	f := Found{Name: r.Name, First: r.FirstName, Last: r.LastName, Emails: []string{}, Links: []string{}}
	if r.Email.Address != "" {
		f.Emails = append(f.Emails, r.Email.Address)
	}
	if r.ContactEmail != "" {
		f.Emails = append(f.Emails, r.ContactEmail)
	}
	for _, p := range r.Profiles {
		switch {
		case p.URL != "":
			f.Links = append(f.Links, p.URL)
		default:
			f.Links = append(f.Links, p.Display)
		}
	}
	return f
}

// grid lists every cell that holds a value, header and titles included. Rows
// of a CSV count as a spreadsheet program would count them.
func (n *Inspection) grid(l *List) error {
	n.Cells = map[string]string{}
	n.Rows = 0
	t := l.table
	src, err := t.open()
	if err != nil {
		return err
	}
	defer src.Close()
	for at := 1; ; at++ {
		rec, err := src.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return file.Placed(err, l.path, t.sheet)
		}
		if l.info.Format == XLSX {
			at, _ = strconv.Atoi(rec[0])
		}
		any := false
		for i, c := range rec[1:] {
			if c != "" && !(at > l.info.HeaderLine && slices.Contains(l.secrets, i)) {
				n.Cells[strconv.Itoa(at)+","+strconv.Itoa(i+1)] = strings.Clone(c)
				any = true
			}
		}
		if any {
			n.Rows++
		}
	}
}
