package xlsxfile

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"muster/importer/file"
)

// opcPackage is the container of a workbook: a zip file whose parts refer to
// one another. Only parts reached by reference count; the rest is noise.
type opcPackage struct {
	zip      *zip.Reader
	parts    map[string]*zip.File // by lower-case name
	workbook string
	sheets   []Sheet
	shared   string // part of the shared strings, "" = none
	styles   string
	date1904 bool
}

// Sheet is a worksheet of the workbook.
type Sheet struct {
	Name   string
	Hidden bool
	part   string
}

// letItRepair is the hint for a workbook that spreadsheet programs may read.
const letItRepair = "open the file in a spreadsheet program, let it repair it, and save it again"

const (
	maxEntries   = 5_000
	maxOtherPart = 64 << 20 // parts other than sheets and shared strings
	maxSmallPart = 16 << 20 // parts that are read into memory here
)

// openPackage checks the directory of the container, which costs nothing, and
// reads what the workbook says of its parts.
func openPackage(r io.ReaderAt, size int64, l file.Limits) (*opcPackage, error) {
	if size > l.XLSXBytes {
		return nil, file.TooManyBytes(l.XLSXBytes)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &file.Error{
			Class: file.Truncated,
			Err:   err,
			Msg:   "is cut off or damaged: the directory at its end is missing",
			Hint:  "the download or copy was cut short; fetch the file again",
		}
	}
	p := &opcPackage{zip: z, parts: map[string]*zip.File{}}
	if len(z.File) > maxEntries {
		return nil, bomb(fmt.Sprintf("the archive has %d entries", len(z.File)))
	}
	if err := p.index(); err != nil {
		return nil, err
	}
	if err := p.identify(); err != nil {
		return nil, err
	}
	if err := p.readWorkbook(); err != nil {
		return nil, err
	}
	return p, p.checkSizes(l)
}

func bomb(what string) error {
	return &file.Error{
		Class: file.Bomb,
		Msg:   "is no honest workbook: " + what,
		Hint:  "make the file again with a spreadsheet program",
	}
}

// index lists the parts by name. Two parts of one name would let the checks
// here and excelize look at different ones.
func (p *opcPackage) index() error {
	for _, f := range p.zip.File {
		if f.Flags&1 != 0 {
			return &file.Error{
				Class: file.Encrypted,
				Msg:   "is protected by a password",
				Hint:  "remove the password and save it",
			}
		}
		name := partKey(f.Name)
		if strings.HasSuffix(name, "/") {
			continue
		}
		if _, twice := p.parts[name]; twice {
			return &file.Error{
				Class: file.Corrupt,
				Msg:   fmt.Sprintf("the archive holds %q twice", f.Name),
				Hint:  "open the file in a spreadsheet program and save it again",
			}
		}
		p.parts[name] = f
	}
	return nil
}

func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
}

// identify tells a workbook from other things that are zip files.
func (p *opcPackage) identify() error {
	has := func(name string) bool { _, ok := p.parts[name]; return ok }
	unsupported := func(what, hint string) error {
		return &file.Error{Class: file.Unsupported, Msg: "is " + what, Hint: hint}
	}
	switch {
	case has("xl/workbook.bin"):
		return unsupported("a binary Excel workbook (.xlsb)", "open it and save it as .xlsx")
	case has("mimetype"):
		if b, err := p.read("mimetype"); err == nil && strings.Contains(string(b), "opendocument.spreadsheet") {
			return unsupported("an OpenDocument spreadsheet (.ods)", "open it and save it as .xlsx or CSV")
		}
	case has("index/document.iwa"), has("index.zip"), has("index.apxl"):
		return unsupported("an Apple Numbers or iWork document", "export it as Excel or CSV (File, Export To)")
	case has("word/document.xml"):
		return &file.Error{
			Class: file.NotSpreadsheet,
			Msg:   "is a Word document, not a list",
			Hint:  "copy its table into a spreadsheet",
		}
	case has("ppt/presentation.xml"):
		return &file.Error{
			Class: file.NotSpreadsheet,
			Msg:   "is a presentation, not a list",
			Hint:  "copy its table into a spreadsheet",
		}
	}
	if has("_rels/.rels") {
		return nil
	}
	if has("xl/workbook.xml") {
		return &file.Error{
			Class: file.Corrupt,
			Msg:   "lacks the part that says where the workbook is",
			Hint:  letItRepair,
		}
	}
	return &file.Error{
		Class: file.NotSpreadsheet,
		Msg:   "is an archive, not a workbook",
		Hint:  "unpack it and name the lists in it",
	}
}

// checkSizes holds what the directory declares against the limits.
func (p *opcPackage) checkSizes(l file.Limits) error {
	streamed := map[string]bool{partKey(p.shared): true}
	for _, s := range p.sheets {
		streamed[partKey(s.part)] = true
	}
	var total uint64
	for name, f := range p.parts {
		total += f.UncompressedSize64
		if f.UncompressedSize64 > maxOtherPart && !streamed[name] {
			return bomb(fmt.Sprintf("its part %s unpacks to %d MB", f.Name, f.UncompressedSize64>>20))
		}
		if total > uint64(l.UnpackedBytes) || f.UncompressedSize64 > uint64(l.UnpackedBytes) {
			return &file.Error{
				Class: file.Bomb,
				Msg:   "unpacks to more than " + file.SizeWords(l.UnpackedBytes),
				Hint:  "split the list; or, if you know where it comes from, raise the limit with --max-unpacked-size",
			}
		}
	}
	return nil
}

