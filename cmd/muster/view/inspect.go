package view

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"muster/cmd/muster/flags"
	"muster/importer"
	"muster/importer/file"
	"muster/importer/reason"
	"muster/provision/words"
)

// InspectionText says how a list is understood, to somebody who has never seen
// a delimiter: what was read, what each column holds, what is wrong with the
// rows, and what to type: with the flags that were given already.
func InspectionText(n importer.Inspection, given []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %s\n", n.Path, formatName(n), Plural(n.Rows, "row"))
	for _, line := range readingWords(n) {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	b.WriteByte('\n')
	columnTable(&b, n)
	findings := n.Problems[:len(n.Problems)-len(n.Info.Notes)]
	problemList(&b, n, findings)
	noteList(&b, n)
	nextSteps(&b, n, given)
	return b.String()
}

func formatName(n importer.Inspection) string {
	if n.Info.Format == importer.XLSX {
		return "workbook"
	}
	return "CSV"
}

// Plural counts things: "1 row", "2,000 rows".
func Plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return words.Number(n) + " " + word + "s"
}

// readingWords say how the file itself was read.
func readingWords(n importer.Inspection) []string {
	var lines []string
	if n.Info.Format == importer.XLSX {
		lines = append(lines, "sheet       "+strconv.Quote(n.Sheet)+otherSheets(n.Info))
	} else {
		lines = append(lines, "encoding    "+n.Encoding)
		lines = append(lines, "delimiter   "+cmp.Or(delimiterWords[n.Delimiter], n.Delimiter))
	}
	header := "none: columns were named by what stands in them"
	if n.HeaderLine > 0 {
		header = "line " + strconv.Itoa(n.HeaderLine)
	}
	lines = append(lines, "header      "+header)
	if n.Info.ReadAs != "" {
		lines = append(lines, "read as     "+n.Info.ReadAs)
	}
	return lines
}

var delimiterWords = map[string]string{"": "none (one address after another)", ",": "comma", ";": "semicolon",
	"|": "pipe"}

// otherSheets name the sheets that are not read, and how they would be.
func otherSheets(info importer.Info) string {
	var others []string
	how := "--sheet NAME reads one"
	rows := map[string]int{}
	for _, s := range info.Unread {
		rows[s.Name] = s.Rows
	}
	for _, s := range info.Sheets {
		name := strconv.Quote(s.Name)
		switch {
		case s.Read:
		case s.Hidden:
			others = append(others, name+" (hidden)")
		case rows[s.Name] > 0:
			how = "--sheet NAME reads one, --sheet '*' all that hold people"
			others = append(others, name+" ("+Plural(rows[s.Name], "row")+")")
		default:
			others = append(others, name)
		}
	}
	if len(others) == 0 {
		return ""
	}
	return "; not read: " + strings.Join(others, ", ") + " (" + how + ")"
}

