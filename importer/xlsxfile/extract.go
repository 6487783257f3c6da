package xlsxfile

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"

	"muster/importer/file"
)

// ownParts are the parts of our own package beside the sheet and the strings.
var ownParts = []struct{ name, xml string }{
	{"[Content_Types].xml", `<Types xmlns="` + packageSpace + `/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + sheetType + `.worksheet+xml"/>` +
		`</Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + packageSpace + `/relationships">` +
		`<Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="xl/workbook.xml"/>` +
		`</Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="` + sheetSpace + `" xmlns:r="` + relationSpace + `">` +
		`<sheets><sheet name="` + onlySheet + `" sheetId="1" r:id="rId1"/></sheets>` +
		`</workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packageSpace + `/relationships">` +
		`<Relationship Id="rId1" Type="` + relationSpace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relationSpace + `/sharedStrings" Target="sharedStrings.xml"/>` +
		`</Relationships>`},
}

// Names that the format gives to what is in a package.
const (
	packageSpace  = "http://schemas.openxmlformats.org/package/2006"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sheetSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	sheetType     = "application/vnd.openxmlformats-officedocument.spreadsheetml"
)

// extract writes our own package: the sheet and the strings as they lie in
// the file, still compressed.
func (w *Workbook) extract(ref Sheet) (name string, err error) {
	out, err := os.CreateTemp(w.temp, "sheet-*.xlsx")
	if err != nil {
		return "", &file.Error{Class: file.Unreadable, Msg: "no private file can be made", Err: err}
	}
	defer func() {
		if cerr := out.Close(); err == nil && cerr != nil {
			err = cerr
		}
	}()
	z := zip.NewWriter(out)
	for _, p := range ownParts {
		part, err := z.Create(p.name)
		if err != nil {
			return "", err
		}
		if _, err := io.WriteString(part, p.xml); err != nil {
			return "", err
		}
	}
	if err := w.copySheet(z, ref, "xl/worksheets/sheet1.xml"); err != nil {
		return "", err
	}
	if w.shared != nil {
		if err := w.copyPart(z, w.pkg.shared, "xl/sharedStrings.xml"); err != nil {
			return "", err
		}
	}
	return filepath.Clean(out.Name()), z.Close()
}

// copySheet copies a sheet, put right where the scan found that it has to be.
func (w *Workbook) copySheet(z *zip.Writer, ref Sheet, to string) error {
	sum, err := w.summary(ref)
	if err != nil {
		return err
	}
	if sum.disordered == 0 && sum.unstyled == 0 {
		return w.copyPart(z, ref.part, to)
	}
	return w.rewritePart(z, ref.part, to, func(out io.Writer, in io.Reader) error {
		return mend(out, in, w.shared, w.limits)
	})
}

// copyPart copies a part as it lies in the file, or, if it is not in UTF-8,
// its text.
func (w *Workbook) copyPart(z *zip.Writer, from, to string) error {
	f := w.pkg.parts[partKey(from)]
	if w.pkg.wide[partKey(from)] {
		return w.rewritePart(z, from, to, func(out io.Writer, in io.Reader) error {
			_, err := io.Copy(out, in)
			return err
		})
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

// rewritePart writes a part anew.
func (w *Workbook) rewritePart(z *zip.Writer, from, to string, write func(out io.Writer, in io.Reader) error) error {
	in, err := w.pkg.part(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := z.Create(to)
	if err != nil {
		return err
	}
	return write(out, in)
}
