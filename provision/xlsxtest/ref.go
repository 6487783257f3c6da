package xlsxtest

import (
	"fmt"
	"strconv"
	"strings"
)

// Limits of a sheet.
const (
	maxRows    = 1_048_576
	maxColumns = 16_384
)

// An area is some cells of a sheet, from 1 and with both ends.
type area struct{ left, top, right, bottom int }

// areaOf reads A1, A1:B2, and the same with $.
func areaOf(ref string) (area, error) {
	from, to, two := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !two {
		to = from
	}
	left, top, err1 := cellOf(from)
	right, bottom, err2 := cellOf(to)
	if err1 != nil || err2 != nil || left > right || top > bottom {
		return area{}, fmt.Errorf("%q are no cells", ref)
	}
	return area{left, top, right, bottom}, nil
}

func cellOf(ref string) (column, row int, err error) {
	letters := strings.TrimRight(ref, "0123456789")
	for _, c := range letters {
		if c < 'A' || c > 'Z' {
			return 0, 0, fmt.Errorf("%q is no cell", ref)
		}
		column = 26*column + int(c-'A') + 1
	}
	row, err = strconv.Atoi(ref[len(letters):])
	if err != nil || column < 1 || column > maxColumns || row < 1 || row > maxRows {
		return 0, 0, fmt.Errorf("%q is no cell", ref)
	}
	return column, row, nil
}

func (a area) meets(b area) bool {
	return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

// sheetOf parts a reference into its sheet and its cells: 'Ana”s list'!$A$1.
func sheetOf(ref string) (sheet, cells string) {
	at := strings.LastIndexByte(ref, '!')
	if at < 0 {
		return "", ref
	}
	sheet = ref[:at]
	if strings.HasPrefix(sheet, "'") && strings.HasSuffix(sheet, "'") && len(sheet) > 1 {
		sheet = strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	return sheet, ref[at+1:]
}
