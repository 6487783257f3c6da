package report

import (
	"muster/importer/reason"
	"muster/provision"
)

// RemovedFile lists the people of a source who are on none of its lists.
const RemovedFile = "removed.csv"

// removedList writes removed.csv: they stand on no row, so no list has them.
type removedList struct {
	files  *bundle
	people func() ([]provision.MissingPerson, error)
	words  *wording
	nothingToClose
}

func (*removedList) line(*view) error { return nil }

func (l *removedList) finish(provision.Summary) error {
	file, err := l.files.create(RemovedFile)
	if err != nil {
		return err
	}
	out := newCSV(file)
	out.mark()
	out.header(nil, "name", "email", "what became of them", "why", "lost", "account")
	people, err := l.people()
	if err != nil {
		return err
	}
	for _, m := range people {
		out.row(m.Name, m.Email, string(m.Outcome), l.words.Say(reason.Of(m.Reason).Meaning), l.words.lost(m.Lost), m.Account)
	}
	return out.flush()
}

// someMissing reports whether anybody is to be listed.
func (w *writer) someMissing(s provision.Summary) bool { return len(s.Missing) > 0 && w.Missing != nil }
