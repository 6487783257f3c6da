package xlsxfile

import (
	"bufio"
	"encoding/binary"
	"io"
	"os"

	"muster/importer/file"
)

// A piece is some rows of a sheet that one scan has passed: a small sheet of
// their own, which excelize reads, and the trace, with which that is compared.
// The scan writes the pieces of a sheet to the private folder one behind the
// other, so that each byte of the sheet is unpacked and scanned once, however
// often its rows are read.
type piece struct {
	rows   int
	trace  []byte
	joins  []byte // where shared strings belong: how far from the last one, and which
	joined int    // where the last one belongs
	xml    []byte

	values [][]string // what excelize reads, row by row
	fault  string     // what is wrong with the row behind the last one of values
}

// Size of a piece: small enough that several may be under way at once, and so
// many rows that the sheet around them costs nothing. The first one is what is
// read to find the header.
const (
	pieceBytes = 64 << 10
	joinWeight = 16 // a byte of joins comes to about so many of text
	firstRows  = 64
)

// What stands around the rows of a piece.
const (
	pieceHead = `<worksheet xmlns="` + sheetSpace + `"><sheetData>`
	pieceTail = `</sheetData></worksheet>`
)

// pieceWriter cuts a sheet into pieces and writes them to a file.
type pieceWriter struct {
	file  *os.File
	w     *bufio.Writer
	piece piece
	most  int // rows of the piece
	last  int // number of its last row
	size  []byte
}

func newPieces(dir string) (*pieceWriter, error) {
	f, err := os.CreateTemp(dir, "sheet-")
	if err != nil {
		return nil, &file.Error{Class: file.Unreadable, Msg: "no private file can be made", Err: err}
	}
	return &pieceWriter{file: f, w: bufio.NewWriter(f), most: firstRows}, nil
}

// add adds a row that a scan has just read. shown tells whether a style changes
// how a number is read.
func (p *pieceWriter) add(row *sheetRow, scan *sheetScan, shown func(style int) bool) {
	if p.piece.rows == 0 {
		p.begin(scan.head)
	}
	p.piece.addXML(row, scan.x.bytes)
	p.piece.trace = appendTrace(p.piece.trace, p.last, row, shown)
	p.last = row.num
	if p.piece.rows++; p.piece.rows == p.most || len(p.piece.xml)+joinWeight*len(p.piece.joins) >= pieceBytes {
		p.flush()
	}
}

// begin begins a piece. The first one begins as the sheet does, so that excelize
// has its say about that as well.
func (p *pieceWriter) begin(head []byte) {
	if p.most != firstRows || head == nil {
		head = []byte(pieceHead)
	}
	p.piece.xml = append(p.piece.xml, head...)
}

// flush writes the piece. An error stays in the writer until close.
func (p *pieceWriter) flush() {
	if p.piece.rows == 0 {
		return
	}
	p.piece.xml = append(p.piece.xml, pieceTail...)
	p.size = binary.AppendUvarint(p.size[:0], uint64(p.piece.rows))
	for _, part := range [...][]byte{p.piece.trace, p.piece.joins, p.piece.xml} {
		p.size = binary.AppendUvarint(p.size, uint64(len(part)))
	}
	for _, part := range [...][]byte{p.size, p.piece.trace, p.piece.joins, p.piece.xml} {
		_, _ = p.w.Write(part)
	}
	p.piece = piece{trace: p.piece.trace[:0], joins: p.piece.joins[:0], xml: p.piece.xml[:0]}
	p.most, p.last = maxSheetRows, 0
}

// close ends the pieces and returns the name of their file.
func (p *pieceWriter) close() (string, error) {
	p.flush()
	err := p.w.Flush()
	if cerr := p.file.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return "", fullFolder(err)
	}
	return p.file.Name(), nil
}

// pieceReader reads the pieces of a sheet in their order.
type pieceReader struct {
	file *os.File
	r    *bufio.Reader
}

func openPieces(name string) (*pieceReader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &file.Error{Class: file.Unreadable, Msg: "a private file is gone", Err: err}
	}
	return &pieceReader{file: f, r: bufio.NewReader(f)}, nil
}

// next returns the next piece, not read by excelize yet; io.EOF behind the last.
func (p *pieceReader) next() (*piece, error) {
	rows, err := binary.ReadUvarint(p.r)
	if err == io.EOF {
		return nil, err
	}
	var sizes [3]uint64
	for i := range sizes {
		if err == nil {
			sizes[i], err = binary.ReadUvarint(p.r)
		}
	}
	next := &piece{rows: int(rows)}
	if err == nil {
		all := make([]byte, sizes[0]+sizes[1]+sizes[2])
		_, err = io.ReadFull(p.r, all)
		next.trace, all = all[:sizes[0]], all[sizes[0]:]
		next.joins, next.xml = all[:sizes[1]], all[sizes[1]:]
	}
	if err != nil {
		return nil, &file.Error{Class: file.Unreadable, Msg: "a private file cannot be read", Err: err}
	}
	return next, nil
}

func (p *pieceReader) close() error { return p.file.Close() }
