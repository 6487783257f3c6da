package main

import (
	"strings"

	"muster/cmd/muster/view"
	"muster/importer/reason"
)

const reasonsIntro = `Reasons that reports, plans and rows.jsonl give, and what to do about each.
Programs may rely on the codes: none is ever renamed or given another meaning.
`

// reasonsTopic lists every code by the stage that gives it.
func reasonsTopic() string {
	var b strings.Builder
	b.WriteString(reasonsIntro)
	for _, s := range reason.Stages() {
		b.WriteString("\n" + s.Title + ":\n\n")
		for _, e := range s.Entries {
			b.WriteString("  " + string(e.Code) + "\n")
			b.WriteString(view.Folded("    "+e.Meaning, helpWidth, 4) + "\n")
			if e.Remedy != "" {
				b.WriteString(view.Folded("    → "+e.Remedy, helpWidth, 6) + "\n")
			}
		}
	}
	return b.String()
}

func (a *app) emitReasons() {
	n := 0
	for _, s := range reason.Stages() {
		for _, e := range s.Entries {
			n++
			a.out.Emit("reason", map[string]string{
				"code": string(e.Code), "stage": s.Title, "meaning": e.Meaning, "remedy": e.Remedy,
			})
		}
	}
	a.out.Emit("summary", map[string]int{"reasons": n})
}
