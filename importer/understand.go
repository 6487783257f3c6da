package importer

import (
	"slices"
	"strconv"
	"strings"

	"muster/importer/record"
)

// understand decides what each column means: what --map says, else what the
// header says, else, in a list without header, what stands in it.
func (l *List) understand() error {
	t := l.table
	l.info.Sheet = t.sheet
	l.info.HeaderLine = t.header.line
	l.info.Template = t.kind
	l.info.Columns = make([]string, len(t.header.labels))
	if isLinksFile(t.header) && l.o.Tokens == nil {
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
	l.resolveColumns(t.header, rows)
	for i, c := range l.cols {
		l.recordColumn(c, strings.TrimSpace(t.header.labels[i]))
	}
	l.suggestFields(rows)
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
	l.info.Labels = l.labels()
	l.info.FeedBack = l.feedBackHeader()
	l.parser = newParser(l)
	l.secrets = secretColumns(l.cols)
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

// understandColumn reads one column by what --map says of it, by its header,
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
		c.ignored = true
		c.secret = true
	case h.line > 0 && (!told || name == "" || name == AttributeField) && isSecret(raw, values):
		c.ignored = true
		c.secret = true
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

// knowsPeople reports whether any column can tell who a person is.
func (l *List) knowsPeople() bool {
	return slices.ContainsFunc(l.cols, func(c column) bool { return !c.ignored && c.knowsPerson() })
}
