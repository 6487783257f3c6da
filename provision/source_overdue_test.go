package provision

import (
	"testing"
	"time"
)

func TestOverdue(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, tt := range map[string]struct {
		source Source
		want   bool
	}{
		"a nightly list of last night":           {Source{LastAt: ago(day), Usual: day}, false},
		"a nightly list of nine days ago":        {Source{LastAt: ago(9 * day), Usual: day}, true},
		"a weekly list of nine days ago":         {Source{LastAt: ago(9 * day), Usual: 7 * day}, false},
		"a weekly list of two months ago":        {Source{LastAt: ago(60 * day), Usual: 7 * day}, true},
		"two lists in an hour are of every week": {Source{LastAt: ago(7 * day), Usual: time.Hour}, false},
		"one list, thirteen days ago":            {Source{LastAt: ago(13 * day), CreatedAt: ago(20 * day)}, false},
		"one list, fifteen days ago":             {Source{LastAt: ago(15 * day)}, true},
		"no list since it was made":              {Source{CreatedAt: ago(15 * day)}, true},
		"one that was ended waits for none":      {Source{CreatedAt: ago(15 * day), EndedAt: ago(day)}, false},
	} {
		if got := tt.source.Overdue(now); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestUsual(t *testing.T) {
	const day = 24 * time.Hour
	s := Source{}
	for i, night := range []struct{ gap, want time.Duration }{
		{0, 0}, {day, day}, {day, day}, {5 * day, 5 * day}, {time.Hour, 5 * day / 2}, {day, 5 * day / 4}, {day, day},
	} {
		at := time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC)
		if !s.LastAt.IsZero() {
			at = s.LastAt.Add(night.gap)
		}
		if s.Usual = s.UsualBy(at); s.Usual != night.want {
			t.Errorf("after list %d: %v, want %v", i+1, s.Usual, night.want)
		}
		s.LastAt = at
	}
}
