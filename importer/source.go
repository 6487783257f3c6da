package importer

import "muster/importer/record"

// source hands out the records of a table from its first line on.
type source interface {
	// next returns the line number in digits and the cells behind it, good
	// until the next call; io.EOF at the end.
	next() ([]string, error)
	// beside returns what is known of the last record beyond its cells, or nil.
	beside() *beside
	// done tells the notes to add after the last record, and whether the file
	// seems to have lost its end. close frees what the source holds.
	done() ([]Note, error)
	close() error
}

// beside is what belongs to a row and has no place in its cells.
type beside struct {
	links map[int]string
	marks map[int]record.Mark
	extra []string
}
