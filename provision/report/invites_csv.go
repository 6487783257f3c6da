package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
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
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, &provision.ConfigError{
			Msg:  path + ": the file exists",
			Hint: "name a new file, or remove this one first",
		}
	case err != nil:
		return nil, &provision.ConfigError{
			Msg:  fmt.Sprintf("%s: cannot be written: %v", path, errors.Unwrap(err)),
			Hint: "name a file in a folder that exists",
		}
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(fmt.Errorf("writing %s: %w", path, err), os.Remove(path))
		}
	}()
	out := newCSV(f)
	out.mark()
	out.header(nil, listColumns...)
	counts = map[provision.InviteState]int{}
	err = list(func(l provision.InviteLine) error {
		counts[l.State]++
		out.row(listCells(l)...)
		return nil
	})
	return counts, errors.Join(err, out.flush())
}

// isoTime is a time for machines, "" for none.
func isoTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
