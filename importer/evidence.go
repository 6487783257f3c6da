package importer

import (
	"slices"
	"strings"
	"unicode"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/record"
)

// A header alone proves nothing: "Status" is a pipeline's in one list and ours
// in the next. What the first rows of a column hold decides whether it is
// believed.

// sampleRows and sampleCells bound what columns are judged by, and sampleText
// what is kept of a cell.
const (
	sampleRows  = 300
	sampleCells = 200_000
	sampleText  = 512
)

// sampleOf lists the cells of a column that are not blank.
func sampleOf(rows []headRow, i int) (values []string) {
	for _, r := range rows {
		if i < len(r.cells) && !file.Blank(r.cells[i]) {
			values = append(values, strings.TrimSpace(r.cells[i]))
		}
	}
	return values
}

// look counts what the cells of a column look like.
type look struct {
	filled    int
	addresses int // whole email addresses
	links     int // web addresses
	handles   int // @name
	networks  int // names of networks
	spaced    int // of several words, and no link
	flags     int // yes, no, subscribed …
	numbers   int // numbers and dates
	lettered  int // with at least one letter
}

func lookAt(values []string) (l look) {
	for _, v := range values {
		l.filled++
		_, network := identity.NetworkOf(v)
		switch {
		case looksLikeAddress(v):
			l.addresses++
		case isLink(v):
			l.links++
		case strings.HasPrefix(v, "@") && !strings.ContainsRune(v, ' '):
			l.handles++
		case flagWords[headerKey(v)]:
			l.flags++
		case looksLikeData(v):
			l.numbers++
		case network:
			l.networks++
		case strings.ContainsRune(v, ' '):
			l.spaced++
		}
		if strings.ContainsFunc(v, unicode.IsLetter) {
			l.lettered++
		}
	}
	return l
}

// flagWords answer a question or say how something went; no address, name or
// profile is called so.
var flagWords = keySet("yes", "no", "y", "n", "true", "false", "ja", "nein", "sí", "oui", "non", "sim", "não",
	"vero", "falso", "verdadero", "vrai", "faux", "wahr", "falsch",
	"none", "opted in", "opted out", "opt in", "opt out", "subscribed", "unsubscribed", "never subscribed", "sent",
	"delivered", "opened", "clicked", "bounced", "verified", "unverified",
	"valid", "invalid", "guessed", "unknown", "pending", "unavailable")

// believed reports whether what stands in a column can be the field that its
// header names. An empty column is believed; so is one with a slip.
func believed(field record.Field, network, raw string, values []string) bool {
	l := lookAt(values)
	if l.filled == 0 {
		return !byContent[headerKey(raw)]
	}
	switch {
	case network != "":
		return l.flags < l.filled && !countsAlone(values) && !ticksAlone(network, values)
	case field == record.FieldKind:
		return headerKey(raw) == "kind" || all(values, isKindOrRelation)
	case field == record.FieldStatus:
		return isOurStatus(values)
	}
	switch field {
	case record.FieldEmail, record.FieldContactEmail:
		return l.flags+l.numbers < l.filled
	case record.FieldName, record.FieldFirstName, record.FieldLastName:
		return l.lettered > 0 && max(l.addresses, l.links, l.handles) < l.filled && l.handles*2 < l.filled
	case record.FieldExternalID:
		return l.flags < l.filled
	case record.FieldBlog:
		dotted := func(v string) bool { return strings.Contains(v, ".") }
		return slices.ContainsFunc(values, dotted) && l.addresses < l.filled
	case record.FieldLanguage:
		return slices.ContainsFunc(values, func(v string) bool { _, ok := languageOf(v); return ok })
	case record.FieldTimeZone:
		return slices.ContainsFunc(values, func(v string) bool { _, ok := timeZoneOf(v); return ok })
	case record.FieldPicture:
		return l.links > 0
	}
	return true
}

func isKindOrRelation(v string) bool {
	_, kind := kindOf(v)
	_, relation := relationOf(v)
	return kind || relation
}

// isOurStatus reports whether the values of a status are those that a list may
// set. No other program says "activate": in a column that does, all else is a slip.
func isOurStatus(values []string) bool {
	ours := 0
	for _, v := range values {
		s, ok := statusOf(v)
		if strings.HasPrefix(s, "activate") {
			return true
		}
		if ok {
			ours++
		}
	}
	return ours == len(values)
}

// countsAlone reports whether a column of a network holds how many follow
// there: short numbers throughout, and no telephone numbers.
func countsAlone(values []string) bool {
	if len(values) < 3 {
		return false
	}
	return all(values, func(v string) bool {
		digits := strings.TrimRight(strings.NewReplacer(".", "", ",", "", " ", "", "'", "").Replace(v), "kKmM%+")
		return isNumber(digits) && (len(digits) < 7 || digits != v)
	})
}

// ticksAlone reports whether a column of a network says but who is there: by its own
// name, as forms with boxes to tick export them, or by a mark.
func ticksAlone(network string, values []string) bool {
	return all(values, func(v string) bool {
		slug, named := identity.NetworkOf(v)
		return named && slug == network && !isLink(v) || tickMarks[strings.ToLower(v)]
	})
}

var tickMarks = wordSet("x ✓ ✔ ✔️ ✅ ☑ ☒ checked")

func all(values []string, is func(string) bool) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !is(v) })
}

// weakIDs are headers of identifiers that a person has in some lists, and a
// company or a household in others: they count where no value stands on two
// people.
var weakIDs = keySet("unique id", "unique identifier", "member id", "member number", "partner id",
	"customer number", "crm id",
	"kundennummer", "mitgliedsnummer", "identificador", "identificador único", "matrícula", "affiliate id",
	"publisher id")

// sharedID reports whether a value of the column stands on rows with different
// addresses.
func sharedID(rows []headRow, id, email int) bool {
	owner := map[string]string{}
	for _, r := range rows {
		if max(id, email) >= len(r.cells) || file.Blank(r.cells[id]) || file.Blank(r.cells[email]) {
			continue
		}
		value := headerText(r.cells[id])
		address := strings.ToLower(headerText(r.cells[email]))
		if other, known := owner[value]; known && other != address {
			return true
		}
		owner[value] = address
	}
	return false
}

// strangers are headers beside which the name of a field means something else:
// the campaign of an advertisement, the product and the status of an order.
var strangers = map[record.Field]map[string]bool{
	record.FieldCampaigns: keySet("ad id", "ad name", "adset id", "adset name", "ad set id", "campaign id",
		"form id", "form name", "utm source", "utm medium", "utm campaign",
		"donation id", "donation date", "amount", "transaction id"),
	record.FieldProducts: orderKeys,
	record.FieldStatus:   orderKeys,
}

// orderKeys are headers of orders, tickets and payments.
var orderKeys = keySet("order id", "order number", "order no", "order code", "order", "order date", "price",
	"quantity", "sku", "line item name", "lineitem name", "item title",
	"total", "subtotal", "amount", "payment method", "payment status", "transaction id", "ticket code",
	"ticket type", "booking id", "donation id", "subscription id", "invoice number")

// isStranger reports whether a field's word means something else in this list.
func isStranger(field record.Field, labels []string) bool {
	beside := strangers[field]
	return beside != nil && slices.ContainsFunc(labels, func(label string) bool { return beside[headerKey(label)] })
}
