package xlsxtest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// sheetOrder are the elements of a sheet in the order in which they have to stand.
var sheetOrder = strings.Fields("sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges " +
	"scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks " +
	"printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing " +
	"legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst")

// escaped is a character that stands in a text by its number.
var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

func unescaped(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(found string) string {
		n, _ := strconv.ParseUint(found[2:6], 16, 16)
		return string(rune(n))
	})
}

// sheet looks at a sheet.
func (b *book) sheet(name string) {
	rows := rowsOf{book: b, name: name}
	n := b.read(name, rows.row)
	at := 0
	for _, kid := range n.kids {
		i := slices.Index(sheetOrder, kid.name)
		if i < at {
			b.fault(name, "<%s> stands where it may not, behind <%s>", kid.name, sheetOrder[at])
		}
		at = max(at, i)
	}
	b.colors(name, n)
	b.columns(name, n)
	b.merged(name, n)
	b.hyperlinks(name, n)
	b.validations(name, n)
	b.filter(name, n, rows)
	b.print(name, n)
	for _, led := range []string{"drawing", "legacyDrawing"} {
		if d := n.one(led); d.name != "" && b.rels[name][d.get("id")].target == "" {
			b.fault(name, "<%s> leads nowhere", led)
		}
	}
}

// rowsOf are the rows of a sheet, as they come.
type rowsOf struct {
	book *book
	name string
	last int            // row
	head map[int]string // what the cells of the first row say, by column
}

func (r *rowsOf) row(n *node) {
	at := n.number("r")
	where := fmt.Sprintf("%s, row %d", r.name, at)
	if at <= r.last || at > maxRows {
		r.book.fault(where, "it stands behind row %d", r.last)
	}
	r.last = at
	if ht, err := strconv.ParseFloat(n.get("ht"), 64); n.get("ht") != "" && (err != nil || ht < 0 || ht > 409.5) {
		r.book.fault(where, "it is %s points high", n.get("ht"))
	}
	last := 0
	for _, c := range n.kids {
		column, row, err := cellOf(c.get("r"))
		if err != nil || row != at || column <= last {
			r.book.fault(where, "the cell %q stands here behind column %d", c.get("r"), last)
		}
		last = column
		r.cell(c, column)
	}
}

func (r *rowsOf) cell(c *node, column int) {
	b, where := r.book, r.name+", "+c.get("r")
	if s := c.number("s"); s < 0 || s >= b.formats {
		b.fault(where, "format %d of %d", s, b.formats)
	}
	if c.one("f").name != "" {
		b.fault(where, "a formula: %q", c.one("f").text)
	}
	value := c.one("v").text
	switch c.get("t") {
	case "s":
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n >= b.shared {
			b.fault(where, "text %q of %d", value, b.shared)
		}
	case "inlineStr":
		b.text(where, c.said())
	case "", "n":
		if value == "" {
			return
		}
		if n, err := strconv.ParseFloat(value, 64); err != nil || n < 0 && strings.HasPrefix(value, "-0") {
			b.fault(where, "%q is no number", value)
		}
	case "str", "b":
	default:
		b.fault(where, "a cell of type %q", c.get("t"))
	}
	if r.last == 1 {
		if r.head == nil {
			r.head = map[int]string{}
		}
		r.head[column] = value + c.said()
	}
}

// columns looks at how wide columns are: none may be there twice.
func (b *book) columns(name string, n *node) {
	last := 0
	for _, c := range n.one("cols").kids {
		from, to := c.number("min"), c.number("max")
		if from <= last || to < from || to > maxColumns {
			b.fault(name, "columns %d to %d stand behind %d", from, to, last)
		}
		last = to
		if wide, err := strconv.ParseFloat(c.get("width"), 64); err != nil || wide < 0 || wide > 255 {
			b.fault(name, "columns %d to %d are %s wide", from, to, c.get("width"))
		}
		if s := c.number("style"); s < 0 || s >= b.formats {
			b.fault(name, "columns %d to %d have format %d of %d", from, to, s, b.formats)
		}
	}
}

// merged finds cells that are part of two.
func (b *book) merged(name string, n *node) {
	var all []area
	for _, m := range n.one("mergeCells").kids {
		one, err := areaOf(m.get("ref"))
		if err != nil || one.left == one.right && one.top == one.bottom {
			b.fault(name, "%q cannot be one cell", m.get("ref"))
			continue
		}
		if slices.ContainsFunc(all, one.meets) {
			b.fault(name, "%s is part of another cell", m.get("ref"))
		}
		all = append(all, one)
	}
	if m := n.one("mergeCells"); m.name != "" && len(m.kids) == 0 {
		b.fault(name, "<mergeCells> is empty")
	}
}

// hyperlinks looks at cells that lead somewhere.
func (b *book) hyperlinks(name string, n *node) {
	all := n.one("hyperlinks").kids
	if len(all) > 65_530 {
		b.fault(name, "%d cells lead somewhere", len(all))
	}
	seen := map[string]bool{}
	for _, l := range all {
		ref := l.get("ref")
		if _, err := areaOf(ref); err != nil || seen[ref] {
			b.fault(name, "%q leads to two places, or is no cell", ref)
		}
		seen[ref] = true
		if id := l.get("id"); id != "" {
			if to := b.rels[name][id]; to.kind != "hyperlink" || !to.external {
				b.fault(name, "%s leads nowhere", ref)
			}
			continue
		}
		title, cells := sheetOf(l.get("location"))
		if _, known := b.sheetAt[strings.ToLower(title)]; !known {
			b.fault(name, "%s leads to the sheet %q, which is not there", ref, title)
		}
		if _, err := areaOf(cells); err != nil {
			b.fault(name, "%s: %v", ref, err)
		}
	}
}

