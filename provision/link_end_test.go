package provision

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones, whatever the machine has
)

func TestWhenALinkEnds(t *testing.T) {
	friday := time.Date(2026, 11, 27, 18, 30, 0, 0, time.UTC)
	monday := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		link LinkRow
		at   time.Time
		want time.Time
	}{
		"its life counts from when it is shown": {LinkRow{Lifetime: time.Hour}, friday, friday.Add(time.Hour)},
		"or from when it opens": {
			LinkRow{Lifetime: time.Hour, NotBefore: friday.Add(5 * time.Hour)},
			friday,
			friday.Add(6 * time.Hour),
		},
		"it may end on a Saturday":           {LinkRow{Lifetime: 24 * time.Hour}, friday, friday.Add(24 * time.Hour)},
		"a Saturday moves to Monday morning": {LinkRow{Lifetime: 24 * time.Hour, Workday: true}, friday, monday},
		"and so does a Sunday":               {LinkRow{Lifetime: 48 * time.Hour, Workday: true}, friday, monday},
		"a workday stays":                    {LinkRow{Lifetime: time.Hour, Workday: true}, friday, friday.Add(time.Hour)},
		"the weekend is that where they are": {
			LinkRow{Lifetime: 6 * time.Hour, Workday: true, AccountTimeZone: "Asia/Tokyo"}, // Saturday there
			friday,
			time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC), // 9 in Tokyo
		},
		"where it is Friday still it stays": {
			LinkRow{Lifetime: 10 * time.Hour, Workday: true, AccountTimeZone: "America/Los_Angeles"},
			friday,
			friday.Add(10 * time.Hour),
		},
		"a zone that there is not counts for none": {
			LinkRow{Lifetime: 24 * time.Hour, Workday: true, AccountTimeZone: "Atlantis/Capital"},
			friday,
			monday,
		},
		"the clocks change meanwhile": {
			LinkRow{Lifetime: 24 * time.Hour, Workday: true, AccountTimeZone: "Europe/Berlin"},
			time.Date(2026, 3, 27, 12, 0, 0, 0, time.UTC),
			time.Date(2026, 3, 30, 7, 0, 0, 0, time.UTC),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.link.EndsAt(c.at); !got.Equal(c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
