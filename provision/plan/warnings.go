package plan

import (
	"maps"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// warnings count people by what is to be warned of, and keep for the first of
// them what mends it.
type warnings map[reason.Code]*warned

type warned struct {
	people  int
	remedy  map[int]string // by first row: a command, with %s for its person
	account map[int]string
}

// warnedOf tells rows of what is warned of from those of a reason.
type warnedOf reason.Code

// warnsOf are the notes that warn.
var warnsOf = []reason.Code{reason.NoDashboard, reason.NoCampaign, reason.RoleLower, reason.PermissionsDiffer,
	reason.DashboardOpened, reason.DashboardUntold}

// warn adds what a step is to be warned of, or takes it back (by -1).
func (w *Writer) warn(s change.Step, by int) {
	for code, remedy := range w.warnsOf(s) {
		one := w.warned[code]
		if one == nil {
			one = &warned{remedy: map[int]string{}, account: map[int]string{}}
			w.warned[code] = one
		}
		one.people += by
		w.first.row(warnedOf(code), s.Rows[0], by)
		if by > 0 && slices.Contains(w.first[warnedOf(code)], s.Rows[0]) {
			one.remedy[s.Rows[0]] = remedy
			one.account[s.Rows[0]] = s.Account
		}
	}
}

// warnsOf is what a step is to be warned of, each with the command that mends it.
func (w *Writer) warnsOf(s change.Step) map[reason.Code]string {
	all := map[reason.Code]string{}
	for _, c := range s.Changes {
		if m, mails := c.(change.SendMail); mails && m.Template == provision.DashboardMail {
			all[reason.DashboardOpened] = ""
		}
	}
	if s.Detail == nil || s.First.Outcome == provision.Review {
		return all
	}
	for _, n := range s.Detail.Notes {
		if slices.Contains(warnsOf, n.Code) {
			all[n.Code] = w.remedy(n, s)
		}
	}
	return all
}

// remedy is the command that mends what a note warns of.
func (w *Writer) remedy(n dedupe.Note, s change.Step) string {
	brand := w.plan.Header.Brand
	for _, c := range s.Changes {
		if join, joins := c.(change.Join); joins {
			brand = join.Brand
			break
		}
	}
	switch n.Code {
	case reason.NoDashboard:
		return "muster accounts role %s --role ROLE --brand " + brand
	case reason.NoCampaign:
		return "muster accounts grant %s --campaign " + n.Said + "/…"
	case reason.RoleLower:
		return "muster accounts role %s --role " + n.Said + " --brand " + brand
	case reason.PermissionsDiffer:
		return "muster accounts permissions %s " + wishFlag(n.Said)
	}
	return ""
}

// wishFlag is the flag that asks for what a row says of permissions.
func wishFlag(said string) string {
	switch wish, _ := permission.Parse(said); wish.Mode {
	case permission.Custom:
		return "--custom '" + strings.Join(wish.Patterns, ",") + "'"
	case permission.Clone:
		return "--clone " + wish.Of
	}
	return "--default"
}

// told are the warnings with their first people.
func (w *Writer) told() ([]provision.AccessWarning, error) {
	var all []provision.AccessWarning
	for _, code := range warnsOf {
		one := w.warned[code]
		if one == nil || one.people == 0 {
			continue
		}
		said := provision.AccessWarning{Code: code, People: one.people}
		if code == reason.DashboardOpened {
			said.By = w.plan.Header.Operator
		}
		rows := w.first[warnedOf(code)]
		for i, row := range rows[:min(len(rows), provision.FirstPlaces)] {
			r, err := w.load(row)
			if err != nil {
				return nil, err
			}
			said.First = append(said.First, provision.Who(r))
			if i == 0 {
				said.Command = strings.ReplaceAll(one.remedy[row], "%s", targetOf(r, one.account[row]))
			}
		}
		all = append(all, said)
	}
	for code := range maps.Keys(w.warned) {
		delete(w.first, warnedOf(code))
	}
	return all, nil
}

// targetOf is how a command names the person of a row.
func targetOf(r record.Record, account string) string {
	switch {
	case !r.Email.IsZero():
		return r.Email.Address
	case r.ExternalID != "":
		return "external:" + r.ExternalID
	}
	return "account:" + account
}
