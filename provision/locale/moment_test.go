package locale

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones, whatever the machine has
)

func TestMoment(t *testing.T) {
	at := time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		language Language
		zone     string
		at       time.Time
		want     string
	}{
		"in English":                        {English, "Europe/Berlin", at, "Tuesday, 1 December 2026, 18:00 (Berlin)"},
		"in German":                         {German, "Europe/Berlin", at, "Dienstag, 1. Dezember 2026, 18:00 Uhr (Berlin)"},
		"in Spanish":                        {Spanish, "America/New_York", at, "martes, 1 de diciembre de 2026, 12:00 (New York)"},
		"in French, on the first":           {French, "Europe/Paris", at, "mardi 1er décembre 2026 à 18:00 (Paris)"},
		"in French, on another day":         {French, "", at.AddDate(0, 0, 1), "mercredi 2 décembre 2026 à 17:00 (UTC)"},
		"the next day begins in the east":   {English, "Asia/Tokyo", at, "Wednesday, 2 December 2026, 02:00 (Tokyo)"},
		"a city within a state":             {English, "America/Argentina/Ushuaia", at, "Tuesday, 1 December 2026, 14:00 (Ushuaia)"},
		"a zone that is no city":            {English, "Etc/GMT+5", at, "Tuesday, 1 December 2026, 12:00 (UTC-05:00)"},
		"an abbreviation":                   {English, "EST", at, "Tuesday, 1 December 2026, 12:00 (UTC-05:00)"},
		"no zone is UTC":                    {English, "", at, "Tuesday, 1 December 2026, 17:00 (UTC)"},
		"an unknown zone is UTC":            {English, "Mars/Olympus", at, "Tuesday, 1 December 2026, 17:00 (UTC)"},
		"nobody's zone is the machine's":    {English, "Local", at, "Tuesday, 1 December 2026, 17:00 (UTC)"},
		"a zone with the offset nought":     {English, "Etc/Greenwich", at, "Tuesday, 1 December 2026, 17:00 (UTC)"},
		"a Sunday, the first of the names":  {English, "", at.AddDate(0, 0, 5), "Sunday, 6 December 2026, 17:00 (UTC)"},
		"a January, the first of the names": {German, "", at.AddDate(0, 1, 1), "Samstag, 2. Januar 2027, 17:00 Uhr (UTC)"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.language.Moment(c.at, Zone(c.zone))
			if err != nil || got != c.want {
				t.Errorf("got  %s (%v)\nwant %s", got, err, c.want)
			}
		})
	}
	for l, want := range map[Language][2]string{
		English: {"1 December 2026", "1 December 2026, 18:00 CET"}, German: {"1. Dezember 2026", "1. Dezember 2026, 18:00 Uhr (CET)"},
		Spanish: {"1 de diciembre de 2026", "1 de diciembre de 2026, 18:00 (CET)"}, French: {"1er décembre 2026", "1er décembre 2026 à 18:00 (CET)"},
	} {
		day, err := l.Day(at)
		stamp, err2 := l.Stamp(at, Zone("Europe/Berlin"))
		if err != nil || err2 != nil || day != want[0] || stamp != want[1] {
			t.Errorf("%s: %s, %s (%v, %v)", l, day, stamp, err, err2)
		}
	}
	if _, err := Language("tlh").Moment(at, time.UTC); err == nil {
		t.Error("a moment in a language that nobody speaks")
	}
}