// relationship is one reference from a part to another or to the world.
type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relsOf reads the references of a part, by id.
func (p *opcPackage) relsOf(part string) (map[string]relationship, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if _, ok := p.parts[partKey(name)]; !ok {
		return nil, nil
	}
	var doc struct {
		Rels []relationship `xml:"Relationship"`
	}
	if err := p.decode(name, &doc); err != nil {
		return nil, err
	}
	rels := make(map[string]relationship, len(doc.Rels))
	for _, r := range doc.Rels {
		if r.Mode != "External" {
			if strings.HasPrefix(r.Target, "/") {
				r.Target = strings.TrimPrefix(r.Target, "/")
			} else {
				r.Target = path.Join(dir, strings.ReplaceAll(r.Target, "\\", "/"))
			}
		}
		rels[r.ID] = r
	}
	return rels, nil
}

// findWorkbook follows the reference to the workbook.
func (p *opcPackage) findWorkbook() error {
	root, err := p.relsOf("")
	if err != nil {
		return err
	}
	for _, r := range root {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			p.workbook = r.Target
		}
	}
	if _, ok := p.parts[partKey(p.workbook)]; !ok {
		return &file.Error{
			Class: file.Corrupt,
			Msg:   "has no workbook in it",
			Hint:  letItRepair,
		}
	}
	return nil
}

// readWorkbook finds the workbook and its sheets.
func (p *opcPackage) readWorkbook() error {
	if err := p.findWorkbook(); err != nil {
		return err
	}
	var doc struct {
		Pr struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []sheetElement `xml:"sheets>sheet"`
	}
	if err := p.decode(p.workbook, &doc); err != nil {
		return err
	}
	p.date1904 = isTrue([]byte(doc.Pr.Date1904))
	rels, err := p.relsOf(p.workbook)
	if err != nil {
		return err
	}
	for _, e := range doc.Sheets {
		if err := p.addSheet(e, rels); err != nil {
			return err
		}
	}
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			p.shared = r.Target
		case strings.HasSuffix(r.Type, "/styles"):
			p.styles = r.Target
		}
	}
	if len(p.sheets) == 0 {
		return &file.Error{Class: file.Empty, Msg: "has no worksheets", Hint: "check that the export finished"}
	}
	return nil
}

// sheetElement is what the workbook says of a sheet.
type sheetElement struct {
	Name  string     `xml:"name,attr"`
	State string     `xml:"state,attr"`
	Attrs []xml.Attr `xml:",any,attr"`
}

// addSheet adds a sheet of the workbook if it is a worksheet.
func (p *opcPackage) addSheet(e sheetElement, rels map[string]relationship) error {
	for _, a := range e.Attrs {
		if a.Name.Local != "id" {
			continue
		}
		r, known := rels[a.Value]
		if !known {
			return dangling(fmt.Sprintf("the sheet %q", e.Name))
		}
		if strings.HasSuffix(r.Type, "/worksheet") {
			hidden := e.State == "hidden" || e.State == "veryHidden"
			p.sheets = append(p.sheets, Sheet{Name: e.Name, Hidden: hidden, part: r.Target})
		}
	}
	return nil
}

// dangling is the error for a reference that leads nowhere: what it led to is
// lost, and the rest would pass for the whole.
func dangling(what string) *file.Error {
	return &file.Error{
		Class: file.Corrupt,
		Msg:   "is damaged: it lacks what it says of " + what,
		Hint:  letItRepair,
	}
}

// part opens a part as UTF-8; the reader checks its sum and size at the end.
func (p *opcPackage) part(name string) (io.ReadCloser, error) {
	f, ok := p.parts[partKey(name)]
	if !ok {
		return nil, &file.Error{
			Class: file.Corrupt,
			Msg:   fmt.Sprintf("lacks its part %s", name),
			Hint:  letItRepair,
		}
	}
	r, err := f.Open()
	if err != nil {
		return nil, zipError(err)
	}
	return inUTF8XML(zipPart{r}), nil
}

// zipPart turns the errors of the archive into those of a file.
type zipPart struct{ io.ReadCloser }

func (z zipPart) Read(p []byte) (int, error) {
	n, err := z.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = zipError(err)
	}
	return n, err
}

func zipError(err error) error {
	e := &file.Error{
		Class: file.Corrupt,
		Err:   err,
		Msg:   "is damaged: a part of the archive cannot be unpacked",
		Hint:  "fetch the file again, or open it in a spreadsheet program and save it again",
	}
	switch {
	case errors.Is(err, zip.ErrChecksum):
		e.Msg = "is damaged: a part of the archive does not match its checksum or size"
	case errors.Is(err, io.ErrUnexpectedEOF):
		e.Class = file.Truncated
		e.Msg = "is cut off: a part of the archive is incomplete"
	case errors.Is(err, zip.ErrAlgorithm):
		e.Class = file.Unsupported
		e.Msg = "is compressed in a way no spreadsheet program uses"
	}
	return e
}

func (p *opcPackage) read(name string) ([]byte, error) {
	r, err := p.part(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxSmallPart+1))
	if err == nil && len(b) > maxSmallPart {
		err = bomb(fmt.Sprintf("its part %s is too large", name))
	}
	return b, err
}

// decode reads a small part of XML.
func (p *opcPackage) decode(name string, to any) error {
	b, err := p.read(name)
	if err != nil {
		return err
	}
	if bytes.Contains(b, []byte("<!DOCTYPE")) {
		return brokenPart(errXMLDoctype, 0, "")
	}
	if err := xml.Unmarshal(b, to); err != nil {
		return &file.Error{
			Class: file.Corrupt,
			Err:   err,
			Msg:   fmt.Sprintf("its part %s is damaged", name),
			Hint:  letItRepair,
		}
	}
	return nil
}
