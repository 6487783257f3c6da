package importer

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/transform"
)

// wideXML hands out XML that is stored in UTF-16, without the declaration that
// says so.
type wideXML struct {
	io.Reader
	io.Closer
}

// inUTF8XML hands out a part of XML in UTF-8; wide says that it is stored in
// UTF-16, with or without a mark of byte order.
func inUTF8XML(part io.ReadCloser) (in io.ReadCloser, wide bool) {
	stored := bufio.NewReader(part)
	head, _ := stored.Peek(4)
	skip, big := 0, false
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		skip, big = 2, head[0] == 0xfe
	case bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		big = head[0] == 0
	default:
		return wideXML{stored, part}, false
	}
	_, _ = stored.Discard(skip)
	text := bufio.NewReaderSize(transform.NewReader(stored, utf16Of(big, false).NewDecoder()), 4096)
	if start, _ := text.Peek(1024); bytes.HasPrefix(start, []byte("<?xml")) {
		_, _ = text.Discard(bytes.Index(start, []byte("?>")) + len("?>"))
	}
	return wideXML{text, part}, true
}
