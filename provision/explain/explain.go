// Package explain tells what happened to a row of a run, or to a person: from the
// ledger, the audit, and the reports that still stand, within what the operator
// who asks may see. It writes nothing.
package explain

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// How much is looked through for a person, the newest first: reports of runs,
// and rows of the ledger.
const (
	storyRuns = 100
	storyRows = 1000
)

// Appearance is one row of one run and what the ledger says of it.
type Appearance struct {
	Run     string            `json:"run"`
	Kind    string            `json:"command"`
	At      time.Time         `json:"at"`
	Row     int               `json:"row"`
	Place   record.Place      `json:"place,omitzero"` // zero where the report of the run is gone
	Name    string            `json:"name,omitempty"`
	Email   string            `json:"email,omitempty"` // as the row said
	Outcome provision.Outcome `json:"outcome"`
	Reason  reason.Code       `json:"reason"`
	Meaning string            `json:"meaning"`
	Remedy  string            `json:"remedy,omitempty"`
	Account string            `json:"account,omitempty"`
	Into    int               `json:"into,omitempty"` // row it was merged into
	Detail  *provision.Detail `json:"detail,omitempty"`

	Purged time.Time `json:"purged_at,omitzero"` // when the rest of what was known of the row was removed
}

// Story is what happened to a row or a person, the earliest first.
type Story struct {
	Subject     string       `json:"subject"`               // what was asked for
	Row         *Appearance  `json:"row,omitempty"`         // the row asked for
	Accounts    []Account    `json:"accounts,omitempty"`    // that the row or key leads to
	Appearances []Appearance `json:"appearances,omitempty"` // rows of runs
	Changes     []Change     `json:"changes,omitempty"`     // of the accounts, by this organization
	Purged      []string     `json:"purged,omitempty"`      // runs that were looked through and tell of nobody any more
}

// Account is an account as the operator may see it.
type Account struct {
	ID     string        `json:"id"`
	Masked bool          `json:"masked,omitempty"` // of another organization, or of brands the operator does not see
	Name   string        `json:"name,omitempty"`
	Email  string        `json:"email,omitempty"`
	Status dedupe.Status `json:"status,omitempty"`
	Brands []string      `json:"brands,omitempty"`
}

// Change is an entry of the audit.
type Change struct {
	At       time.Time       `json:"at"`
	Account  string          `json:"account"`
	Run      string          `json:"run,omitempty"`
	Row      int             `json:"row,omitempty"`
	Operator string          `json:"operator,omitempty"`
	Source   string          `json:"source"`
	Action   string          `json:"action"`
	Detail   json.RawMessage `json:"detail,omitempty"` // not of an account that the operator may not see
}

// Row tells what happened to a row of a run: named by its number, or by
// FILE:LINE.
func Row(
	ctx context.Context, e *provision.Engine, a *provision.Authority, run provision.Run, which string,
) (Story, error) {
	row, err := rowNumber(ctx, e.Folders, run, which)
	if err != nil {
		return Story{}, err
	}
	ledger, err := e.Store.Ledger(ctx, run.ID, row-1, 1)
	if err != nil {
		return Story{}, err
	}
	if len(ledger) == 0 || ledger[0].Row != row {
		return Story{}, noRow(run, row)
	}
	told, err := reportedRows(ctx, e.Folders, run, func(number int, _ []byte) bool { return number == row }, nil)
	if err != nil {
		return Story{}, err
	}
	var t provision.ReportedRow
	if len(told) > 0 {
		t = told[0]
	}
	if !a.SeesRow(t.Brands) {
		return Story{}, noRow(run, row)
	}
	one := appearance(run, ledger[0], t)
	teller := newTeller(e, a)
	if err := teller.mask(ctx, &one); err != nil {
		return Story{}, err
	}
	s := Story{Subject: fmt.Sprintf("row %d of run %s", row, run.ID), Row: &one}
	return s, teller.tell(ctx, &s, one.Account, searchLike(t))
}

