package xlsxfile

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// wideXML hands out XML that is stored in UTF-16, without the declaration that
// says so.
type wideXML struct {
	io.Reader
	io.Closer
}

// inUTF8XML hands out a part of XML in UTF-8 that may be stored in UTF-16, with
// or without a mark of byte order.
func inUTF8XML(part io.ReadCloser) io.ReadCloser {
	stored := bufio.NewReader(part)
	head, _ := stored.Peek(4)
	skip, order := 0, unicode.LittleEndian
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		skip = 2
		if head[0] == 0xfe {
			order = unicode.BigEndian
		}
	case bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		if head[0] == 0 {
			order = unicode.BigEndian
		}
	default:
		return wideXML{stored, part}
	}
	_, _ = stored.Discard(skip)
	decoder := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder()
	text := bufio.NewReaderSize(transform.NewReader(stored, decoder), 4096)
	if start, _ := text.Peek(1024); bytes.HasPrefix(start, []byte("<?xml")) {
		_, _ = text.Discard(bytes.Index(start, []byte("?>")) + len("?>"))
	}
	return wideXML{text, part}
}
