package review

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"muster/provision"
)

// places say how a person finds a row in the list, by the number of the row.
type places map[int]string

// placesOf names rows by line alone where there is one list.
func placesOf(held provision.HeldReview) places {
	all := places{}
	for _, p := range held.People {
		for _, row := range p.Rows {
			words := fmt.Sprintf("line %d", row.Line)
			if len(held.Lists) > 1 {
				words = strings.Join(strings.Fields(row.File+" "+row.Sheet+" "+words), " ")
			}
			all[row.Row] = words
		}
	}
	return all
}

// Place says where a row stands in the lists.
func (s *Sitting) Place(row int) string { return s.places[row] }

// rowNumber finds rows by the numbers that decisions name them by, and a line
// that is told beside one.
var rowNumber = regexp.MustCompile(`\brow ([0-9,]+)( \(line [0-9,]+: )?`)

// InLines names rows in a text as the list does: a reviewer needs one number, not
// two.
func (s *Sitting) InLines(text string) string {
	return rowNumber.ReplaceAllStringFunc(text, func(found string) string {
		m := rowNumber.FindStringSubmatch(found)
		n, _ := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
		place, known := s.places[n]
		switch {
		case !known:
			return found
		case m[2] != "":
			return place + " ("
		}
		return place
	})
}
