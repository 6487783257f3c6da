// Package reason is the one place that defines every reason code muster can
// give: why a cell was not read as typed, why a row was rejected or held, why
// an outcome is what it is. A code goes in, its meaning and what to do about
// it come out. Codes are stable: reports, plans and ledgers carry them, so a
// code is never renamed or given a second meaning.
package reason

// Code names one reason, in lower case words joined by underscores.
type Code string

// Entry says what a code means, in one sentence a programme manager
// understands, and what to do about it ("" where there is nothing to do).
type Entry struct {
	Code    Code
	Meaning string
	Remedy  string
}

// Of returns the entry of c. An unknown code comes back with itself as its
// meaning, so that a report never shows an empty reason.
func Of(c Code) Entry {
	if e, ok := index[c]; ok {
		return e
	}
	return Entry{Code: c, Meaning: string(c)}
}

// All returns every entry, in the order of the stages.
func All() []Entry {
	all := make([]Entry, 0, len(index))
	for _, s := range Stages() {
		all = append(all, s.Entries...)
	}
	return all
}

// A Stage is a part of the way of a row, and the reasons that are given there.
type Stage struct {
	Title   string
	Entries []Entry
}

// Stages returns every entry by its stage, in the order of the way.
func Stages() []Stage {
	return []Stage{
		{"Emails, profiles and other cells", identityCodes},
		{"Rows", rowCodes},
		{"Who it is, and what is decided", decisionCodes},
		{"What came of it", outcomeCodes},
		{"Lists as a whole", listCodes},
		{"Lists that are synced", sourceCodes},
		{"Invite links", linkCodes},
		{"Exports of accounts", directoryCodes},
		{"Commands about people who are there", commandCodes},
	}
}

var index = func() map[Code]Entry {
	m := map[Code]Entry{}
	for _, s := range Stages() {
		for _, e := range s.Entries {
			if _, twice := m[e.Code]; twice {
				panic("reason: code defined twice: " + string(e.Code))
			}
			m[e.Code] = e
		}
	}
	return m
}()
