package report

import (
	"strconv"
	"strings"
	"time"

	"muster/provision"
)

// listColumns are the headers of a list of invites: those that tell who
// somebody is are what a list of people has.
var listColumns = []string{
	"name", "email", "external id", "kind", "brands", "account status", "invitation", "since", "until", "way",
	"issued by", "run", "opened at", "openings", "fingerprint",
}

// listCells are the cells of a line under these, times as RFC 3339 UTC.
func listCells(l provision.InviteLine) []string {
	openings, run := "", ""
	if l.Openings > 0 {
		openings = strconv.Itoa(l.Openings)
	}
	if l.Run != "" {
		run = provision.ShortRun(l.Run)
	}
	return []string{
		l.Name, l.Email, l.ExternalID, l.Kind, strings.Join(l.Brands, ", "), string(l.Status), string(l.State),
		isoTime(l.Since), isoTime(l.Until), l.Way, l.IssuedBy, run, isoTime(l.OpenedAt), openings, l.Fingerprint,
	}
}

// WriteInvites writes a list of invites into a new file, for its owner
// alone: it names people. It returns how many stand how.
func WriteInvites(
	path string, list func(take func(provision.InviteLine) error) error,
) (counts map[provision.InviteState]int, err error) {
	counts = map[provision.InviteState]int{}
	err = writeList(path, listColumns, func(add func(...string)) error {
		return list(func(l provision.InviteLine) error {
			counts[l.State]++
			add(listCells(l)...)
			return nil
		})
	})
	return counts, err
}

// isoTime is a time for machines, "" for none.
func isoTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
