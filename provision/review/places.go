package review

import (
	"regexp"
	"strconv"
	"strings"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/locale"
	"muster/provision/words"
)

// places say how a person finds a row in the list, by the number of the row.
type places map[int]string

// placesOf names rows by line alone where there is one list.
func placesOf(held provision.HeldReview, in words.In) places {
	all := places{}
	for _, p := range held.People {
		for _, row := range p.Rows {
			said := in.Say("line %s", in.Number(row.Line))
			if len(held.Lists) > 1 {
				said = strings.Join(strings.Fields(row.File+" "+row.Sheet+" "+said), " ")
			}
			all[row.Row] = said
		}
	}
	return all
}

// linesOf names rows as a sentence does: file and sheet where not all rows are of one.
func linesOf(held provision.HeldReview) places {
	var rows []provision.HeldRow
	for _, p := range held.People {
		rows = append(rows, p.Rows...)
	}
	for _, p := range held.Decided {
		rows = append(rows, p.Rows...)
	}
	var from record.Place
	for i, row := range rows {
		switch of := (record.Place{File: row.File, Sheet: row.Sheet}); {
		case i == 0:
			from = of
		case of != from:
			from = record.Place{}
		}
	}
	all := places{}
	for _, row := range rows {
		all[row.Row] = words.In{}.Place(row.Place, from)
	}
	return all
}

// Place says where a row stands in the lists.
func (s *Sitting) Place(row int) string { return s.places[row] }

// Told is what is said of rows by their numbers, in the language of the sitting
// and with rows named as the list does.
func (s *Sitting) Told(text string) string {
	if s.In.Language == "" || s.In.Language == locale.English {
		return s.InLines(text)
	}
	if m := ofRow.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return s.places[n] + ": " + s.Told(m[2])
	}
	return s.In.RetoldWith(text, func(value string) string {
		if n, err := strconv.Atoi(value); err == nil && s.places[n] != "" {
			return s.places[n]
		}
		return value
	})
}

// ofRow is a text that begins with the row it is about.
var ofRow = regexp.MustCompile(`^row ([0-9]+): (.*)`)

// rowNumber finds rows by the numbers that decisions name them by, and a line
// that is told beside one.
var rowNumber = regexp.MustCompile(`\brow ([0-9,]+)( \(line [0-9,]+: )?`)

// InLines names rows in a text as the list does: a reviewer needs one number, not
// two.
func (s *Sitting) InLines(text string) string { return s.places.inLines(text) }

func (places places) inLines(text string) string {
	return rowNumber.ReplaceAllStringFunc(text, func(found string) string {
		m := rowNumber.FindStringSubmatch(found)
		n, _ := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
		place, known := places[n]
		switch {
		case !known:
			return found
		case m[2] != "":
			return place + " ("
		}
		return place
	})
}
