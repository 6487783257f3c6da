package importer

import (
	"fmt"
	"slices"
	"strings"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/record"
)

// resolveColumns decides what columns hold where that depends on the columns
// beside them.
func (l *List) resolveColumns(h header, rows []headRow) {
	if h.line > 0 {
		l.resolveBoss(h)
		l.resolveLogins(h, rows)
		l.resolveContactFrame(h)
		l.resolveContactCells(h, rows)
		l.resolvePlatform(h, rows)
		l.resolveChannels(h, rows)
		l.resolveIDs(h, rows)
		l.resolveNetworks(h)
		l.resolveRelations(h, rows)
		l.resolveRepeated(h, rows)
	}
}

// resolveBoss makes the address of a superior a free column in lists of staff:
// it is no agent's.
func (l *List) resolveBoss(h header) {
	if l.o.Kind != record.Staff {
		return
	}
	for i := range l.cols {
		if c := &l.cols[i]; c.field == record.FieldContactEmail && !c.told && isBoss(h.labels[i]) {
			c.set("")
		}
	}
}

// resolveLogins looks at names by which people sign in somewhere: where they are
// addresses they are the person's, if the list has no other; else they are no
// profiles.
func (l *List) resolveLogins(h header, rows []headRow) {
	for i := range l.cols {
		c := &l.cols[i]
		if c.told || c.field != record.FieldLinks || !loginNames[headerKey(h.labels[i])] && !isLogin(h.labels[i]) {
			continue
		}
		switch seen := lookAt(sampleOf(rows, i)); {
		case seen.filled == 0:
		case seen.addresses == seen.filled && len(l.columnsOf(record.FieldEmail)) == 0:
			c.set(record.FieldEmail)
			c.vague = false
		case seen.links+seen.handles+seen.addresses == 0 && seen.spaced*2 > seen.filled && !l.hasNames():
			c.set(record.FieldName)
			c.vague = false
		case seen.links+seen.handles == 0:
			c.field = ""
			c.doubted = record.FieldLinks
		}
	}
}

// resolveContactFrame reads "Contact: Email" as the person's own address where
// the list calls its people contacts in every column, and has no other.
func (l *List) resolveContactFrame(h header) {
	framed := 0
	for _, label := range h.labels {
		if words := identity.HeaderWords(label); len(words) > 1 && (words[0] == "contact" || words[0] == "kontakt") {
			framed++
		}
	}
	contacts := l.columnsOf(record.FieldContactEmail)
	if framed < 3 || len(contacts) != 1 || len(l.columnsOf(record.FieldEmail)) > 0 {
		return
	}
	if i := contacts[0]; !l.cols[i].told && contactFrame[headerKey(h.labels[i])] {
		l.cols[i].set(record.FieldEmail)
	}
}

// resolveContactCells reads "Kontakt" as the address where the list has no other, and
// nearly every cell has one.
func (l *List) resolveContactCells(h header, rows []headRow) {
	if len(l.columnsOf(record.FieldEmail)) > 0 {
		return
	}
	for i := range l.cols {
		c := &l.cols[i]
		if c.field == "" && !c.told && !c.ignored && contactCells[headerKey(h.labels[i])] && holdAddresses(sampleOf(rows, i)) {
			c.set(record.FieldEmail)
			return
		}
	}
}

var contactCells = keySet("contact", "contacts", "contact info", "contact information", "contact details",
	"kontakt", "kontakte", "kontaktdaten", "kontaktinfo", "contacto", "datos de contacto", "información de contacto",
	"coordonnées", "contato", "dados de contato", "contatto", "contatti", "recapito", "recapiti")

var contactFrame = keySet("contact email", "contact e-mail", "kontakt email", "kontakt e-mail", "contact email address")

// isLogin reports whether a header in a frame names a login: "Buyer Username".
func isLogin(header string) bool {
	key := headerKey(header)
	return strings.HasSuffix(key, "username") || strings.HasSuffix(key, "benutzername")
}

// resolveIDs makes identifiers free columns that stand on two people.
func (l *List) resolveIDs(h header, rows []headRow) {
	emails := l.columnsOf(record.FieldEmail)
	if len(emails) == 0 {
		return
	}
	for i := range l.cols {
		c := &l.cols[i]
		weak := c.field == record.FieldExternalID && !c.told && weakIDs[headerKey(h.labels[i])]
		if weak && sharedID(rows, i, emails[0]) {
			c.field = ""
			c.doubted = record.FieldExternalID
		}
	}
}

// resolveRelations finds the columns of relations among those whose header
// alone does not tell. A column called "Role" is one too, where creators stand
// in it: those have no roles.
func (l *List) resolveRelations(h header, rows []headRow) {
	for i := range l.cols {
		c := &l.cols[i]
		listed := namesRelations(strings.TrimSpace(h.labels[i]))
		undecided := c.field == "" || c.field == record.FieldRole || c.field == record.FieldName && listed
		if c.told || c.ignored || c.network != "" || !undecided {
			continue
		}
		if listed || saysRelations(sampleOf(rows, i), c.field == record.FieldRole) {
			c.set(record.FieldRelation)
			c.doubted = ""
		}
	}
	for _, i := range l.columnsOf(record.FieldRelation) {
		label := l.cols[i].label
		l.note(file.Note{
			Code:   "relation_column",
			Line:   h.line,
			Column: label,
			Message: fmt.Sprintf("the column %q says who a row is of: an agency, a manager, an assistant or PR is held, "+
				"and not made a creator; --map '%s=attribute' keeps it as it is", label, label),
		})
	}
}

// resolveContacts makes a column like "Contact name" a free one where another
// column holds the person's own name.
func (l *List) resolveContacts(h header) {
	contact := func(i int) bool { return contactNames[headerKey(h.labels[i])] && !l.cols[i].told }
	names := l.columnsOf(nameFields...)
	if !slices.ContainsFunc(names, func(i int) bool { return !contact(i) }) {
		return
	}
	for _, i := range names {
		if contact(i) {
			l.cols[i].field = ""
		}
	}
}
