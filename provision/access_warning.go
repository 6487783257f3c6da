package provision

import (
	"muster/importer/reason"
	"muster/importer/record"
)

// An AccessWarning is something about the access of people that whoever imports them
// may not expect: nothing is wrong with their rows.
type AccessWarning struct {
	Code    reason.Code `json:"code"`
	People  int         `json:"people"`
	First   []string    `json:"first,omitempty"`   // the first few, as people call them
	Command string      `json:"command,omitempty"` // that mends it for the first of them, "" for none
	By      string      `json:"by,omitempty"`      // whoever does what is warned of
}

// SeatsTaken is how many seats of a plan are taken once it is carried out.
type SeatsTaken struct {
	Kind  record.Kind `json:"kind"`
	Taken int         `json:"taken"`
	Limit int         `json:"limit"`
}

// Nearly reports whether few are left: a tenth of them, or one.
func (s SeatsTaken) Nearly() bool { return s.Limit-s.Taken <= max(1, s.Limit/10) }
