package xlsxfile

import (
	"archive/zip"
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

// extract writes our own package: empty sheets, and the strings as they lie in
// the file, still compressed.
func (w *Workbook) extract() (name string, err error) {
	out, err := os.CreateTemp(w.temp, "strings-*.xlsx")
	if err != nil {
		return "", &file.Error{Class: file.Unreadable, Msg: "no private file can be made", Err: err}
	}
	defer func() {
		if cerr := out.Close(); err == nil && cerr != nil {
			err = cerr
		}
	}()
	z := zip.NewWriter(out)
	for name, xml := range ownParts() {
		part, err := z.Create(name)
		if err != nil {
			return "", err
		}
		if _, err := io.WriteString(part, xml); err != nil {
			return "", err
		}
	}
	if w.shared != nil {
		if err := w.copyPart(z, w.pkg.shared, stringsPart); err != nil {
			return "", err
		}
	}
	return filepath.Clean(out.Name()), z.Close()
}

// copyPart copies a part as it lies in the file, or, if it is not in UTF-8,
// its text.
func (w *Workbook) copyPart(z *zip.Writer, from, to string) error {
	f := w.pkg.parts[partKey(from)]
	if w.pkg.wide[partKey(from)] {
		return w.rewritePart(z, from, to)
	}
	h := zip.FileHeader{
		Name:               to,
		Method:             f.Method,
		CRC32:              f.CRC32,
		CompressedSize64:   f.CompressedSize64,
		UncompressedSize64: f.UncompressedSize64,
	}
	part, err := z.CreateRaw(&h)
	if err != nil {
		return err
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return zipError(err)
	}
	_, err = io.Copy(part, raw)
	return err
}

// rewritePart writes the text of a part anew.
func (w *Workbook) rewritePart(z *zip.Writer, from, to string) error {
	in, err := w.pkg.part(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := z.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return err
}
