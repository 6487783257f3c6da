package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"muster/importer"
	"muster/importer/record"
	"muster/provision"
)

// columnsOf returns the header of the column that fills a field, as the list
// types it; the field itself where no column does.
func columnsOf(info importer.Info) provision.Columns {
	headers := map[record.Field]string{}
	for _, header := range info.Labels {
		if field := record.Field(info.Mapping[header]); field != "" && headers[field] == "" {
			headers[field] = header
		}
	}
	return func(field record.Field) string { return cmp.Or(headers[field], string(field)) }
}

// noteWords returns what was assumed or repaired while a list was read, and
// which columns mean nothing.
func noteWords(info importer.Info) []string {
	var words, kept []string
	for _, u := range info.Unknown {
		kept = append(kept, fmt.Sprintf("%q", u.Header))
		if u.Nearest != "" && columnsOf(info)(record.Field(u.Nearest)) == u.Nearest {
			words = append(words, fmt.Sprintf("column %q means nothing to muster; if it is the %s, say --map '%s=%s'",
				u.Header, u.Nearest, u.Header, u.Nearest))
		}
	}
	if len(kept) > 0 {
		words = append([]string{fmt.Sprintf("kept with the person as they are: %s", strings.Join(kept, ", "))}, words...)
	}
	for _, n := range info.Notes {
		words = append(words, n.Text())
	}
	return words
}

// aboutColumns are notes on what columns mean, which matters to those alone who
// take in what stands there.
var aboutColumns = map[string]bool{
	"format_known": true, "network_unknown": true, "contacts_alone": true, "column_doubted": true, "columns_left_out": true,
}

// knownWords are noteWords for a list that names people who are there.
func knownWords(info importer.Info) []string {
	var words []string
	for _, n := range info.Notes {
		if !aboutColumns[n.Code] {
			words = append(words, n.Text())
		}
	}
	return words
}

// listInfo describes an opened list for plan and report.
func listInfo(path, digest string, info importer.Info) provision.ListInfo {
	l := provision.ListInfo{
		File:      path,
		Sheet:     info.Sheet,
		SHA256:    digest,
		Format:    string(info.Format),
		Encoding:  info.Encoding,
		Delimiter: info.Delimiter,
		Columns:   info.FeedBack,
		Ignored:   info.Ignored,
		Free:      info.Free,
		Unread:    info.Unread,
	}
	if !slices.Equal(info.Labels, l.Columns) {
		l.Labels = info.Labels
	}
	return l
}

// checkColumns refuses a list of creators with a column that grants rights.
func checkColumns(path string, info importer.Info, kind record.Kind) error {
	unnamed := columnsOf(info)(record.FieldKind) == string(record.FieldKind)
	mixed := info.Template != "" || !unnamed || slices.Contains(info.Columns, "kind")
	if kind != record.Creator || mixed || len(info.Rights) == 0 {
		return nil
	}
	column := info.Rights[0]
	return &provision.HeaderError{
		File:   path,
		Column: column,
		Msg:    fmt.Sprintf("a list of creators cannot grant rights, and this column does (%s)", info.Mapping[column]),
		Hint: fmt.Sprintf("say what the list holds with --kind staff or --kind client; or that the column says whose agency "+
			"or manager a row is of, with --map '%[1]s=relation'; or leave it out with --map '%[1]s='", column),
	}
}
