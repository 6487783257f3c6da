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

// leadsTo keeps an address that a click may open: a page, and not too long. What may
// stand in no address stands there by its number, or Excel calls the file damaged.
func leadsTo(url string) string {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return ""
	}
	if url = unfit.Replace(url); len(url) > maxURL {
		return ""
	}
	return url
}

// unfit are the signs that may stand in no address.
var unfit = strings.NewReplacer(" ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", "[", "%5B", `\`, "%5C", "]", "%5D",
	"^", "%5E", "`", "%60", "{", "%7B", "|", "%7C", "}", "%7D")
