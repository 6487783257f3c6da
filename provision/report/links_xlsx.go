package report

import (
	"encoding/xml"
	"io"
	"strconv"
)

// maxLinks is how many hyperlinks a sheet may have. Cells beyond are text.
const maxLinks = 65_530

// linkParts are the hyperlinks of a sheet while it is written: which cell leads
// where. They are spooled, as the rows are: the format wants the cells behind
// the rows, and the addresses in another part of the file.
type linkParts struct {
	spool *spool
	row   [2]cell // where it stands, and where it leads
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
	l.row[0].text = ref
	l.row[1].text = string(url)
	if err := l.spool.add(l.row[:]); l.err == nil {
		l.err = err
	}
	return true
}

// anchors writes the cells that lead somewhere into their sheet.
func (l *linkParts) anchors(w io.Writer) error {
	return l.each(w, "<hyperlinks>", "</hyperlinks>", func(out []byte, n int, ref, _ []byte) []byte {
		out = append(out, `<hyperlink ref="`...)
		out = append(out, ref...)
		out = append(out, `" r:id="rId`...)
		out = strconv.AppendInt(out, int64(n), 10)
		return append(out, `"/>`...)
	})
}

// targets writes the part that says where they lead.
func (l *linkParts) targets(w io.Writer) error {
	const space = "http://schemas.openxmlformats.org/"
	before := xml.Header + `<Relationships xmlns="` + space + `package/2006/relationships">`
	return l.each(w, before, `</Relationships>`, func(out []byte, n int, _, url []byte) []byte {
		out = append(out, `<Relationship Id="rId`...)
		out = strconv.AppendInt(out, int64(n), 10)
		out = append(out, `" Type="`+space+`officeDocument/2006/relationships/hyperlink" Target="`...)
		out = addEscaped(out, url)
		return append(out, `" TargetMode="External"/>`...)
	})
}

// each writes one element for each hyperlink, if there are any.
func (l *linkParts) each(
	w io.Writer, before, after string, one func(out []byte, n int, ref, url []byte) []byte,
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
	out := append(make([]byte, 0, 2*spliced), before...)
	for i := range n {
		row, err := r.next()
		if err != nil {
			return err
		}
		if out = one(out, i+1, row[0].text, row[1].text); len(out) < spliced {
			continue
		}
		if _, err := w.Write(out); err != nil {
			return err
		}
		out = out[:0]
	}
	_, err = w.Write(append(out, after...))
	return err
}

func (l *linkParts) close() error {
	if l == nil || l.spool == nil {
		return nil
	}
	return l.spool.close()
}
