package flags

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"muster/importer/file"
)

// Limits are the flags that bound what a list may cost.
type Limits struct {
	File, Unpacked, Cell Size
	Rows, Columns        int
}

func (o *Limits) flags(f *pflag.FlagSet) {
	f.Var(&o.File, "max-file-size", "refuse larger lists, like 2GB (default 1GB for CSV, 100MB for workbooks)")
	f.Var(&o.Unpacked, "max-unpacked-size", "refuse workbooks that are larger unpacked (default 2GB)")
	f.Var(&o.Cell, "max-cell-size", "refuse lists with a larger cell (default 1MB)")
	f.IntVar(&o.Rows, "max-rows", 0, "refuse CSV files of more rows (default 5000000)")
	f.IntVar(&o.Columns, "max-columns", 0, "refuse lists of more columns (default 16384)")
}

// limits are what the flags come to; what is not said has its default.
func (o *Limits) limits() (file.Limits, error) {
	for name, n := range map[string]int{"max-rows": o.Rows, "max-columns": o.Columns} {
		if n < 0 {
			return file.Limits{}, Usage(fmt.Sprintf("--%s %d is not possible", name, n), "give a number above 0")
		}
	}
	return file.Limits{CSVBytes: int64(o.File), XLSXBytes: int64(o.File), UnpackedBytes: int64(o.Unpacked),
		CellBytes: int(o.Cell), CSVRows: o.Rows, Columns: o.Columns}, nil
}

// Size is a flag that takes a number of bytes, like 500MB; 0 is the
// default.
type Size int64

// units of sizes, in which each is 1,024 of the one before it.
var units = []string{"B", "KB", "MB", "GB"}

func (v *Size) String() string {
	if *v == 0 {
		return ""
	}
	n, unit := int64(*v), 0
	for n%1024 == 0 && unit < len(units)-1 {
		n, unit = n/1024, unit+1
	}
	return strconv.FormatInt(n, 10) + units[unit]
}

// Set reads a number with its unit.
func (v *Size) Set(text string) error {
	word := strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	word = strings.TrimSuffix(strings.Replace(word, "IB", "B", 1), "B")
	shift := 0
	for i, unit := range units[1:] {
		if rest, found := strings.CutSuffix(word, unit[:1]); found {
			word, shift = rest, 10*(i+1)
			break
		}
	}
	n, err := strconv.ParseInt(word, 10, 40)
	if err != nil || n < 1 || n > 1<<(50-shift) {
		return errors.New("give a size like 500MB or 2GB")
	}
	*v = Size(n << shift)
	return nil
}

// Type names the value in help.
func (*Size) Type() string { return "size" }
