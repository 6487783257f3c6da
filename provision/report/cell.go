package report

import "strings"

// A cell is what a sheet shows in one place.
type cell struct {
	text string
	url  string // where the text leads, "" for nowhere
	mark bool   // stands out: it is wrong, or differs from what it is compared with
}

// texts are cells that lead nowhere and do not stand out.
func texts(all ...string) []cell { return addTexts(make([]cell, 0, len(all)), all...) }

// addTexts puts texts behind the cells of a row.
func addTexts(row []cell, all ...string) []cell {
	for _, text := range all {
		row = append(row, cell{text: text})
	}
	return row
}

// maxURL is how long an address may be that a cell leads to.
const maxURL = 2_079

// leadsTo keeps an address that a click may open: a page, and not too long.
func leadsTo(url string) string {
	if len(url) > maxURL || !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return ""
	}
	return url
}
