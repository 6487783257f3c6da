package desk

import (
	"net/http"
	"strings"
)

// route finds who answers.
func (d *Desk) route(v *visit) func(*visit) answer {
	if v.Method == http.MethodPost {
		switch v.path {
		case "/decide":
			return d.decide
		case "/undo":
			return d.undo
		case "/apply":
			return d.apply
		case "/confirm":
			return d.answerPlan
		case "/end":
			return d.end
		}
		return func(*visit) answer { return nothing }
	}
	switch {
	case v.path == "/":
		return d.list
	case v.path == "/apply":
		return d.progress
	case strings.HasPrefix(v.path, "/row/"):
		return d.row
	}
	return func(*visit) answer { return nothing }
}

// end closes the desk.
func (d *Desk) end(*visit) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stage == planning || d.stage == writing {
		return seeOther(d.door.room + "/apply")
	}
	applied := d.stage == applied
	if !d.closed {
		d.closed = true
		close(d.ended)
	}
	if applied {
		return refusal(http.StatusOK, "The review is closed, and this page is gone with it.")
	}
	return refusal(http.StatusOK, "The review is closed, and this page is gone with it.",
		"Your answers are kept: the same command goes on with them.")
}
