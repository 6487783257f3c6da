package importer

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

func (l Limits) withDefaults() Limits {
	def := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	defInt := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.CSVBytes, 1<<30)
	defInt(&l.CSVRows, 5_000_000)
	def(&l.XLSXBytes, 100<<20)
	def(&l.UnpackedBytes, 2<<30)
	defInt(&l.Columns, 16_384)
	defInt(&l.CellBytes, 1<<20)
	return l
}
