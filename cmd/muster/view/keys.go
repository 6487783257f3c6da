package view

import (
	"cmp"
	"fmt"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"muster/provision/keys"
	"muster/provision/link"
	"muster/provision/words"
)

// keyLine is a key as JSON.
type keyLine struct {
	ID      string     `json:"kid"`
	State   link.State `json:"state"` // "" where the keyring does not have it
	Created time.Time  `json:"created,omitzero"`
	Links   int        `json:"live_links"`
	Marks   int        `json:"marks"`
	Fault   keys.Fault `json:"fault,omitempty"`
}

// Keys lists the keys of a keyring and of its database, with what needs them.
func (o *Output) Keys(all []keys.Key) {
	faults := 0
	rows := make([]table.Row, len(all))
	for i, k := range all {
		if k.Fault != "" {
			faults++
		}
		if o.common.JSON {
			o.Emit("key", keyLine{k.ID, k.State, k.Created, k.Links, k.Marks, k.Fault})
			continue
		}
		made := ""
		if !k.Created.IsZero() {
			made = k.Created.Local().Format(time.DateOnly)
		}
		state := cmp.Or(string(k.State), string(keys.Missing))
		rows[i] = table.Row{k.ID, state, made, words.Number(k.Links), words.Number(k.Marks)}
	}
	if o.common.JSON {
		o.Emit("summary", map[string]int{"keys": len(all), "faults": faults})
		return
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 4, Align: text.AlignRight}, {Number: 5, Align: text.AlignRight}})
	header := table.Row{"Key", "State", "Made", "Live links", "Erased people"}
	t.AppendHeader(header)
	t.AppendRows(rows)
	fmt.Fprintln(o.Stdout, fitted(t, Columns(o.Stdout), header, rows))
	if faults == 0 {
		fmt.Fprintln(o.Stdout, "The keyring belongs to the database, and every live link opens with it.")
	}
}
