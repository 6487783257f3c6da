package xlsxfile

import (
	"bytes"
	"io"

	"muster/importer/file"
)

// sharedScan is what the scan of the shared strings found: which have text, and
// what it is where it is plain. Cells get the plain ones from here, in pieces
// (mend.go); the others are read by excelize.
type sharedScan struct {
	n      int
	bits   []uint64
	at     []uint64 // of each string: where its text stands, or what excelize knows it by
	chunks [][]byte // plain texts; none stands in two of them
	held   int      // bytes of them
	most   int      // bytes that may be held
	others int      // strings that excelize reads
}

func (s *sharedScan) filled(i int) bool { return s.bits[i/64]>>(i%64)&1 == 1 }

// Limits of shared strings.
const (
	maxShared = 12_600_000 // every cell of a sheet in twelve columns
	maxPlain  = 256        // bytes of a plain text: a cell that refers to it takes more than a tenth of that in the file
	maxHeld   = 128 << 20  // bytes of all of them
	chunkSize = 64 << 10
)

// A string of excelize's has its number in at, its length and this bit; a plain
// one its chunk, the place in that, and its length.
const (
	isOther    = 1 << 63
	numberBits = 24 // maxShared
	placeBits  = 16
	lengthBits = 16
)

// scanShared reads the part of shared strings once. A text may have maxCell
// bytes, as a cell may. Strings that are not plain go to other, in their order.
func scanShared(r io.Reader, maxCell int, other func(body []byte)) (*sharedScan, error) {
	x := newXMLScan(r, maxText)
	x.maxKept = maxRow * max(maxCell, 1<<20)
	s := &sharedScan{most: maxHeld}
	inText, phonetic := false, false
	size, elements := 0, 0
	var from int64 // where the string begins that is open, 0 = none
	for x.next() {
		switch x.kind {
		case xmlOpen:
			if elements++; elements > maxElements {
				return nil, file.CellTooLong(0, "", maxCell)
			}
			switch string(x.name) {
			case "si":
				size, elements = 0, 0
				if err := s.begin(); err != nil {
					return nil, err
				}
				from = x.offset()
				x.keep(from)
			case "t":
				inText = true
			case "rPh":
				phonetic = true
			}
		case xmlClose:
			inText = false
			phonetic = phonetic && string(x.name) != "rPh"
			if from > 0 && string(x.name) == "si" {
				s.end(x.bytes(span{from, max(from, x.from)}), other)
				from = 0
				x.keep(-1)
			}
		case xmlText:
			if size += len(x.text); size > maxCell {
				return nil, file.CellTooLong(0, "", maxCell)
			}
			if inText && !phonetic && s.n > 0 && len(x.text) > 0 {
				s.bits[(s.n-1)/64] |= 1 << ((s.n - 1) % 64)
			}
		}
	}
	switch x.err {
	case io.EOF:
		return s, nil
	case errXMLRow:
		return nil, file.CellTooLong(0, "", maxCell)
	}
	return nil, brokenPart(x.err, 0, "")
}

// begin begins a string.
func (s *sharedScan) begin() error {
	if s.n++; s.n > maxShared {
		return &file.Error{
			Class: file.Bomb,
			Msg:   "the workbook has far too many texts",
			Hint:  "split the list",
		}
	}
	if (s.n-1)/64 >= len(s.bits) {
		s.bits = append(s.bits, 0)
	}
	s.at = append(s.at, 0)
	return nil
}

// end ends a string: what it holds is kept, or left to excelize.
func (s *sharedScan) end(body []byte, other func([]byte)) {
	text, plain := plainString(body)
	if !plain || len(text) > maxPlain || s.held+len(text) > s.most {
		s.at[s.n-1] = isOther | uint64(len(body))<<numberBits | uint64(s.others)
		s.others++
		other(body)
		return
	}
	last := len(s.chunks) - 1
	if last < 0 || len(s.chunks[last])+len(text) > chunkSize {
		s.chunks = append(s.chunks, make([]byte, 0, chunkSize))
		last++
	}
	place := len(s.chunks[last])
	s.chunks[last] = append(s.chunks[last], text...)
	s.held += len(text)
	s.at[s.n-1] = uint64(last)<<(placeBits+lengthBits) | uint64(place)<<lengthBits | uint64(len(text))
}

// text is a string that is plain, or the number by which excelize knows it.
func (s *sharedScan) text(i int) (plain []byte, number int, ok bool) {
	at := s.at[i]
	if at&isOther != 0 {
		return nil, int(at & (1<<numberBits - 1)), false
	}
	place, length := at>>lengthBits&(1<<placeBits-1), at&(1<<lengthBits-1)
	return s.chunks[at>>(placeBits+lengthBits)][place : place+length], 0, true
}

// length is about how many bytes a string has.
func (s *sharedScan) length(i int) int64 {
	at := s.at[i]
	if at&isOther != 0 {
		return int64(at &^ isOther >> numberBits)
	}
	return int64(at & (1<<lengthBits - 1))
}

// plainString is the text of a string that holds one and nothing else, without
// the escapes that strings have and other texts have not.
func plainString(body []byte) ([]byte, bool) {
	text, ok := between(body, "<t>", "</t>")
	if !ok {
		text, ok = between(body, `<t xml:space="preserve">`, "</t>")
	}
	return text, ok && bytes.IndexByte(text, '<') < 0 && !bytes.Contains(text, []byte("_x")) && !bytes.Contains(text, []byte("&#"))
}

// between is what stands between two texts, if b is that.
func between(b []byte, before, behind string) ([]byte, bool) {
	if len(b) < len(before)+len(behind) || string(b[:len(before)]) != before || string(b[len(b)-len(behind):]) != behind {
		return nil, false
	}
	return b[len(before) : len(b)-len(behind)], true
}
