package flags

import (
	"testing"
	"time"
)

func TestSince(t *testing.T) {
	for text, want := range map[string]struct{ begin, end string }{
		"2026-11-01":           {"2026-11-01T00:00", "2026-11-02T00:00"},
		"2026-11-01T09:30":     {"2026-11-01T09:30", "2026-11-01T09:30"},
		"2026-11-01T09:30:15Z": {"2026-11-01T09:30", "2026-11-01T09:30"},
	} {
		var s Since
		if err := s.Set(text); err != nil {
			t.Fatal(err)
		}
		const form = "2006-01-02T15:04"
		if begin, end := s.Begin().Format(form), s.End().Format(form); begin != want.begin || end != want.end {
			t.Errorf("%s: from %s to %s", text, begin, end)
		}
	}
	var s Since
	if err := s.Set("2d"); err != nil || time.Since(s.Begin()).Round(time.Hour) != 48*time.Hour {
		t.Errorf("2d is %s: %v", s.Begin(), err)
	}
	if err := s.Set("yesterday"); err == nil {
		t.Error("yesterday is a time")
	}
}
