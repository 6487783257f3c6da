package plan

import (
	"fmt"
	"os"
	"time"

	"muster/importer"
	"muster/provision"
)

// Settings are what is to be planned: which lists, how they are read, and on
// what terms the people on them are taken in.
type Settings struct {
	provision.Terms
	Lists   []string
	Asked   []string // flags that another command about the same people needs, as a shell takes them
	Reading importer.Options
	Shards  int // into which the plan is divided, 0 where it is not
	// HeaderChanged lets a list of a source have other columns than the last one.
	HeaderChanged bool
	MaxAge        time.Duration // of the lists, 0 for any
	Known         bool          // the lists name people who are there: columns that grant something do not matter
}

// part says which rows alone are read, "" for all.
func (s Settings) part() string {
	if s.Reading.First <= 1 && s.Reading.Last == 0 {
		return ""
	}
	return fmt.Sprintf("rows %d-%d", s.Reading.First, s.Reading.Last)
}

// CheckAge refuses lists that were last written longer ago than they may be, with a
// *provision.OldListError. What is no file has no age.
func (s Settings) CheckAge(now time.Time) error {
	for _, path := range s.Lists {
		info, err := os.Stat(path)
		if s.MaxAge == 0 || err != nil { // opening it says what is wrong
			continue
		}
		if age := now.Sub(info.ModTime()); age > s.MaxAge {
			return &provision.OldListError{File: path, Since: info.ModTime(), Age: age, MaxAge: s.MaxAge}
		}
	}
	return nil
}
