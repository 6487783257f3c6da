package view

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"muster/provision"
	"muster/provision/words"
)

// People lists people who are there: all of them as JSON, the first as a table.
func (o *Output) People(list func(take func(provision.AccountLine) error) error) error {
	all := 0
	var rows []table.Row
	err := list(func(l provision.AccountLine) error {
		switch all++; {
		case o.common.JSON:
			o.Emit("account", l)
		case all <= invitesShown:
			rows = append(rows, personRow(l))
		}
		return nil
	})
	if err != nil {
		return err
	}
	switch {
	case o.common.JSON:
		o.emitPeople(all, "")
		return nil
	case all == 0:
		fmt.Fprintln(o.Stdout, "Nobody fits.")
		return nil
	}
	o.peopleTable(rows)
	fmt.Fprintln(o.Stdout, People(all))
	if more := all - len(rows); more > 0 {
		fmt.Fprintf(o.Stdout, "%s more are not shown here; -o FILE writes all of them\n", words.Number(more))
	}
	return nil
}

// PeopleWritten says how many went into a file.
func (o *Output) PeopleWritten(path string, people int) {
	if o.common.JSON {
		o.emitPeople(people, path)
		return
	}
	fmt.Fprintf(o.Stdout, "%s\n%s\n", People(people), path)
}

func (o *Output) emitPeople(people int, path string) {
	o.Emit("summary", struct {
		People int    `json:"people"`
		File   string `json:"file,omitempty"`
	}{people, path})
}

func (o *Output) peopleTable(rows []table.Row) {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	if width := Columns(o.Stdout); width > 0 {
		person := max(16, (width-4*3-1)*2/5)
		t.SetColumnConfigs([]table.ColumnConfig{
			{Number: 1, WidthMax: person, WidthMaxEnforcer: text.WrapSoft},
			{Number: 2, WidthMax: max(14, width-13-person-11-21), WidthMaxEnforcer: text.WrapSoft},
		})
	}
	header := table.Row{"Person", "Where", "Account", "Invitation"}
	t.AppendHeader(header)
	t.AppendRows(rows)
	fmt.Fprintln(o.Stdout, fitted(t, Columns(o.Stdout), header, rows))
}

// personRow is somebody as the table shows them.
func personRow(l provision.AccountLine) table.Row {
	who := "(of another organization)\naccount:" + l.Account
	if !l.Masked {
		who = strings.Trim(l.Name+"\n"+l.Email, "\n")
	}
	var where []string
	for i, brand := range l.Brands {
		where = append(where, fmt.Sprintf("%s: %s, %s", brand, l.Kind, l.Roles[i]))
	}
	account := string(l.Status)
	if l.Blocked {
		account = strings.Trim(account+"\nblocked", "\n")
	}
	return table.Row{who, strings.Join(where, "\n"), account, invitationWords(l)}
}

// invitationWords say how the invitation of a person stands, and since when.
func invitationWords(l provision.AccountLine) string {
	said := inviteWords[l.State]
	if !l.Since.IsZero() {
		said += "\nsince " + when(l.Since)
	}
	return said
}
