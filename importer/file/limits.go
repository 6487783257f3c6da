package file

import "fmt"

// Limits bound what a file may cost. A zero field takes its default; a limit
// that is reached is an error, nothing is ever cut.
type Limits struct {
	CSVBytes      int64 // size of a CSV file: 1 GB
	CSVRows       int   // rows of a CSV file: 5,000,000
	XLSXBytes     int64 // size of a workbook: 100 MB
	UnpackedBytes int64 // size of its parts together: 2 GB
	Columns       int   // 16,384
	CellBytes     int   // 1 MB
}

// WithDefaults returns the limits with every field that is not above zero at
// its default.
func (l Limits) WithDefaults() Limits {
	orDefault(&l.CSVBytes, 1<<30)
	orDefault(&l.CSVRows, 5_000_000)
	orDefault(&l.XLSXBytes, 100<<20)
	orDefault(&l.UnpackedBytes, 2<<30)
	orDefault(&l.Columns, 16_384)
	orDefault(&l.CellBytes, 1<<20)
	return l
}

func orDefault[N int | int64](limit *N, usual N) {
	if *limit <= 0 {
		*limit = usual
	}
}

// TooManyBytes is the error for a file of more than so many bytes.
func TooManyBytes(most int64) error {
	return &Error{
		Class: TooLarge,
		Msg:   "is larger than " + SizeWords(most),
		Hint:  "split the list, or raise the limit with --max-file-size",
	}
}

// CellTooLong is the error for a cell of more than so many bytes. line and
// column are where it stands, 0 and "" where that is not known.
func CellTooLong(line int, column string, most int) error {
	return &Error{
		Class:  TooLarge,
		Line:   line,
		Column: column,
		Msg:    "a cell is longer than " + SizeWords(int64(most)),
		Hint:   "a list of people has no such cells; shorten it, or raise the limit with --max-cell-size",
	}
}

// SizeWords writes a number of bytes for people: 100 MB.
func SizeWords(n int64) string {
	unit := 0
	for n >= 1024 && n%1024 == 0 && unit < 3 {
		n, unit = n/1024, unit+1
	}
	return fmt.Sprintf("%d %s", n, [...]string{"bytes", "KB", "MB", "GB"}[unit])
}
