package view

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// fitted is a table as it is drawn, or, where a terminal is too narrow for it, its
// rows one below the other: the first cell, and under it the others by name.
func fitted(t table.Writer, width int, header table.Row, rows []table.Row) string {
	drawn := t.Render()
	if width == 0 || text.LongestLineLen(drawn) <= width {
		return drawn
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, cellLines(row[0])...)
		for i, cell := range row[1:] {
			if words := strings.Join(cellLines(cell), "; "); words != "" {
				lines = append(lines, fmt.Sprintf("  %s: %s", header[i+1], words))
			}
		}
		lines = append(lines, "")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// cellLines are the lines of a cell that hold something.
func cellLines(cell any) []string {
	var lines []string
	for line := range strings.Lines(fmt.Sprint(cell)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
