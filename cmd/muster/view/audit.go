package view

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/explain"
	"muster/provision/words"
)

// auditLine is an entry of the audit as JSON: it names nobody but operators.
type auditLine struct {
	ID       string          `json:"id"`
	At       time.Time       `json:"at"`
	Action   string          `json:"action"`
	Account  string          `json:"account,omitempty"`
	Reason   reason.Code     `json:"reason,omitempty"`
	Changes  json.RawMessage `json:"changes,omitempty"`
	Detail   json.RawMessage `json:"detail,omitempty"` // of what is no change to an account
	Source   string          `json:"source"`
	Run      string          `json:"run,omitempty"`
	Row      int             `json:"row,omitempty"`
	Operator *auditOperator  `json:"operator,omitempty"` // none where the program or the person did it
}

type auditOperator struct {
	Account string `json:"account"`
	Email   string `json:"email,omitempty"` // "" where the account is gone
}

func auditLineOf(l explain.AuditLine) auditLine {
	line := auditLine{
		ID:      l.ID,
		At:      l.At.UTC(),
		Action:  l.Action,
		Account: l.Account,
		Source:  l.Source,
		Run:     l.Run,
		Row:     l.Row,
	}
	if l.OperatorID != "" {
		line.Operator = &auditOperator{l.OperatorID, l.Operator}
	}
	var d struct {
		Reason  reason.Code     `json:"reason"`
		Changes json.RawMessage `json:"changes"`
	}
	_ = json.Unmarshal(l.Detail, &d) // of earlier entries: shown as it is
	line.Reason = d.Reason
	line.Changes = d.Changes
	if d.Reason == "" && len(d.Changes) == 0 {
		line.Detail = l.Detail
	}
	return line
}

// WriteAudit writes entries of the audit, a JSON object a line, and returns how
// many there were.
func WriteAudit(w io.Writer, entries func(take func(explain.AuditLine) error) error) (int, error) {
	n := 0
	err := entries(func(l explain.AuditLine) error {
		n++
		text, err := Marshal(auditLineOf(l))
		if err == nil {
			_, err = w.Write(append(text, '\n'))
		}
		return err
	})
	return n, err
}

// AuditWritten says that the audit went into a file.
func (o *Output) AuditWritten(path string, n int) {
	if o.common.JSON {
		o.Emit("summary", map[string]any{"entries": n, "file": path})
		return
	}
	fmt.Fprintf(o.Stdout, "%s\n%s\n", entries(n), path)
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return words.Number(n) + " entries"
}

// Audit lists entries of the audit. Limit is how many were asked for at the
// most, 0 for all.
func (o *Output) Audit(limit int, list func(take func(explain.AuditLine) error) error) error {
	n := 0
	err := list(func(l explain.AuditLine) error {
		n++
		if o.common.JSON {
			o.Emit("entry", auditLineOf(l))
		} else {
			fmt.Fprintln(o.Stdout, strings.Join(auditWords(l), "\n                  "))
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case o.common.JSON:
		o.Emit("summary", map[string]int{"entries": n})
	case n == 0:
		fmt.Fprintln(o.Stdout, "Nothing on record fits.")
	case n == limit:
		fmt.Fprintf(o.Stdout, "%s, the newest; --limit 0 lists all of them\n", entries(n))
	default:
		fmt.Fprintln(o.Stdout, entries(n))
	}
	return nil
}

// auditWords tell of an entry: what was done to whom, by whom, and why.
func auditWords(l explain.AuditLine) []string {
	said := when(l.At) + "  " + words.Sentence(words.Action(l.Action)) + prefixed(": ", auditPerson(l))
	lines := []string{said, "by " + auditAuthor(l)}
	var d change.AuditDetail
	if json.Unmarshal(l.Detail, &d) != nil {
		return lines
	}
	if all := words.Changes(d.Changes); len(all) > 0 {
		lines = append(lines, strings.Join(all, "; "))
	}
	if d.Reason != "" {
		lines = append(lines, "because: "+reason.Of(d.Reason).Meaning)
	}
	return lines
}

// auditPerson names whom an entry is about.
func auditPerson(l explain.AuditLine) string {
	switch {
	case l.Account == "":
		return ""
	case l.Gone:
		return "account " + l.Account + ", which is gone"
	case l.Masked:
		return "account " + l.Account + ", which is not yours to see"
	}
	return strings.Join(Compact(l.Name, cmp.Or(l.Email, "no address")), ", ")
}

// auditAuthor says who did it, by which command, and in which run.
func auditAuthor(l explain.AuditLine) string {
	who := l.Operator
	if who == "" {
		who = "the program itself"
		if l.OperatorID != "" {
			who = "somebody who is gone"
		}
	}
	who += ", " + l.Source
	if l.Run != "" {
		who += " (run " + provision.ShortRun(l.Run)
		if l.Row > 0 {
			who += fmt.Sprintf(", row %d", l.Row)
		}
		who += ")"
	}
	return who
}
