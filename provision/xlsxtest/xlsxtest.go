// Package xlsxtest holds workbooks against what Excel asks of them beyond what other
// programs do: where it would offer to mend a file, or refuse it, a test says so. The rules are those of
// ECMA-376 and of Excel's own specifications and limits, as far as a report can meet them.
package xlsxtest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
)

// Check fails a test for each fault of a workbook.
func Check(t testing.TB, file string) {
	t.Helper()
	faults, err := Faults(file)
	if err != nil {
		t.Errorf("%s: %v", path.Base(file), err)
	}
	for _, fault := range faults {
		t.Errorf("%s: %s", path.Base(file), fault)
	}
}

// Faults are what Excel would not take as it is in a workbook, each with where it is.
func Faults(file string) ([]string, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	b := &book{parts: map[string]*zip.File{}, rels: map[string]map[string]rel{}, sheetAt: map[string]int{}}
	for _, f := range z.File {
		if b.parts[strings.ToLower(f.Name)] != nil {
			b.fault(f.Name, "the part is there twice")
		}
		b.parts[strings.ToLower(f.Name)] = f
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".rels") {
			b.relations(f.Name)
		}
	}
	b.contentTypes(z.File)
	b.styles()
	b.strings()
	b.workbook()
	for _, f := range z.File {
		switch {
		case strings.HasPrefix(f.Name, "xl/worksheets/sheet"):
			b.sheet(f.Name)
		case strings.HasPrefix(f.Name, "xl/comments"):
			b.comments(f.Name)
		case strings.HasPrefix(f.Name, "xl/drawings/drawing"):
			b.drawing(f.Name)
		case strings.HasPrefix(f.Name, "xl/charts/"):
			b.chart(f.Name)
		case strings.HasSuffix(f.Name, ".xml"), strings.HasSuffix(f.Name, ".vml"):
			b.read(f.Name, nil)
		}
	}
	return b.faults, nil
}

// book is a workbook that is looked at.
type book struct {
	parts   map[string]*zip.File // by name in small letters: Excel does not tell capitals apart
	rels    map[string]map[string]rel
	sheets  []sheet
	sheetAt map[string]int // by name in small letters
	defined []*node
	formats int // of cells
	shared  int // strings
	faults  []string
}

type sheet struct {
	name, part string
	hidden     bool
}

// rel is where a part leads to.
type rel struct {
	kind, target string
	external     bool
}

func (b *book) fault(where, format string, args ...any) {
	b.faults = append(b.faults, where+": "+fmt.Sprintf(format, args...))
}

// read reads a part; one that is not there, or no XML, is a fault, and empty.
func (b *book) read(name string, row func(*node)) *node {
	f := b.parts[strings.ToLower(name)]
	if f == nil {
		b.fault(name, "the part is not there")
		return &node{}
	}
	r, err := f.Open()
	if err != nil {
		b.fault(name, "%v", err)
		return &node{}
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		b.fault(name, "%v", err)
	}
	n, err := readNode(bytes.NewReader(content), row)
	if err != nil {
		b.fault(name, "%v", err)
		return &node{}
	}
	return n
}

// maxTarget is how long an address may be that a cell leads to.
const maxTarget = 2_079

// relations reads where a part leads to.
func (b *book) relations(name string) {
	folder, file := path.Split(name)
	base := path.Dir(path.Clean(folder))
	part := path.Join(base, strings.TrimSuffix(file, ".rels"))
	b.rels[part] = map[string]rel{}
	for _, n := range b.read(name, nil).all("Relationship") {
		r := rel{kind: path.Base(n.get("Type")), target: n.get("Target"), external: n.get("TargetMode") == "External"}
		if _, twice := b.rels[part][n.get("Id")]; twice || n.get("Id") == "" {
			b.fault(name, "the id %q is there twice, or empty", n.get("Id"))
		}
		switch {
		case r.external:
			b.address(name, r.target)
		case strings.HasPrefix(r.target, "/"):
			r.target = strings.TrimPrefix(r.target, "/")
		default:
			r.target = path.Join(base, r.target)
		}
		if !r.external && b.parts[strings.ToLower(r.target)] == nil {
			b.fault(name, "%s is not there", r.target)
		}
		b.rels[part][n.get("Id")] = r
	}
}

