package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
)

// maxLinks is how many hyperlinks a sheet may have. Cells beyond are text.
const maxLinks = 65_530

// linkParts are the hyperlinks of a sheet while it is written: which cell leads
// where. They are spooled, as the rows are: the format wants the cells behind
// the rows, and the addresses in another part of the file.
type linkParts struct {
	spool *spool
	err   error
}

func newLinkParts(dir string) (*linkParts, error) {
	s, err := newSpool(dir, maxLinks)
	return &linkParts{spool: s}, err
}

func (l *linkParts) rows() int {
	if l == nil {
		return 0
	}
	return l.spool.rows
}

// add notes where a cell leads; it reports whether there was room for it.
func (l *linkParts) add(ref string, url []byte) bool {
	if l == nil || l.spool.rows == maxLinks {
		return false
	}
	if err := l.spool.add(texts(ref, string(url))); l.err == nil {
		l.err = err
	}
	return true
}

// anchors writes the cells that lead somewhere into their sheet.
func (l *linkParts) anchors(w io.Writer) error {
	return l.each(w, "<hyperlinks>", "</hyperlinks>", func(out *bufio.Writer, n int, ref, _ []byte) {
		fmt.Fprintf(out, `<hyperlink ref="%s" r:id="rId%d"/>`, ref, n)
	})
}

// targets writes the part that says where they lead.
func (l *linkParts) targets(w io.Writer) error {
	const space = "http://schemas.openxmlformats.org/"
	before := xml.Header + `<Relationships xmlns="` + space + `package/2006/relationships">`
	return l.each(w, before, `</Relationships>`, func(out *bufio.Writer, n int, _, url []byte) {
		fmt.Fprintf(out, `<Relationship Id="rId%d" Type="%sofficeDocument/2006/relationships/hyperlink" Target="`,
			n, space)
		xml.EscapeText(out, url)
		out.WriteString(`" TargetMode="External"/>`)
	})
}

// each writes one element for each hyperlink, if there are any.
func (l *linkParts) each(
	w io.Writer, before, after string, write func(out *bufio.Writer, n int, ref, url []byte),
) error {
	if l.rows() == 0 {
		return nil
	}
	if l.err != nil {
		return l.err
	}
	r, n, err := l.spool.reader(0)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString(before)
	for i := range n {
		row, err := r.next()
		if err != nil {
			return err
		}
		write(out, i+1, row[0].text, row[1].text)
	}
	out.WriteString(after)
	return out.Flush()
}

func (l *linkParts) close() error {
	if l == nil || l.spool == nil {
		return nil
	}
	return l.spool.close()
}
