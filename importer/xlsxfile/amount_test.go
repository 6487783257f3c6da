package xlsxfile

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"muster/importer/file"
)

// What rows say together is bounded, however small the workbook is that says it.
func TestRowsThatSayTooMuch(t *testing.T) {
	long := "<sst><si><t>" + strings.Repeat("y", 20_000) + "</t></si><si><t>" + strings.Repeat("y", 200) + "</t></si></sst>"
	for name, c := range map[string]struct {
		cell string // of each of 100 rows, in the column that is named
		line int    // where it is too much, 0 = nowhere
	}{
		"a long text in each row":    {`<c r="B%[1]d" t="s"><v>0</v></c>`, 53},
		"a text in each row":         {`<c r="B%[1]d" t="s"><v>1</v></c>`, 0},
		"a cell at the end of each":  {`<c r="XFD%[1]d"><v>1</v></c>`, 64},
		"a blank at the end of each": {`<c r="XFD%[1]d"/>`, 0},
		"a cell in the next column":  {`<c r="B%[1]d"><v>1</v></c>`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			sheet := "<worksheet><sheetData>"
			for row := range 100 {
				sheet += fmt.Sprintf(`<row r="%[1]d"><c r="A%[1]d"><v>1</v></c>`+c.cell+`</row>`, row+1)
			}
			data := packed(t, sheet+"</sheetData></worksheet>", long)
			limits := file.Limits{UnpackedBytes: 1 << 20}.WithDefaults()
			w, err := Open(bytes.NewReader(data), int64(len(data)), t.TempDir(), limits)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			rows, err := w.Rows(w.Sheets()[0])
			if err == nil {
				_ = rows.Close()
			}
			var fault *file.Error
			if errors.As(err, &fault) {
				if fault.Class != file.Bomb || fault.Line != c.line || !strings.Contains(fault.Msg, "rows of more than 1 MB") {
					t.Errorf("%+v", fault)
				}
			} else if err != nil || c.line != 0 {
				t.Errorf("it is read: %v", err)
			}
		})
	}
}
