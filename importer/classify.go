package importer

import (
	"bytes"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"muster/importer/csvfile"
	"muster/importer/file"
)

// Format is how a list is stored.
type Format string

// The formats that are read.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// magics are first bytes that settle what a file is. What is not here and is
// no zip and no OLE file is taken for text.
var magics = []struct{ prefix, what, hint string }{
	{"%PDF-", "a PDF", "export the table behind it as CSV or XLSX"},
	{"\x89PNG", "a picture", "export the table as CSV or XLSX"},
	{"\xff\xd8\xff", "a picture", "export the table as CSV or XLSX"},
	{"GIF8", "a picture", "export the table as CSV or XLSX"},
	{"\x1f\x8b", "gzip-compressed", "unpack it first"},
	{"BZh", "bzip2-compressed", "unpack it first"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"},
	{"Rar!", "a RAR archive", "unpack it first"},
	{"\xfd7zXZ", "xz-compressed", "unpack it first"},
	{"\x28\xb5\x2f\xfd", "zstd-compressed", "unpack it first"},
	{"{\\rtf", "a text document", "export the table as CSV or XLSX"},
	{"SQLite format 3", "a database", "export the table as CSV or XLSX"},
	{"PAR1", "a Parquet file", "export it as CSV"},
}

// classify tells by its first bytes what a file is, never by its name: a CSV
// called .xlsx is read as CSV. The error is for what cannot be read.
func classify(r io.ReaderAt, size int64) (Format, error) {
	head := make([]byte, 4096)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", &file.Error{Class: file.Unreadable, Msg: "cannot be read: " + err.Error(), Err: err}
	}
	head = head[:n]
	if n == 0 {
		return "", emptyFile()
	}
	for _, m := range magics {
		if beginsWith(head, m.prefix) {
			return "", &file.Error{Class: file.NotSpreadsheet, Msg: "is " + m.what + ", not a list", Hint: m.hint}
		}
	}
	switch {
	case beginsWith(head, "PK\x03\x04", "PK\x05\x06"):
		return XLSX, nil
	case beginsWith(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return "", classifyOLE(r, size)
	case beginsWith(head, "\x09\x08", "\x09\x04\x06\x00", "\x09\x02\x06\x00", "\x09\x00\x04\x00"):
		return "", legacyXLS()
	}
	return CSV, classifyText(head)
}

// beginsWith reports whether a text begins with one of several others.
func beginsWith[T string | []byte](text T, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool {
		return len(text) >= len(prefix) && string(text[:len(prefix)]) == prefix
	})
}

// misnamed says that a file is not what the end of its name promises, or "".
func misnamed(path string, is Format) string {
	end := strings.ToLower(filepath.Ext(path))
	switch end {
	case ".xlsx", ".xlsm", ".xls":
		if is == CSV {
			return "the file is called " + end + " but holds text; it was read as CSV"
		}
	case ".csv", ".tsv", ".txt":
		if is == XLSX {
			return "the file is called " + end + " but is a workbook; it was read as one"
		}
	}
	return ""
}

func emptyFile() *file.Error {
	return &file.Error{Class: file.Empty, Msg: "the file is empty", Hint: "check that the export finished"}
}

func legacyXLS() *file.Error {
	return &file.Error{
		Class: file.LegacyXLS,
		Msg:   "is an old Excel workbook (.xls)",
		Hint:  "open it and save it as .xlsx",
	}
}

// classifyOLE tells an encrypted workbook from an old one by the names of the
// streams in the container, which stand in it in UTF-16.
func classifyOLE(r io.ReaderAt, size int64) error {
	const most = 64 << 20
	all, err := io.ReadAll(io.NewSectionReader(r, 0, min(size, most)))
	if err != nil {
		return &file.Error{Class: file.Unreadable, Msg: "cannot be read: " + err.Error(), Err: err}
	}
	switch {
	case bytes.Contains(all, inUTF16("EncryptedPackage")):
		return &file.Error{
			Class: file.Encrypted,
			Msg:   "is protected by a password",
			Hint:  "open it, remove the password (File, Info, Protect Workbook) and save it",
		}
	case bytes.Contains(all, inUTF16("Workbook")), bytes.Contains(all, inUTF16("Book")):
		return legacyXLS()
	}
	return &file.Error{
		Class: file.Unsupported,
		Msg:   "is an old Office document, not a workbook",
		Hint:  "export the table as CSV or XLSX",
	}
}

func inUTF16(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// Lists begin with "ID;P…" and "TABLE", too: these formats are known by their
// second line.
var (
	sylk = regexp.MustCompile(`^ID;P[A-Z0-9;]*\r?\n[BCFOP];`)
	dif  = regexp.MustCompile(`^TABLE\r?\n0,1\r?\n`)
)

// jsonArray is how an array begins; "[name]" begins a list.
var jsonArray = regexp.MustCompile(`^\[\s*[{\[\]"]|^\[\s*\n`)

// isBinary reports whether data is no text: one in twenty of its bytes at least
// is a control character that programs do not write into text, and they are of
// at least eight kinds. A damaged cell has one or two kinds.
func isBinary(text []byte) bool {
	odd, kinds := 0, map[byte]bool{}
	for _, c := range text {
		if c < 0x20 && !bytes.ContainsRune([]byte("\x00\t\n\v\f\r\x1a\x1b"), rune(c)) || c == 0x7f {
			odd++
			kinds[c] = true
		}
	}
	return len(kinds) >= 8 && odd*20 > len(text)
}

// classifyText refuses what is text but no table: web pages, XML, JSON.
func classifyText(head []byte) error {
	head = csvfile.HeadInUTF8(head)
	text := strings.ToLower(strings.TrimLeft(string(head), " \t\r\n"))
	for strings.HasPrefix(text, "<!--") { // pages that were saved begin so
		_, rest, _ := strings.Cut(text, "-->")
		text = strings.TrimLeft(rest, " \t\r\n")
	}
	refuse := func(what, hint string) error {
		return &file.Error{Class: file.NotSpreadsheet, Msg: "is " + what + ", not a list", Hint: hint}
	}
	switch {
	case beginsWith(text, "<!doctype html", "<html", "<table", "<head", "<meta"):
		return refuse("a web page", "open it in a spreadsheet program and save it as .xlsx; "+
			"if it was downloaded, it may be a sign-in page")
	case strings.HasPrefix(text, "<?xml") && strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet"):
		return &file.Error{
			Class: file.Unsupported,
			Msg:   "is an XML spreadsheet of 2003",
			Hint:  "open it and save it as .xlsx",
		}
	case strings.HasPrefix(text, "<?xml") && strings.Contains(text, "office:document"):
		return &file.Error{
			Class: file.Unsupported,
			Msg:   "is a flat OpenDocument file",
			Hint:  "open it and save it as .xlsx or CSV",
		}
	case beginsWith(text, "<?xml", "<svg"):
		return refuse("an XML file", "export the table as CSV or XLSX")
	case strings.HasPrefix(text, "{"), jsonArray.MatchString(text):
		return refuse("JSON", "export it as CSV")
	case strings.HasPrefix(text, "mime-version:") && strings.Contains(text, "multipart/"):
		return refuse("a web archive", "open it in a spreadsheet program and save it as .xlsx")
	case sylk.Match(head), dif.Match(head):
		return &file.Error{
			Class: file.Unsupported,
			Msg:   "is a spreadsheet in an exchange format of the eighties (.slk, .dif)",
			Hint:  "open it and save it as .xlsx or CSV",
		}
	case strings.HasPrefix(text, "begin:vcard"):
		return refuse("an address card", "export the contacts as CSV")
	}
	return nil
}
