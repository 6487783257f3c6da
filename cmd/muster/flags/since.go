package flags

import (
	"errors"
	"time"
)

// Since is a flag that names a time in the past: a date, a date and a time, or
// how long ago it was, like 7d.
type Since struct {
	text string
	at   time.Time
	day  bool // the whole day was named
}

// Type names the value in help.
func (*Since) Type() string { return "time" }

func (s *Since) String() string { return s.text }

// Set reads the flag.
func (s *Since) Set(text string) error {
	*s = Since{text: text}
	var ago Age
	if ago.Set(text) == nil {
		s.at = time.Now().Add(-ago.Age)
		return nil
	}
	var m Moment
	if m.Set(text) != nil {
		return errors.New("give a date like 2026-11-01, a time like 2026-11-01T09:00, or how long ago, like 7d")
	}
	_, err := time.Parse(time.DateOnly, text)
	s.at = m.Time
	s.day = err == nil
	return nil
}

// Begin is the time, or when its day begins; zero where none was given.
func (s *Since) Begin() time.Time { return s.at }

// End is the time, or when the day after it begins; zero where none was given.
func (s *Since) End() time.Time {
	if s.day {
		return s.at.AddDate(0, 0, 1)
	}
	return s.at
}