// address holds where a cell leads to against RFC 3986.
func (b *book) address(where, target string) {
	if units(target) > maxTarget {
		b.fault(where, "an address has %d characters: %.40s…", units(target), target)
	}
	u, err := url.Parse(target)
	if err != nil || u.Scheme == "" || u.Host == "" && u.Opaque == "" {
		b.fault(where, "%q is no address: %v", target, err)
	}
	for _, c := range target {
		if c <= ' ' || c == 0x7f || strings.ContainsRune("\"<>\\^`{|}", c) {
			b.fault(where, "the address %q holds %q as it is", target, c)
			return
		}
	}
}

// contentTypes finds parts of which the file does not say what they are.
func (b *book) contentTypes(files []*zip.File) {
	const name = "[Content_Types].xml"
	types := b.read(name, nil)
	defaults, overrides := map[string]bool{}, map[string]bool{}
	for _, n := range types.kids {
		all, key := defaults, strings.ToLower(n.get("Extension"))
		if n.name == "Override" {
			all, key = overrides, strings.ToLower(strings.TrimPrefix(n.get("PartName"), "/"))
			if b.parts[key] == nil {
				b.fault(name, "%s is not there", key)
			}
		}
		if all[key] {
			b.fault(name, "%s is there twice", key)
		}
		all[key] = true
	}
	for _, f := range files {
		key := strings.ToLower(f.Name)
		if f.Name != name && !overrides[key] && !defaults[strings.TrimPrefix(path.Ext(key), ".")] {
			b.fault(name, "%s has no type", f.Name)
		}
	}
}

// styles counts the formats of cells, and looks at what they are made of.
func (b *book) styles() {
	const name = "xl/styles.xml"
	n := b.read(name, nil)
	formats := n.one("cellXfs").kids
	if b.formats = len(formats); b.formats > 64_000 {
		b.fault(name, "%d formats of cells", b.formats)
	}
	for _, part := range [][2]string{{"fonts", "fontId"}, {"fills", "fillId"}, {"borders", "borderId"}, {"cellStyleXfs", "xfId"}} {
		have := len(n.one(part[0]).kids)
		for i, format := range formats {
			if at := format.number(part[1]); at < 0 || at >= have {
				b.fault(name, "format %d is of %s %d of %d", i, part[0], at, have)
			}
		}
	}
	b.colors(name, n)
}

// colors finds colours without their eight digits.
func (b *book) colors(where string, n *node) {
	if rgb := n.get("rgb"); rgb != "" && len(rgb) != 8 {
		b.fault(where, "the colour %s of <%s> does not have eight digits", rgb, n.name)
	}
	for _, kid := range n.kids {
		b.colors(where, kid)
	}
}

// strings counts the texts that cells share.
func (b *book) strings() {
	const name = "xl/sharedStrings.xml"
	if b.parts[strings.ToLower(name)] == nil {
		return
	}
	for i, n := range b.read(name, nil).kids {
		b.shared++
		b.text(fmt.Sprintf("%s, text %d", name, i), n.said())
	}
}

// text holds what a cell says against what a cell takes.
func (b *book) text(where, said string) {
	said = unescaped(said)
	if n := units(said); n > 32_767 {
		b.fault(where, "%d characters: %.40s…", n, said)
	}
	if i := strings.IndexFunc(said, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r", r) || r == 0xfffe || r == 0xffff }); i >= 0 {
		b.fault(where, "a text holds the character %U: %q", []rune(said[i:])[0], said)
	}
}