// columnTable shows what each column holds, with its first cells.
func columnTable(b *strings.Builder, n importer.Inspection) {
	width := len("column")
	for _, label := range n.Info.Labels {
		width = max(width, min(utf8.RuneCountInString(label), 32))
	}
	row := func(column, holds, sample string) {
		line := fmt.Sprintf("  %s  %s  %s", Padded(column, width), Padded(holds, 16), sample)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	row("COLUMN", "HOLDS", "FOR EXAMPLE")
	for _, label := range n.Info.Labels {
		row(shortened(label, 32), holds(n.Info, label), samples(n.Samples[label]))
	}
}

func holds(info importer.Info, label string) string {
	switch {
	case info.Mapping[label] != "":
		return info.Mapping[label]
	case importer.Ours(label), slices.Contains(info.Ignored, label):
		return "(left out)"
	}
	return "(kept as it is)"
}

// Padded fills a text up with blanks.
func Padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

func shortened(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return string([]rune(text)[:width-1]) + "…"
}

// samples shows the first cells of a column on one line.
func samples(cells []string) string {
	short := make([]string, len(cells))
	for i, cell := range cells {
		short[i] = shortened(strings.Join(strings.Fields(cell), " "), 40)
	}
	return strings.Join(short, " · ")
}

// problemList says what is wrong with rows, those that an import would reject
// first.
func problemList(b *strings.Builder, n importer.Inspection, findings []importer.Finding) {
	if len(findings) == 0 {
		if n.Rows > 0 {
			b.WriteString("\nNo cell is wrong in itself.\n")
		}
		return
	}
	slices.SortStableFunc(findings, func(x, y importer.Finding) int {
		if x.Fatal != y.Fatal {
			return map[bool]int{true: -1, false: 1}[x.Fatal]
		}
		return cmp.Compare(y.Count, x.Count)
	})
	for i, f := range findings {
		switch {
		case i == 0 && f.Fatal:
			fmt.Fprintf(b, "\n%s cannot be used until corrected:\n", Plural(n.Unusable, "row"))
		case !f.Fatal && (i == 0 || findings[i-1].Fatal):
			b.WriteString("\nCells worth a look; their rows are used all the same:\n")
		}
		where := placesOf(f)
		if f.Column != "" {
			where = f.Column + ", " + where
		}
		fmt.Fprintf(b, "  %s: %s\n", where, problemText(f))
		otherPlaces(b, f)
	}
}

// problemText is a message and what to do; the message is that of the first
// place.
func problemText(f importer.Finding) string {
	entry := reason.Of(reason.Code(f.Code))
	text := cmp.Or(f.Message, entry.Meaning)
	if entry.Remedy != "" && !strings.Contains(text, entry.Remedy) {
		text += " – " + entry.Remedy
	}
	return text
}

// saysEach reports whether the places of a problem are told apart by what is
// said of them: each quotes its own cell.
func saysEach(f importer.Finding) bool {
	return slices.ContainsFunc(f.Messages, func(m string) bool { return m != f.Messages[0] })
}

// otherPlaces says what stands at the other places of a problem, a line for all that
// say the same.
func otherPlaces(b *strings.Builder, f importer.Finding) {
	if !saysEach(f) {
		return
	}
	told := map[string]bool{}
	for _, message := range f.Messages {
		if told[message] {
			continue
		}
		told[message] = true
		var lines []string
		for i := 1; i < len(f.Messages); i++ { // the first is told already
			if f.Messages[i] == message {
				lines = append(lines, strconv.Itoa(f.Lines[i]))
			}
		}
		switch {
		case len(lines) == 0:
		case message == f.Messages[0]:
			fmt.Fprintf(b, "    likewise line%s\n", several(lines))
		default:
			fmt.Fprintf(b, "    line%s: %s\n", several(lines), message)
		}
	}
	if more := f.Count - len(f.Messages); more > 0 {
		fmt.Fprintf(b, "    and %s more\n", words.Number(more))
	}
}

// several is " 3", or "s 3, 4 and 5".
func several(lines []string) string {
	last := len(lines) - 1
	if last == 0 {
		return " " + lines[0]
	}
	return "s " + strings.Join(lines[:last], ", ") + " and " + lines[last]
}

// placesOf names the first lines of a problem, of those that say the same; of
// others only the one whose message is shown.
func placesOf(f importer.Finding) string {
	lines := make([]string, len(f.Lines))
	for i, line := range f.Lines {
		lines[i] = strconv.Itoa(line)
	}
	if saysEach(f) {
		return "line " + lines[0]
	}
	lines = lines[:min(len(lines), samePlaces)]
	if len(lines) < 2 {
		return "line " + strings.Join(lines, "")
	}
	first, others, word := lines[0], lines[1:], "lines "
	if f.Count == 2 {
		word = "line "
	}
	rest := strings.Join(others, ", ")
	if more := f.Count - len(lines); more > 0 {
		rest += " and " + words.Number(more) + " more"
	} else if last := len(others) - 1; last > 0 {
		rest = strings.Join(others[:last], ", ") + " and " + others[last]
	}
	return fmt.Sprintf("line %s (likewise %s%s)", first, word, rest)
}

// samePlaces is how many places are named of which the same is said.
const samePlaces = 4

// noteList says what was assumed, repaired and left out; what would stop an
// import comes last, where it is seen.
func noteList(b *strings.Builder, n importer.Inspection) {
	for _, fatal := range []bool{false, true} {
		first := true
		for _, note := range n.Info.Notes {
			if note.Fatal != fatal || note.Code == "sheets_not_read" { // said above
				continue
			}
			if first {
				b.WriteString(map[bool]string{false: "\nHow the file was read:\n", true: "\nAn import would stop here:\n"}[fatal])
				first = false
			}
			fmt.Fprintf(b, "  %s\n", noteText(note))
		}
	}
}

func noteText(note file.Note) string {
	text := note.Text()
	if note.Count > 1 && !strings.Contains(note.Message, ":") {
		text += fmt.Sprintf(" (%d)", note.Count)
	}
	return text
}

// nextSteps are what to type: the flags that would settle something, and the
// command.
func nextSteps(b *strings.Builder, n importer.Inspection, given []string) {
	var told []string
	for _, u := range n.Info.Unknown {
		if u.Nearest != "" {
			told = append(told, fmt.Sprintf("--map %s    if the column %q holds the %s", flags.Quoted(u.Header+"="+u.Nearest),
				u.Header, u.Nearest))
		}
	}
	for _, label := range n.Info.Rights {
		if n.Info.Kind == "" && !slices.Contains(mapped(n.Info), "kind") {
			told = append(told, fmt.Sprintf("--kind staff (or client)    the column %q grants rights, which creators "+
				"cannot have; or --map %s", label, flags.Quoted(label+"=")))
		}
	}
	if len(told) > 0 {
		b.WriteString("\nYou may want to say:\n")
		for _, f := range told {
			fmt.Fprintf(b, "  %s\n", f)
		}
	}
	fmt.Fprintf(b, "\nWhat an import would do: muster plan %s\n",
		strings.Join(append([]string{flags.Quoted(n.Path)}, given...), " "))
}

// mapped are the fields that columns hold.
func mapped(info importer.Info) []string {
	var fields []string
	for _, field := range info.Mapping {
		fields = append(fields, field)
	}
	return fields
}