// validations looks at the choices of cells.
func (b *book) validations(name string, n *node) {
	all := n.one("dataValidations").kids
	if v := n.one("dataValidations"); len(all) > 65_534 || v.name != "" && v.get("count") != "" && v.number("count") != len(all) {
		b.fault(name, "%d cells have choices, it says %s", len(all), v.get("count"))
	}
	seen := map[string]bool{}
	for _, v := range all {
		refs := strings.Fields(v.get("sqref"))
		if len(refs) == 0 || len(refs) > maxRefs {
			b.fault(name, "choices of %d cells", len(refs))
		}
		for _, ref := range refs {
			if _, err := areaOf(ref); err != nil || seen[ref] {
				b.fault(name, "%q has choices twice, or is no cell", ref)
			}
			seen[ref] = true
		}
		for _, most := range []struct {
			attr string
			n    int
		}{{"errorTitle", 32}, {"promptTitle", 32}, {"error", 255}, {"prompt", 255}} {
			if text := v.get(most.attr); units(text) > most.n {
				b.fault(name, "%s has %d characters: %s", most.attr, units(text), text)
			}
		}
		formula := v.one("formula1").text
		if strings.HasPrefix(formula, `"`) {
			if units(formula) > 257 {
				b.fault(name, "choices of %d characters: %.40s…", units(formula), formula)
			}
			continue
		}
		title, cells := sheetOf(formula)
		if _, known := b.sheetAt[strings.ToLower(title)]; !known {
			b.fault(name, "choices are on the sheet %q, which is not there", title)
		}
		if one, err := areaOf(cells); err != nil || one.left != one.right && one.top != one.bottom {
			b.fault(name, "the choices %s are no cells in a line", cells)
		}
	}
}

// maxRefs is how many places one choice may be for.
const maxRefs = 8_192

// filter looks at what can be filtered: the header has to say something, and the
// name that the format wants for it has to be of the same cells.
func (b *book) filter(name string, n *node, rows rowsOf) {
	f := n.one("autoFilter")
	if f.name == "" {
		return
	}
	all, err := areaOf(f.get("ref"))
	if err != nil || all.bottom > max(rows.last, all.top) {
		b.fault(name, "%s is filtered of %d rows (%v)", f.get("ref"), rows.last, err)
		return
	}
	found := false
	for _, d := range b.defined {
		of := d.number("localSheetId")
		if d.get("name") != "_xlnm._FilterDatabase" || of < 0 || of >= len(b.sheets) || b.sheets[of].part != name {
			continue
		}
		found = true
		if _, cells := sheetOf(d.text); strings.ReplaceAll(cells, "$", "") != strings.ReplaceAll(f.get("ref"), "$", "") {
			b.fault(name, "%s is filtered, and its name is of %s", f.get("ref"), cells)
		}
	}
	if !found {
		b.fault(name, "what is filtered has no name")
	}
}

// print looks at how a sheet is printed.
func (b *book) print(name string, n *node) {
	if scale := n.one("pageSetup").get("scale"); scale != "" {
		if s, err := strconv.Atoi(scale); err != nil || s < 10 || s > 400 {
			b.fault(name, "printed at %s %%", scale)
		}
	}
	for _, foot := range n.one("headerFooter").kids {
		if units(foot.text) > 255 {
			b.fault(name, "<%s> has %d characters", foot.name, units(foot.text))
		}
	}
	for _, breaks := range []string{"rowBreaks", "colBreaks"} {
		k := n.one(breaks)
		if k.name != "" && (len(k.kids) > 1_026 || k.get("count") != "" && k.number("count") != len(k.kids)) {
			b.fault(name, "%d pages end in <%s>, it says %s", len(k.kids), breaks, k.get("count"))
		}
	}
	if pane := n.one("pane"); pane.name != "" {
		if _, _, err := cellOf(pane.get("topLeftCell")); err != nil {
			b.fault(name, "the part that moves: %v", err)
		}
	}
}

// comments looks at what is said of cells.
func (b *book) comments(name string) {
	n := b.read(name, nil)
	authors := len(n.one("authors").kids)
	seen := map[string]bool{}
	for _, c := range n.one("commentList").kids {
		ref := c.get("ref")
		if _, _, err := cellOf(ref); err != nil || seen[ref] {
			b.fault(name, "%q has two comments, or is no cell", ref)
		}
		seen[ref] = true
		if a := c.number("authorId"); a < 0 || a >= authors {
			b.fault(name, "%s is said by %d of %d", ref, a, authors)
		}
		b.text(name+", "+ref, c.said())
	}
}

// drawing looks at pictures.
func (b *book) drawing(name string) {
	seen := map[string]bool{}
	for _, p := range b.read(name, nil).all("cNvPr") {
		if id := p.get("id"); id == "" || seen[id] {
			b.fault(name, "the number %q of a picture is there twice", id)
		} else {
			seen[id] = true
		}
	}
}

// chart looks at what a chart shows.
func (b *book) chart(name string) {
	for _, f := range b.read(name, nil).all("f") {
		title, cells := sheetOf(f.text)
		if _, known := b.sheetAt[strings.ToLower(title)]; !known {
			b.fault(name, "it shows cells of the sheet %q, which is not there", title)
		}
		if _, err := areaOf(cells); err != nil {
			b.fault(name, "%v", err)
		}
	}
}