// workbook looks at the sheets and the names of cells.
func (b *book) workbook() {
	const name = "xl/workbook.xml"
	n := b.read(name, nil)
	ids := map[string]bool{}
	for _, s := range n.one("sheets").kids {
		title := s.get("name")
		b.sheetName(name, title)
		if id := s.get("sheetId"); ids[id] {
			b.fault(name, "two sheets have the number %s", id)
		} else {
			ids[id] = true
		}
		var part string
		for _, a := range s.attrs { // beside sheetId
			if a.Name.Local == "id" {
				part = b.rels[name][a.Value].target
			}
		}
		if b.parts[strings.ToLower(part)] == nil {
			b.fault(name, "the sheet %q has no part", title)
		}
		b.sheetAt[strings.ToLower(title)] = len(b.sheets)
		b.sheets = append(b.sheets, sheet{name: title, part: part, hidden: s.get("state") != "" && s.get("state") != "visible"})
	}
	if !slices.ContainsFunc(b.sheets, func(s sheet) bool { return !s.hidden }) {
		b.fault(name, "no sheet is to be seen")
	}
	active := n.one("workbookView").number("activeTab")
	if active < 0 || active >= len(b.sheets) || b.sheets[active].hidden {
		b.fault(name, "the sheet that is shown first is %d of %d, or hidden", active, len(b.sheets))
	}
	b.defined = n.all("definedName")
	b.names(name)
}

// sheetName holds the name of a sheet against what Excel takes.
func (b *book) sheetName(where, title string) {
	if n := units(title); n == 0 || n > 31 {
		b.fault(where, "the name of the sheet %q has %d characters", title, n)
	}
	if i := strings.IndexAny(title, `:\/?*[]`); i >= 0 {
		b.fault(where, "the name of the sheet %q holds %q", title, title[i])
	}
	if strings.HasPrefix(title, "'") || strings.HasSuffix(title, "'") {
		b.fault(where, "the name of the sheet %q begins or ends with an apostrophe", title)
	}
	if strings.EqualFold(title, "History") {
		b.fault(where, "Excel keeps the name %q for itself", title)
	}
	if _, twice := b.sheetAt[strings.ToLower(title)]; twice {
		b.fault(where, "two sheets are called %q", title)
	}
	b.text(where, title)
}

// names holds the names of cells against the sheets that they are of.
func (b *book) names(where string) {
	seen := map[string]bool{}
	for _, n := range b.defined {
		key := strings.ToLower(n.get("name")) + " of " + n.get("localSheetId")
		if seen[key] {
			b.fault(where, "%s is there twice", key)
		}
		seen[key] = true
		of := n.number("localSheetId")
		if of < 0 || of >= len(b.sheets) {
			b.fault(where, "%s: there are %d sheets", key, len(b.sheets))
			continue
		}
		for _, ref := range refsOf(n.text) {
			title, cells := sheetOf(ref)
			if title != b.sheets[of].name {
				b.fault(where, "%s is of the sheet %q, and speaks of %q", key, b.sheets[of].name, title)
			}
			if _, err := areaOf(whole(cells)); err != nil {
				b.fault(where, "%s: %v", key, err)
			}
		}
	}
}

// refsOf parts references at the commas that stand in no name of a sheet.
func refsOf(text string) []string {
	var all []string
	quoted, from := false, 0
	for i, c := range text {
		switch {
		case c == '\'':
			quoted = !quoted
		case c == ',' && !quoted:
			all = append(all, text[from:i])
			from = i + 1
		}
	}
	return append(all, text[from:])
}

// whole makes cells of columns and rows as a whole: $A:$C, $1:$1.
func whole(cells string) string {
	from, to, two := strings.Cut(strings.ReplaceAll(cells, "$", ""), ":")
	digits := strings.Trim(from, "0123456789") == ""
	letters := strings.Trim(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	switch {
	case two && digits:
		return "A" + from + ":XFD" + to
	case two && letters:
		return from + "1:" + to + fmt.Sprint(maxRows)
	}
	return cells
}
