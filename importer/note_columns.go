package importer

import (
	"fmt"
	"strings"

	"muster/importer/file"
	"muster/importer/record"
)

// noteColumns says which columns were left out and why, and which are not what
// they are called.
func (l *List) noteColumns(h header, rows []headRow) {
	if l.format != nil {
		l.info.ReadAs = l.format.name
		l.note(file.Note{Code: "format_known", Message: l.format.words()})
	}
	var secrets, own []string
	for i, c := range l.cols {
		switch {
		case c.secret:
			secrets = append(secrets, c.label)
		case c.ignored && !c.told && !Ours(c.label):
			own = append(own, c.label)
		case c.vague:
			l.note(file.Note{
				Code:   "network_unknown",
				Line:   h.line,
				Column: c.label,
				Message: fmt.Sprintf("the header %q names no network: links are read, bare names are not; "+
					"--map '%s=instagram' (or another network) settles it", c.label, c.label),
			})
		case c.doubted != "" && c.field == "" && !byContent[headerKey(h.labels[i])]:
			l.note(file.Note{Code: "column_doubted", Column: c.label, Message: doubtWords(c, sampleOf(rows, i))})
		}
	}
	if contacts := l.columnsOf(record.FieldContactEmail); len(contacts) > 0 && len(l.columnsOf(record.FieldEmail)) == 0 {
		only := l.cols[contacts[0]]
		l.note(file.Note{
			Code:   "contacts_alone",
			Line:   h.line,
			Column: only.label,
			Message: fmt.Sprintf("the only addresses are those of contacts (%q), by whom nobody is known or invited; "+
				"--map '%s=email' says that they are the people's own", only.label, only.label),
		})
	}
	if len(secrets) > 0 && l.o.Tokens == nil {
		l.note(file.Note{
			Code:    "secrets_left_out",
			Count:   len(secrets),
			Message: "passwords and other secrets were left out and are kept nowhere: " + quotedList(secrets),
		})
	}
	if len(own) > 0 {
		l.note(file.Note{
			Code:    "columns_left_out",
			Count:   len(own),
			Message: "left out, because another program keeps them for itself: " + quotedList(own),
		})
	}
}

// doubtWords say why a column is not what its header says.
func doubtWords(c column, values []string) string {
	why := "what stands there is none"
	settle := fmt.Sprintf("--map '%s=%s' reads it so", c.label, c.doubted)
	switch c.doubted {
	case record.FieldStatus:
		if isOurStatus(values) {
			why = "the columns beside it are those of an order"
			break
		}
		settle = fmt.Sprintf("--map '%s=%s' reads it so, and rejects rows that say anything else", c.label, c.doubted)
		why = fmt.Sprintf("it says more than %s (%s), so it blocks and activates nobody",
			statuses, foreignStatuses(values))
	case record.FieldExternalID:
		why = "one value stands on several people"
	case record.FieldCampaigns, record.FieldProducts:
		why = "the columns beside it are those of another program"
	case record.FieldLinks:
		why = "the header names no network, and no links stand there"
		settle = fmt.Sprintf("--map '%s=instagram' (or another network) settles it", c.label)
	}
	return fmt.Sprintf("%q is kept as it is and not taken for the %s: %s; %s", c.label, c.doubted, why, settle)
}

// foreignStatuses quotes the first values of a status that are not ours.
func foreignStatuses(values []string) string {
	var quoted []string
	seen := map[string]bool{}
	for _, v := range values {
		if _, ok := statusOf(v); ok || seen[v] {
			continue
		}
		seen[v] = true
		if quoted = append(quoted, fmt.Sprintf("%q", shorten(v))); len(quoted) == 3 {
			break
		}
	}
	return strings.Join(quoted, ", ")
}

func quotedList(labels []string) string {
	quoted := make([]string, len(labels))
	for i, label := range labels {
		quoted[i] = fmt.Sprintf("%q", label)
	}
	return strings.Join(quoted, ", ")
}
