package main

import (
	"fmt"
	"strings"

	"muster/cmd/muster/exit"
	"muster/cmd/muster/view"
)

// exitTable is the table as text.
func exitTable() string {
	var b strings.Builder
	for _, e := range exit.Codes {
		head := fmt.Sprintf("  %3d  %-11s  ", e.Code, e.Name)
		b.WriteString(view.Folded(head+e.Meaning, helpWidth, len(head)) + "\n")
		if e.Code != exit.OK {
			b.WriteString(view.Folded(strings.Repeat(" ", len(head))+"→ "+e.Todo, helpWidth, len(head)+2) + "\n")
		}
	}
	return b.String()
}

const exitIntro = `Exit codes of muster. Scripts and schedulers may rely on them.

`

func (a *app) emitExitCodes() {
	for _, e := range exit.Codes {
		a.out.Emit("exit_code", e)
	}
	a.out.Emit("summary", map[string]int{"exit_codes": len(exit.Codes)})
}
