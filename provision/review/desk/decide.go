package desk

import (
	"strconv"
)

// decide takes an answer, and goes on with the next row. Where another window
// answered meanwhile it shows that instead.
func (d *Desk) decide(v *visit) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := strconv.Atoi(v.form.Get("row"))
	if err != nil || n < 1 || n > len(d.sitting.Questions) {
		return nothing
	}
	if d.stage != deciding {
		return seeOther(d.door.room + "/apply")
	}
	at, f := n-1, filterOf(v.form)
	option, wanted := v.form.Get("option"), "answered "+v.form.Get("option")
	row := strconv.Itoa(d.sitting.Questions[at].Row.Row)
	switch now := seen(d.sitting, at); {
	case v.form.Get("is") != row:
		return d.showRow(at, f, d.in.Say("The rows that are held are others by now. Nothing was taken: look at this one again."))
	case now == wanted: // sent twice
	case now != v.form.Get("seen"):
		return d.showRow(at, f, d.in.Say("This row was answered in another window meanwhile. Nothing was changed: decide again if you want another answer."))
	default:
		if err := d.sitting.Answer(at, option); err != nil {
			d.Fault(err)
			return d.showRow(at, f, d.in.Say("That was not taken: %s", err))
		}
		d.version++
	}
	return d.goOn(at+1, f)
}

// goOn leads to the next row that needs an answer: of those with the reason
// somebody goes through, else to the list; to the end where there is none.
func (d *Desk) goOn(from int, f filter) answer {
	if next := d.next(from, f); next >= 0 {
		return seeOther(d.door.room + "/row/" + strconv.Itoa(next+1) + f.query())
	}
	if d.next(0, filter{}) >= 0 {
		return seeOther(d.door.room + "/")
	}
	return seeOther(d.door.room + "/apply")
}

// undo takes the last answer back and shows its row.
func (d *Desk) undo(v *visit) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stage != deciding {
		return seeOther(d.door.room + "/apply")
	}
	at, undone, err := d.sitting.Undo()
	switch {
	case err != nil:
		d.Fault(err)
	case !undone:
		return seeOther(d.door.room + "/")
	}
	d.version++
	return seeOther(d.door.room + "/row/" + strconv.Itoa(at+1) + filterOf(v.form).query())
}
