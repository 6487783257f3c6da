package provision

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// ReportIn is the run whose report a folder holds, "" for none.
func ReportIn(dir string) string {
	var s struct {
		Run string `json:"run"`
	}
	text, err := os.ReadFile(filepath.Join(dir, summaryFile))
	if err != nil || json.Unmarshal(text, &s) != nil {
		return ""
	}
	return s.Run
}

// summaryFile is the file of a report that says which run it is of.
const summaryFile = "summary.json"

// rowsFile is the file of a report that says where each row of a run stood.
// The ledger does not: it numbers rows.
const RowsFile = "rows.jsonl"