func noRow(run provision.Run, row int) error {
	return &provision.ConfigError{
		Msg:  fmt.Sprintf("run %s has no row %d on record", run.ID, row),
		Hint: "muster runs show " + run.ID + " says how many rows it has",
	}
}

// Person tells what happened to the person of an email address or the
// link of a profile.
func Person(ctx context.Context, e *provision.Engine, a *provision.Authority, who string) (Story, error) {
	key, err := personKey(who)
	if err != nil {
		return Story{}, err
	}
	teller := newTeller(e, a)
	account := ""
	err = e.Store.Snapshot(ctx, func(d provision.Directory) error {
		found, err := d.Resolve(ctx, []identity.Key{key}, nil)
		if len(found) > 0 {
			account = found[0].Account
		}
		return err
	})
	if err != nil {
		return Story{}, err
	}
	s := Story{Subject: who}
	return s, teller.tell(ctx, &s, account, searchFor(key))
}

// personKey reads an email address, or the link of a profile.
func personKey(who string) (identity.Key, error) {
	if e, _, err := identity.ParseEmail(who); err == nil {
		return e.Key(), nil
	}
	p, _, err := identity.ParseProfile(who, "")
	if err != nil || p.Shared {
		return identity.Key{}, &provision.ConfigError{
			Msg:  fmt.Sprintf("%q is neither an email address nor the link of a person's profile", who),
			Hint: "write the address, or the whole link: https://www.instagram.com/name/",
		}
	}
	return p.Key(), nil
}

// rowNumber reads the number of a row, or finds the row of FILE:LINE.
func rowNumber(ctx context.Context, f provision.Folders, run provision.Run, which string) (int, error) {
	if n, err := strconv.Atoi(which); err == nil && n > 0 {
		return n, nil
	}
	at := strings.LastIndexByte(which, ':')
	line, err := strconv.Atoi(which[at+1:])
	if at < 1 || err != nil {
		return 0, &provision.ConfigError{
			Msg:  fmt.Sprintf("%q names no row", which),
			Hint: "give the number of the row, or FILE:LINE",
		}
	}
	if err := run.Unpurged(); err != nil {
		return 0, err
	}
	if f.Owner(run.Out) != run.ID {
		return 0, &provision.ConfigError{
			Msg: fmt.Sprintf("the report of run %s, which says where its rows stood, is no longer in %s",
				run.ID, run.Out),
			Hint: "give the number of the row in the run, which works without it",
		}
	}
	file := which[:at]
	told, err := reportedRows(ctx, f, run, nil, func(t provision.ReportedRow) bool {
		return t.Line == line && (t.File == file || filepath.Base(t.File) == file || file == "-" && t.File == "-")
	})
	if err == nil && len(told) == 0 {
		err = &provision.ConfigError{
			Msg: fmt.Sprintf("run %s has no row at %s", run.ID, which),
			Hint: "its report, " + filepath.Join(run.Out, provision.RowsFile) +
				", lists the rows; a number of a row works without it",
		}
	}
	if err != nil {
		return 0, err
	}
	return told[0].Number, nil
}

func appearance(run provision.Run, l provision.LedgerRow, t provision.ReportedRow) Appearance {
	entry := reason.Of(l.Reason)
	if l.Reason == reason.Skipped {
		entry.Remedy += ": muster review export " + provision.ShortRun(run.ID) + " --all -o review.xlsx"
	}
	return Appearance{
		Run:     run.ID,
		Kind:    run.Kind,
		At:      run.StartedAt,
		Row:     l.Row,
		Place:   t.Place,
		Name:    t.Name,
		Email:   t.Email,
		Outcome: l.Outcome,
		Reason:  l.Reason,
		Meaning: entry.Meaning,
		Remedy:  entry.Remedy,
		Account: l.Account,
		Into:    l.Into,
		Detail:  l.Detail,
		Purged:  run.PurgedAt,
	}
}
