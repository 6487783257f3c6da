package importer

import (
	"slices"
	"strings"

	"muster/importer/record"
)

// column is one column of a list and what its cells mean.
type column struct {
	label   string       // header as typed; told apart by a number where it is there twice
	field   record.Field // "" = free column, kept as an attribute
	network string       // slug, for a column of one network

	networks []string // slugs, for a column of links whose header names several networks

	ignored bool
	told    bool // --map says what it holds
	behind  bool // counts only where another column of the same field is blank
	vague   bool // taken for profile links although the header names no network
	secret  bool // its cells are emptied as they are read
	asked   bool // the answer to a question, which may be yes or no
	rank    int  // of several columns of one field the lowest counts first

	platform int          // column that names the network of the handles here, from 1; 0 = none
	doubted  record.Field // that the header names and the cells are not
}

// knowsPerson reports whether the column can tell who a person is.
func (c column) knowsPerson() bool {
	return c.field == record.FieldEmail || c.field == record.FieldExternalID || c.ofProfiles()
}

// ofProfiles reports whether the column holds profiles.
func (c column) ofProfiles() bool {
	return c.network != "" || c.field == record.FieldLinks || c.field == record.FieldBlog
}

// shared reports whether the column says what many people have alike: which brand or
// campaign they are for, whom to ask, or what is kept as it is.
func (c column) shared() bool {
	if c.ignored || c.network != "" {
		return false
	}
	switch c.field {
	case "", record.FieldBrands, record.FieldCampaigns, record.FieldKind, record.FieldRelation, record.FieldContactEmail,
		record.FieldLanguage, record.FieldTimeZone:
		return c.doubted != record.FieldStatus
	}
	return false
}

// nameFields are those that say what a person is called.
var nameFields = []record.Field{record.FieldName, record.FieldFirstName, record.FieldLastName}

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

// mean takes a column for what its header says, where its cells do not say
// otherwise.
func (c *column) mean(raw string, values, labels []string) {
	m := meaningOf(raw)
	if m.field == "" {
		return
	}
	c.rank = m.rank
	c.asked = m.asked
	if isStranger(m.field, labels) || !believed(m.field, m.network, raw, values) {
		c.doubted = m.field
		return
	}
	c.set(m.field)
	low := strings.ToLower(raw)
	c.vague = m.field == record.FieldLinks && !strings.Contains(low, "link") && !strings.Contains(low, "url")
}

// columnsOf lists the columns that are read for one of the fields.
func (l *List) columnsOf(fields ...record.Field) (all []int) {
	for i, c := range l.cols {
		if !c.ignored && slices.Contains(fields, c.field) {
			all = append(all, i)
		}
	}
	return all
}

// hasNames reports whether a column says what people are called.
func (l *List) hasNames() bool { return len(l.columnsOf(nameFields...)) > 0 }
