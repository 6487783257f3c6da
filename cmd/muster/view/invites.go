package view

import (
	"fmt"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"muster/provision"
	"muster/provision/words"
)

// invitesShown is how many invites a table for people holds.
const invitesShown = 500

// Invites lists invites: all of them as JSON, the first as a table.
func (o *Output) Invites(list func(take func(provision.InviteLine) error) error) error {
	counts := map[provision.InviteState]int{}
	all := 0
	var rows []table.Row
	err := list(func(l provision.InviteLine) error {
		counts[l.State]++
		switch all++; {
		case o.common.JSON:
			o.Emit("invite", l)
		case all <= invitesShown:
			rows = append(rows, inviteRow(l))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if o.common.JSON {
		o.emitInvites(counts, "")
		return nil
	}
	if all == 0 {
		fmt.Fprintln(o.Stdout, "Nobody fits.")
		return nil
	}
	o.inviteTable(rows)
	fmt.Fprintf(o.Stdout, "%s: %s\n", People(all), inviteCounts(counts))
	if more := all - len(rows); more > 0 {
		fmt.Fprintf(o.Stdout, "%s more are not shown here; -o FILE writes all of them\n", words.Number(more))
	}
	return nil
}

// InvitesWritten says what went into a file.
func (o *Output) InvitesWritten(path string, counts map[provision.InviteState]int) {
	if o.common.JSON {
		o.emitInvites(counts, path)
		return
	}
	all := 0
	for _, n := range counts {
		all += n
	}
	said := "nobody fits"
	if all > 0 {
		said = inviteCounts(counts)
	}
	fmt.Fprintf(o.Stdout, "%s: %s\n%s\n", People(all), said, path)
}

func (o *Output) emitInvites(counts map[provision.InviteState]int, path string) {
	o.Emit("summary", struct {
		Invites map[provision.InviteState]int `json:"invites"`
		File    string                        `json:"file,omitempty"`
	}{counts, path})
}

// inviteCounts says how many stand how.
func inviteCounts(counts map[provision.InviteState]int) string {
	var parts []string
	for _, s := range provision.InviteStates {
		if n := counts[s]; n > 0 {
			parts = append(parts, words.Number(n)+" "+inviteWords[s])
		}
	}
	return strings.Join(parts, ", ")
}

var inviteWords = map[provision.InviteState]string{
	provision.NeverInvited:   "never invited",
	provision.InvitePending:  "pending",
	provision.InviteExpired:  "expired",
	provision.InviteAccepted: "accepted",
	provision.InviteRevoked:  "revoked",
}

func (o *Output) inviteTable(rows []table.Row) {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.SetColumnConfigs(inviteWidths(rows, Columns(o.Stdout)))
	header := table.Row{"Person", "State", "When", "How it went"}
	t.AppendHeader(header)
	t.AppendRows(rows)
	fmt.Fprintln(o.Stdout, fitted(t, Columns(o.Stdout), header, rows))
}

// inviteWidths fold persons and ways where the table would be wider than a
// terminal, which may be 0 for any width.
func inviteWidths(rows []table.Row, width int) []table.ColumnConfig {
	const others, leastWay, leastPerson = 4*3 + 1 + len("accepted") + len("until 2026-11-29 15:04"), 14, 12
	person, way := 0, 0
	for _, r := range rows {
		person = max(person, text.LongestLineLen(fmt.Sprint(r[0])))
		way = max(way, text.LongestLineLen(fmt.Sprint(r[3])))
	}
	rest := width - others
	if width == 0 || person+way <= rest {
		return nil
	}
	person = max(min(person, rest-leastWay), leastPerson)
	return []table.ColumnConfig{
		{Number: 1, WidthMax: person, WidthMaxEnforcer: text.WrapText},
		{Number: 4, WidthMax: max(rest-person, leastWay), WidthMaxEnforcer: text.WrapText},
	}
}

// inviteRow is a person as the table shows them, times as clocks here do.
func inviteRow(l provision.InviteLine) table.Row {
	who := l.Email
	if l.Name != "" {
		who = l.Name + "\n" + l.Email
	}
	return table.Row{who, string(l.State), inviteTimes(l), strings.Join(inviteWay(l), "\n")}
}

// inviteTimes say since when somebody has the link, and until when it is good.
func inviteTimes(l provision.InviteLine) string {
	var lines []string
	if !l.Since.IsZero() {
		lines = append(lines, "since "+when(l.Since))
	}
	if !l.Until.IsZero() {
		lines = append(lines, "until "+when(l.Until))
	}
	return strings.Join(lines, "\n")
}

// inviteWay says how a link went, who issued it, whether it was opened, and by
// which fingerprint it is known.
func inviteWay(l provision.InviteLine) []string {
	said := l.Way
	if l.IssuedBy != "" {
		said += " by " + l.IssuedBy
	}
	if l.Run != "" {
		said += " (run " + provision.ShortRun(l.Run) + ")"
	}
	lines := []string{said}
	if l.Openings > 0 {
		lines = append(lines, fmt.Sprintf("opened %s, %d×", when(l.OpenedAt), l.Openings))
	}
	if l.Fingerprint != "" {
		lines = append(lines, "link "+l.Fingerprint)
	}
	return lines
}

func when(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
