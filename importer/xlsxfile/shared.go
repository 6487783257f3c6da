package xlsxfile

import (
	"io"

	"muster/importer/file"
)

// sharedScan knows which of the workbook's shared strings have text.
type sharedScan struct {
	n    int
	bits []uint64
}

func (s *sharedScan) filled(i int) bool { return s.bits[i/64]>>(i%64)&1 == 1 }

// maxShared bounds the number of shared strings: every cell of a sheet in
// twelve columns.
const maxShared = 12_600_000

// scanShared reads the part of shared strings once. A text may have maxCell
// bytes, as a cell may.
func scanShared(r io.Reader, maxCell int) (*sharedScan, error) {
	x := newXMLScan(r, maxText)
	s := &sharedScan{}
	inText, phonetic := false, false
	size, elements := 0, 0
	for x.next() {
		switch x.kind {
		case xmlOpen:
			if elements++; elements > maxElements {
				return nil, file.CellTooLong(0, "", maxCell)
			}
			switch string(x.name) {
			case "si":
				size, elements = 0, 0
				if s.n++; s.n > maxShared {
					return nil, &file.Error{
						Class: file.Bomb,
						Msg:   "the workbook has far too many texts",
						Hint:  "split the list",
					}
				}
				if (s.n-1)/64 >= len(s.bits) {
					s.bits = append(s.bits, 0)
				}
			case "t":
				inText = true
			case "rPh":
				phonetic = true
			}
		case xmlClose:
			inText = false
			phonetic = phonetic && string(x.name) != "rPh"
		case xmlText:
			if size += len(x.text); size > maxCell {
				return nil, file.CellTooLong(0, "", maxCell)
			}
			if inText && !phonetic && s.n > 0 && len(x.text) > 0 {
				s.bits[(s.n-1)/64] |= 1 << ((s.n - 1) % 64)
			}
		}
	}
	if x.err != io.EOF {
		return nil, brokenPart(x.err, 0, "")
	}
	return s, nil
}
