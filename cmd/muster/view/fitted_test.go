package view

import (
	"testing"

	"github.com/jedib0t/go-pretty/v6/table"
)

func TestATableThatDoesNotFitIsAList(t *testing.T) {
	header := table.Row{"Person", "Where", "Account"}
	rows := []table.Row{{"Ann Example\nann@example.com", "outdoor: creator", "created\nblocked"}, {"Bea Example", "", "registered"}}
	draw := func(width int) string {
		w := table.NewWriter()
		w.SetStyle(table.StyleLight)
		w.AppendHeader(header)
		w.AppendRows(rows)
		return fitted(w, width, header, rows)
	}
	const list = `Ann Example
ann@example.com
  Where: outdoor: creator
  Account: created; blocked

Bea Example
  Account: registered`
	if got := draw(40); got != list {
		t.Errorf("got\n%s\nwant\n%s", got, list)
	}
	if whole := draw(0); whole != draw(60) || whole == list {
		t.Errorf("a table that fits is none:\n%s", draw(60))
	}
}
