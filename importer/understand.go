package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// understand decides what each column means: what --map says, else what the
// header says, else, in a list without header, what stands in it.
func (l *List) understand() error {
	t := l.table
	l.info.Sheet, l.info.HeaderLine, l.info.Template = t.sheet, t.header.line, t.kind
	l.info.Columns = make([]string, len(t.header.labels))
	if isLinksFile(t.header) {
		if err := l.tolerate(linksFile(t)); err != nil {
			return err
		}
	}
	rows, err := readSample(t)
	if err != nil {
		return err
	}
	l.cols = make([]column, len(t.header.labels))
	if t.header.line > 0 {
		l.format = formatOf(t.header.labels)
	}
	for i, label := range labelled(t.header, l.info.Format) {
		l.info.Columns[i] = strings.TrimSpace(t.header.labels[i])
		if t.header.line == 0 {
			l.info.Columns[i] = label
		}
		l.cols[i] = l.understandColumn(label, t.header, i, sampleOf(rows, i))
	}
	l.settle(t.header, rows)
	for i, c := range l.cols {
		l.recordColumn(c, strings.TrimSpace(t.header.labels[i]))
	}
	l.settleNearest(rows)
	if err := l.checkMap(); err != nil {
		return err
	}
	l.noteHeader(t.header)
	l.noteColumns(t.header, rows)
	if !l.knowsPeople() {
		if err := l.tolerate(l.unmapped(t.header, rows)); err != nil {
			return err
		}
	}
	l.info.Labels, l.info.FeedBack = l.labels(), l.feedBackHeader()
	l.parser, l.secrets = newParser(l), secretColumns(l.cols)
	return nil
}

// labelled gives every column a name of its own.
func labelled(h header, f Format) []string {
	seen := map[string]int{}
	out := make([]string, len(h.labels))
	for i, label := range h.labels {
		label = strings.Join(strings.Fields(label), " ")
		if label == "" || h.line == 0 {
			label = "column " + columnPlace(f, withoutOurs(h.labels, i+1))
		}
		for {
			seen[label]++
			if seen[label] == 1 {
				break
			}
			label += " " + strconv.Itoa(seen[label])
		}
		out[i] = label
	}
	return out
}

// understandColumn settles one column by what --map says of it, by its header,
// and by what stands in it.
func (l *List) understandColumn(label string, h header, i int, values []string) column {
	c := column{label: label}
	raw := strings.TrimSpace(h.labels[i])
	asked, told := mapped(l.o.Map, label, raw)
	name, _ := fieldNamed(asked)
	c.told = told
	switch {
	case h.line > 0 && Ours(raw):
		c.ignored = true
	case holdsLinks(values):
		c.ignored, c.secret = true, true
	case h.line > 0 && (!told || name == "" || name == AttributeField) && isSecret(raw, values):
		c.ignored, c.secret = true, true
	case told && asked == "":
		c.ignored = true
	case told:
		c.set(name)
	case h.line == 0:
		c.set(record.Field(raw))
	case isOwn(raw), l.format.drops(raw):
		c.ignored = true
	default:
		c.mean(raw, values, h.labels)
		if field, ok := l.format.field(raw); ok {
			c = column{label: label, rank: c.rank}
			c.set(field)
		}
	}
	if c.ignored && !Ours(raw) {
		l.info.Ignored = append(l.info.Ignored, label)
	}
	return c
}

// mean settles what a column holds by its header, where its cells do not say
// otherwise.
func (c *column) mean(raw string, values, labels []string) {
	m := meaningOf(raw)
	if m.field == "" {
		return
	}
	c.rank, c.asked = m.rank, m.asked
	if isStranger(m.field, labels) || !believed(m.field, m.network, raw, values) {
		c.doubted = m.field
		return
	}
	c.set(m.field)
	low := strings.ToLower(raw)
	c.vague = m.field == record.FieldLinks && !strings.Contains(low, "link") && !strings.Contains(low, "url")
}

// set makes c a column of a field or of a network.
func (c *column) set(field record.Field) {
	c.field = field
	if field == "" || field == AttributeField {
		c.field = ""
		return
	}
	if fieldRules[field] == nil {
		c.network = string(field)
	}
}

func (l *List) recordColumn(c column, raw string) {
	named := raw != "" && l.table.header.line > 0
	if (c.field == "" || c.field == record.FieldRelation || c.behind) && !c.ignored && named {
		l.info.Free = append(l.info.Free, c.label)
	}
	switch {
	case c.ignored:
	case c.field != "":
		l.info.Mapping[c.label] = string(c.field)
		if f := fieldRules[c.field]; f != nil && f.right {
			l.info.Rights = append(l.info.Rights, c.label)
		}
	case named:
		if _, told := mapped(l.o.Map, c.label, raw); !told && c.doubted == "" && !l.isOwnColumn(raw) {
			l.info.Unknown = append(l.info.Unknown, Unknown{Header: c.label, Nearest: string(suggestion(raw))})
		}
	}
}

