package report

import (
	"strings"

	"muster/provision"
)

// peopleColumns are the headers of a list of people who are there: those that
// tell who somebody is are what --from reads.
var peopleColumns = []string{
	"name", "email", "external id", "kind", "brands", "roles", "campaigns", "products", "account status", "blocked",
	"invitation", "since", "until", "account id",
}

// peopleCells are the cells of a line under these, times as RFC 3339 UTC.
func peopleCells(l provision.AccountLine) []string {
	blocked := ""
	if l.Blocked {
		blocked = "yes"
	}
	return []string{
		l.Name, l.Email, l.ExternalID, l.Kind, strings.Join(l.Brands, ", "), strings.Join(l.Roles, ", "),
		strings.Join(l.Campaigns, ", "), strings.Join(l.Products, ", "), string(l.Status), blocked, string(l.State),
		isoTime(l.Since), isoTime(l.Until), l.Account,
	}
}

// WritePeople writes a list of people who are there into a new file, CSV or a
// workbook by the ending of its name. It returns how many there are.
func WritePeople(path string, list func(take func(provision.AccountLine) error) error) (people int, err error) {
	err = writeList(path, peopleColumns, func(add func(...string)) error {
		return list(func(l provision.AccountLine) error {
			people++
			add(peopleCells(l)...)
			return nil
		})
	})
	return people, err
}
