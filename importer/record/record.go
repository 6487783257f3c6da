// Package record holds what a list says, in our terms: the row as the file had
// it, the person it stands for, and what was wrong with it. Readers make
// records; everything behind them needs no more than this of the lists.
// Nothing here reads or writes anything.
package record

import (
	"muster/importer/identity"
	"muster/importer/reason"
)

// Place says where a row stands: the file as it was named on the command
// line, the sheet ("" for CSV), and the physical line a person sees in an
// editor (for XLSX: the number of the row), from 1.
type Place struct {
	File  string `json:"file"`
	Sheet string `json:"sheet,omitempty"`
	Line  int    `json:"line"`
}

// Row is one data row as the file had it: its place and its cells in the
// order of the header, padded to its width. What a workbook knows of a cell
// beyond its text stands beside it; columns count from 0.
type Row struct {
	Place
	Cells []string
	Extra int            // how many of the cells stand to the right of the header
	Links map[int]string // column → where the cell's hyperlink leads
	Marks map[int]Mark   // column → what is odd about how the cell is stored
}

// Mark says what is odd about how a workbook stores a cell.
type Mark int

// The marks.
const (
	DateCell   Mark = iota + 1 // a number shown as a date or time
	LongNumber                 // a number of more than 15 digits: the last ones are lost
	NoResult                   // a formula without a stored result
	ErrorCell                  // an error value like #N/A
)

// UnreadSheet is a visible sheet with people on it that was not read, because
// nobody said which sheets are meant.
type UnreadSheet struct {
	Name string `json:"name"`
	Rows int    `json:"rows"`
}

// Kind is what a person is to a brand.
type Kind string

// The kinds. The empty Kind means that the row does not say.
const (
	Creator Kind = "creator"
	Staff   Kind = "staff"
	Client  Kind = "client"
)

// Record is a row in our terms: who the person is, what is wanted for them,
// and what was wrong with the row. A blank cell and a missing column leave
// the field at its zero value, which means "leave it as it is".
type Record struct {
	Row int `json:"row"` // number in the run from 1, over all lists, in list order
	Place
	OfRow int `json:"of_row,omitempty"` // where a run is taken back: the row of that run; 0 of somebody who was on none

	Name         string             `json:"name,omitempty"` // whole name, joined from its parts where the list splits it
	FirstName    string             `json:"first_name,omitempty"`
	LastName     string             `json:"last_name,omitempty"`
	Email        identity.Email     `json:"email,omitzero"`
	ContactEmail string             `json:"contact_email,omitempty"` // never matched by
	ExternalID   string             `json:"external_id,omitempty"`
	Profiles     []identity.Profile `json:"profiles,omitempty"`

	Kind        Kind     `json:"kind,omitempty"`
	Relation    string   `json:"relation,omitempty"` // agency, manager, assistant, pr: who the row is of, where it is not the creator
	Brands      []string `json:"brands,omitempty"`
	Campaigns   []string `json:"campaigns,omitempty"`
	Products    []string `json:"products,omitempty"`
	Role        string   `json:"role,omitempty"`
	Permissions string   `json:"permissions,omitempty"`
	Status      string   `json:"status,omitempty"` // active, activate, activate+roles, blocked

	Language   string      `json:"language,omitempty"`
	TimeZone   string      `json:"time_zone,omitempty"`
	Picture    string      `json:"picture,omitempty"`
	Attributes []Attribute `json:"attributes,omitempty"`

	Problems []Problem `json:"problems,omitempty"`
	Cells    []string  `json:"cells,omitempty"` // the row's own cells, for the file of rejected rows
}

// Attribute is a free column and its cell, kept as the list had it.
type Attribute struct {
	Column string `json:"column"`
	Value  string `json:"value"`
}

// Problem is something wrong with one cell or with the row. A fatal problem
// makes the row unusable; the others are reported and the cell left out.
type Problem struct {
	Column  string      `json:"column,omitempty"` // header as typed; "" for the whole row
	Code    reason.Code `json:"code"`
	Message string      `json:"message"`
	Fatal   bool        `json:"fatal,omitempty"`
}

// Usable reports whether the row may take part: no problem of it is fatal.
func (r Record) Usable() bool {
	for _, p := range r.Problems {
		if p.Fatal {
			return false
		}
	}
	return true
}
