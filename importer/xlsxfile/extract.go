package xlsxfile

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"muster/importer/file"
)

// stringsPart is where excelize looks for the shared strings.
const stringsPart = "xl/sharedStrings.xml"

// ownParts are the parts of our own package beside the strings.
func ownParts() map[string]string {
	sheets, references, types := "", "", ""
	parts := map[string]string{}
	for n := range places {
		at := placeOf(n)
		parts[at.part] = pieceHead + pieceTail
		sheets += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, at.sheet, n+1, n+1)
		references += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/worksheet" Target="/%s"/>`, n+1, relationSpace, at.part)
		types += fmt.Sprintf(`<Override PartName="/%s" ContentType="%s.worksheet+xml"/>`, at.part, sheetType)
	}
	parts["[Content_Types].xml"] = `<Types xmlns="` + packageSpace + `/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `.sheet.main+xml"/>` + types + `</Types>`
	parts["_rels/.rels"] = `<Relationships xmlns="` + packageSpace + `/relationships">` +
		`<Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/workbook.xml"] = `<workbook xmlns="` + sheetSpace + `" xmlns:r="` + relationSpace + `">` +
		`<sheets>` + sheets + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships xmlns="` + packageSpace + `/relationships">` + references +
		`<Relationship Id="rId100" Type="` + relationSpace + `/sharedStrings" Target="/` + stringsPart + `"/></Relationships>`
	return parts
}

// Names that the format gives to what is in a package.
const (
	packageSpace  = "http://schemas.openxmlformats.org/package/2006"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sheetSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	sheetType     = "application/vnd.openxmlformats-officedocument.spreadsheetml"
)

// ownPackage is our own package while it is written: empty sheets, and the
// shared strings that excelize is to read.
type ownPackage struct {
	file *os.File
	zip  *zip.Writer
	part *bufio.Writer // the strings
	err  error
}

func newOwnPackage(dir string) (*ownPackage, error) {
	f, err := os.CreateTemp(dir, "strings-*.xlsx")
	if err != nil {
		return nil, &file.Error{Class: file.Unreadable, Msg: "no private file can be made", Err: err}
	}
	o := &ownPackage{file: f, zip: zip.NewWriter(f)}
	for name, xml := range ownParts() {
		o.begin(name)
		o.write(xml)
	}
	o.begin(stringsPart)
	o.write(`<sst xmlns="` + sheetSpace + `">`)
	return o, nil
}

// begin begins a part, which is not compressed: it is read once, and soon.
func (o *ownPackage) begin(name string) {
	if o.part != nil {
		o.keep(o.part.Flush())
	}
	part, err := o.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		o.keep(err)
		part = io.Discard
	}
	o.part = bufio.NewWriter(part)
}

// write writes text of the part. An error stays until close.
func (o *ownPackage) write(text string) { _, _ = o.part.WriteString(text) }

// add adds a string.
func (o *ownPackage) add(body []byte) {
	o.write("<si>")
	_, _ = o.part.Write(body)
	o.write("</si>")
}

// close ends the package and returns the name of its file.
func (o *ownPackage) close() (string, error) {
	o.write("</sst>")
	o.keep(o.part.Flush())
	o.keep(o.zip.Close())
	o.keep(o.file.Close())
	if o.err != nil {
		return "", fullFolder(o.err)
	}
	return filepath.Clean(o.file.Name()), nil
}

// keep keeps the first error.
func (o *ownPackage) keep(err error) {
	if o.err == nil {
		o.err = err
	}
}

// fullFolder is the error of a private file that could not be written.
func fullFolder(err error) *file.Error {
	return &file.Error{
		Class: file.Unreadable,
		Msg:   "the private folder is full",
		Err:   err,
		Hint:  "make room in the folder for temporary files",
	}
}
