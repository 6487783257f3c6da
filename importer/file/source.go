package file

import "muster/importer/record"

// Source hands out the records of a table from its first line on.
type Source interface {
	// Next returns the line number in digits and the cells behind it, good
	// until the next call; io.EOF at the end.
	Next() ([]string, error)
	// Beside returns what is known of the last record beyond its cells, or nil.
	Beside() *Beside
	// Done returns the notes to add after the last record. The error is an
	// *Error where the file seems to have lost its end.
	Done() ([]Note, error)
	// Close frees what the source holds.
	Close() error
}

// Beside is what belongs to a row and has no place in its cells. Columns count
// from 0.
type Beside struct {
	Links map[int]string      // where the hyperlink of a cell leads
	Marks map[int]record.Mark // what is odd about how a cell is stored
	Extra []string            // cells to the right of the header
	Above map[int]string      // what the cell says that is merged from above over a cell of the row
}
