package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/record"
)

// settle decides what columns hold that depends on the columns beside them.
func (l *List) settle(h header, rows []headRow) {
	if h.line > 0 {
		l.settleBoss(h)
		l.settleLogins(h, rows)
		l.settleContactFrame(h)
		l.settlePlatform(h, rows)
		l.settleChannels(h, rows)
		l.settleIDs(h, rows)
		l.settleNetworks(h)
		l.settleRelations(h, rows)
		l.settleRepeated(h)
	}
}

// settleBoss makes the address of whom a member of staff reports to a free
// column: it is nobody's agent.
func (l *List) settleBoss(h header) {
	if l.o.Kind != record.Staff {
		return
	}
	for i := range l.cols {
		if c := &l.cols[i]; c.field == record.FieldContactEmail && !c.told && isBoss(h.labels[i]) {
			c.set("")
		}
	}
}

// settleLogins looks at names by which people sign in somewhere: where they are
// addresses they are the person's, if the list has no other; else they are no
// profiles.
func (l *List) settleLogins(h header, rows []headRow) {
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
			c.field, c.doubted = "", record.FieldLinks
		}
	}
}

// settleContactFrame reads "Contact: Email" as the person's own address where
// the list calls its people contacts in every column, and has no other.
func (l *List) settleContactFrame(h header) {
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

var contactFrame = keySet("contact email", "contact e-mail", "kontakt email", "kontakt e-mail", "contact email address")

// isLogin reports whether a header in a frame names a login: "Buyer Username".
func isLogin(header string) bool {
	key := headerKey(header)
	return strings.HasSuffix(key, "username") || strings.HasSuffix(key, "benutzername")
}

// settlePlatform lets a column of networks say which one the handles beside it
// are on.
func (l *List) settlePlatform(h header, rows []headRow) {
	platform := l.platformColumn(h, rows)
	if platform < 0 {
		return
	}
	l.cols[platform].set("")
	l.cols[platform].vague, l.cols[platform].doubted = false, ""
	at := l.handleColumn(h, rows, platform)
	if at < 0 {
		return
	}
	c := &l.cols[at]
	c.set(record.FieldLinks)
	c.vague, c.doubted, c.platform = false, "", platform+1
	l.note(file.Note{
		Code:    "handles_by_platform",
		Column:  c.label,
		Message: fmt.Sprintf("what stands under %q is on the network that %q names", c.label, l.cols[platform].label),
	})
}

// platformColumn finds the column that names networks and nothing else, or -1.
func (l *List) platformColumn(h header, rows []headRow) int {
	for i, c := range l.cols {
		if !c.told && !c.ignored && platformNames[headerKey(h.labels[i])] && namesNetworks(sampleOf(rows, i)) {
			return i
		}
	}
	return -1
}

// namesNetworks reports whether cells hold names of networks and nothing else.
func namesNetworks(values []string) bool {
	return len(values) > 0 && all(values, func(v string) bool {
		_, ok := networkOf(v)
		return ok && !isLink(v) && !strings.HasPrefix(v, "@")
	})
}

// handleColumn finds the column whose handles a column of networks speaks of:
// one of handles first, then of logins, then of names that are handles.
func (l *List) handleColumn(h header, rows []headRow, platform int) int {
	best, bestRank := -1, 4
	for i, c := range l.cols {
		key, rank := headerKey(h.labels[i]), 4
		seen := lookAt(sampleOf(rows, i))
		switch {
		case i == platform || c.ignored || seen.filled == 0 || seen.spaced+seen.addresses > 0:
		case c.field == record.FieldLinks && (seen.handles > 0 || seen.links < seen.filled):
			rank = 1
		case c.told:
		case c.doubted == record.FieldLinks:
			rank = 2
		case c.doubted == record.FieldName && creatorNames[key] && seen.handles*2 >= seen.filled:
			rank = 3
		}
		if rank < bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

// settleChannels takes what stands under "Channel name" for a name where it is
// one: no profile is made of it.
func (l *List) settleChannels(h header, rows []headRow) {
	for i := range l.cols {
		c := &l.cols[i]
		if c.told || c.network == "" || !channelNames[headerKey(h.labels[i])] {
			continue
		}
		seen := lookAt(sampleOf(rows, i))
		if seen.spaced == 0 {
			continue
		}
		c.field, c.network = "", ""
		if seen.links+seen.handles+seen.addresses == 0 && !l.hasNames() {
			c.set(record.FieldName)
		}
	}
}

// settleIDs makes identifiers free columns that stand on two people.
func (l *List) settleIDs(h header, rows []headRow) {
	emails := l.columnsOf(record.FieldEmail)
	if len(emails) == 0 {
		return
	}
	for i := range l.cols {
		c := &l.cols[i]
		weak := c.field == record.FieldExternalID && !c.told && weakIDs[headerKey(h.labels[i])]
		if weak && sharedID(rows, i, emails[0]) {
			c.field, c.doubted = "", record.FieldExternalID
		}
	}
}

// settleNetworks makes a column whose header names several networks
// ("TikTok / YT") one of links, in which names typed alone are read too.
func (l *List) settleNetworks(h header) {
	for i := range l.cols {
		c := &l.cols[i]
		isFree := c.field == "" && !c.told
		if c.ignored || c.network != "" || !isFree && c.field != record.FieldLinks {
			continue
		}
		if c.networks = networksOf(h.labels[i]); len(c.networks) > 0 {
			c.set(record.FieldLinks)
			c.vague, c.doubted = false, ""
		}
	}
}

// settleRelations finds the columns of relations among those whose header
// alone does not tell. A column called "Role" is one too, where creators stand
// in it: those have no roles.
func (l *List) settleRelations(h header, rows []headRow) {
	for i := range l.cols {
		c := &l.cols[i]
		listed := namesRelations(strings.TrimSpace(h.labels[i]))
		undecided := c.field == "" || c.field == record.FieldRole || c.field == record.FieldName && listed
		if c.told || c.ignored || c.network != "" || !undecided {
			continue
		}
		if listed || saysRelations(sampleOf(rows, i)) {
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

// settleRepeated settles columns that hold the same thing, of which a person
// has one. The first that is filled in counts; what somebody said with --map
// goes before what a header is called, and that before one in a frame.
func (l *List) settleRepeated(h header) {
	l.settleContacts(h)
	for _, f := range fields {
		all := l.columnsOf(f.name)
		if f.multi || len(all) < 2 {
			continue
		}
		slices.SortStableFunc(all, func(a, b int) int {
			return l.cols[a].order() - l.cols[b].order()
		})
		if f.name == record.FieldEmail { // a second address of the same rank is the problem of its row
			first := all[0]
			all = slices.DeleteFunc(all, func(i int) bool { return i != first && l.cols[i].order() == l.cols[first].order() })
		}
		if len(all) > 1 {
			l.putBehind(all, f.name, h.line)
		}
	}
}

// order is what columns of one field are sorted by.
func (c column) order() int {
	if c.told {
		return -1
	}
	return c.rank
}

// putBehind lets the first column count and the others fill in for it.
func (l *List) putBehind(all []int, field record.Field, line int) {
	labels := make([]string, len(all))
	for n, i := range all {
		l.cols[i].behind = n > 0
		labels[n] = strconv.Quote(l.cols[i].label)
	}
	others := labels[:len(labels)-1]
	last := l.cols[all[len(all)-1]].label
	l.note(file.Note{
		Code:   "columns_of_one_field",
		Line:   line,
		Column: last,
		Count:  len(all),
		Message: fmt.Sprintf("%s and %q hold the %s: the first that is filled in counts, and what the others say is kept "+
			"with the person as it is; --map '%s=' leaves a column out", strings.Join(others, ", "), last, field, last),
	})
}

// settleContacts makes whom to contact a free column where the person's own
// name stands in another.
func (l *List) settleContacts(h header) {
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

// hasNames reports whether a column says what people are called.
func (l *List) hasNames() bool { return len(l.columnsOf(nameFields...)) > 0 }

// columnsOf lists the columns that are read for one of the fields.
func (l *List) columnsOf(fields ...record.Field) (all []int) {
	for i, c := range l.cols {
		if !c.ignored && slices.Contains(fields, c.field) {
			all = append(all, i)
		}
	}
	return all
}
