package file

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"muster/importer/failure"
)

// Class says what is wrong with a file, in one stable word. Scripts and
// `inspect list --json` see it as it is written here, with hyphens; codes of
// reasons and notes are joined by underscores.
type Class string

// The classes. All of them mean that nothing of the file may be imported.
const (
	Encrypted      Class = "encrypted"
	LegacyXLS      Class = "legacy-xls"
	Unsupported    Class = "unsupported"
	NotSpreadsheet Class = "not-a-spreadsheet"
	Truncated      Class = "truncated"
	Corrupt        Class = "corrupt"
	Bomb           Class = "bomb"
	TooLarge       Class = "too-large"
	Empty          Class = "empty"
	NotFound       Class = "not-found"
	Unreadable     Class = "unreadable"    // exists, but the system will not hand it out
	NoHeader       Class = "no-header"     // no row says, and no column shows, what the columns mean
	BadMapping     Class = "bad-mapping"   // --map, --set, --sheet … name something that is not there
	BadEncoding    Class = "bad-encoding"  // the encoding asked for is unknown or does not fit
	BadDelimiter   Class = "bad-delimiter" // the delimiter asked for is not one we read
	Forbidden      Class = "forbidden"     // a file that no import may bring in: the links of an earlier one
)

// Error is a file that cannot be imported: where it is broken, how, and
// what to do about it. Line is 0 and Sheet and Column are "" where the
// trouble is not in one place.
type Error struct {
	Path   string
	Sheet  string
	Line   int
	Column string // letter of the column in a sheet, its number in a CSV
	Class  Class
	Msg    string
	Hint   string
	Err    error // cause, if another package gave one
}

func (e *Error) Error() string {
	var b strings.Builder
	if BreaksLines(e.Path) {
		b.WriteString(strconv.Quote(e.Path))
	} else {
		b.WriteString(e.Path)
	}
	if e.Sheet != "" {
		fmt.Fprintf(&b, ": sheet %q", e.Sheet)
	}
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Column != "" {
		fmt.Fprintf(&b, ": column %s", e.Column)
	}
	b.WriteString(": ")
	b.WriteString(e.Msg)
	return b.String()
}

// BreaksLines reports whether a text cannot stand in a line of a message as it is: it
// would end that line, or move the cursor.
func BreaksLines(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

func (e *Error) Unwrap() error { return e.Err }

// Failure says that a file cannot be used.
func (e *Error) Failure() (failure.Class, string) { return failure.Input, e.Hint }

// Placed gives an Error in err the path and the sheet of the list it happened
// in, where it has none, so that readers need not carry them about. Any other
// error it returns as it is.
func Placed(err error, path, sheet string) error {
	var fe *Error
	if !errors.As(err, &fe) {
		return err
	}
	if fe.Path == "" {
		fe.Path = path
	}
	if fe.Sheet == "" {
		fe.Sheet = sheet
	}
	return err
}