// mapped looks a column up in what the user said, by its exact header first,
// then whatever its case and blanks.
func mapped(m map[string]string, label, raw string) (string, bool) {
	for _, key := range []string{label, raw} {
		if to, ok := m[key]; ok && key != "" {
			return to, true
		}
	}
	for key, to := range m {
		k := strings.Join(strings.Fields(key), " ")
		if k != "" && (strings.EqualFold(k, label) || strings.EqualFold(k, raw)) {
			return to, true
		}
	}
	return "", false
}

// checkMap refuses a --map that names no column: a slip there would quietly
// import the wrong thing. Columns of a saved mapping may be missing, if it does
// not require them.
func (l *List) checkMap() error {
	var missing, lacking []string
	for key := range l.o.Map {
		switch {
		case l.has(key):
		case slices.Contains(l.o.IfThere, key) && !slices.Contains(l.o.Required, key):
			lacking = append(lacking, fmt.Sprintf("%q", key))
		default:
			missing = append(missing, key)
		}
	}
	for _, key := range l.o.Required {
		if !l.has(key) {
			return l.lacks(fmt.Sprintf("the mapping requires a column %q that the list does not have", key))
		}
	}
	if len(lacking) > 0 {
		slices.Sort(lacking)
		l.note(file.Note{
			Code:    "mapping_unused",
			Count:   len(lacking),
			Message: "the mapping names columns that the list does not have: " + strings.Join(lacking, ", "),
		})
	}
	if len(missing) == 0 {
		return nil
	}
	return l.lacks(fmt.Sprintf("--map names a column %q that the list does not have", slices.Min(missing)))
}

func (l *List) lacks(message string) error {
	return &file.Error{
		Class: file.BadMapping,
		Line:  l.table.header.line,
		Msg:   message,
		Hint:  "its columns are: " + strings.Join(l.labels(), ", "),
	}
}

// has reports whether the list has a column of that name.
func (l *List) has(name string) bool {
	for i, c := range l.cols {
		if _, hit := mapped(map[string]string{name: "x"}, c.label, l.info.Columns[i]); hit {
			return true
		}
	}
	return false
}

func (l *List) labels() []string {
	out := make([]string, len(l.cols))
	for i, c := range l.cols {
		out[i] = c.label
	}
	return out
}

// knowsPeople reports whether any column can tell who a person is.
func (l *List) knowsPeople() bool {
	return slices.ContainsFunc(l.cols, func(c column) bool { return !c.ignored && c.knowsPerson() })
}

// unmapped explains a list none of whose columns says who the people are.
func (l *List) unmapped(h header, rows []headRow) error {
	e := &file.Error{
		Class: file.NoHeader,
		Sheet: l.info.Sheet,
		Line:  h.line,
		Msg:   "no column is known to hold an email address, an external id or a profile",
	}
	if h.line == 0 {
		e.Msg = "no row looks like a header, and no column holds email addresses or profile links"
		e.Hint = "add a row with headers like Name, Email, Instagram above the list"
		return e
	}
	likely, field := l.cols[0].label, record.FieldEmail
	for i, c := range l.cols {
		if kind := contentOf(rows, i); kind == record.FieldEmail || kind == record.FieldLinks {
			likely, field = c.label, kind
			break
		}
	}
	e.Hint = fmt.Sprintf("say which column it is, like --map '%s=%s'; the columns are: %s",
		likely, field, strings.Join(l.labels(), ", "))
	return e
}

func (l *List) noteHeader(h header) {
	if h.line == 0 {
		l.note(file.Note{
			Code:    "columns_named",
			Message: "the list has no header row; its columns were named by what stands in them",
		})
	}
	if l.info.Template != "" {
		l.note(file.Note{
			Code:  "template",
			Sheet: l.info.Sheet,
			Message: fmt.Sprintf("this is a template for people of the kind %s; "+
				"rows that say nothing else are taken for that", l.info.Template),
		})
	} else if h.above > 0 {
		l.note(file.Note{
			Code:    "rows_above_header",
			Sheet:   l.info.Sheet,
			Line:    h.line,
			Count:   h.above,
			Message: fmt.Sprintf("rows above the header in line %d were left out", h.line),
		})
	}
	if h.joined {
		l.note(file.Note{
			Code:    "two_header_rows",
			Sheet:   l.info.Sheet,
			Line:    h.line,
			Message: "the header has two rows, which were joined",
		})
	}
	if h.line > 0 && fedBack(h.labels) {
		l.note(file.Note{
			Code:    "rejects_fed_back",
			Line:    h.line,
			Column:  ErrorColumn,
			Message: fmt.Sprintf("these are rejected rows, fed back; what stands under %q is left out", ErrorColumn),
		})
	}
}
