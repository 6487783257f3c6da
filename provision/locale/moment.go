package locale

import (
	"fmt"
	"strings"
	"time"
)

// Zone finds the time zone of somebody by its name, "Europe/Berlin". It is UTC
// where the name is empty or unknown.
func Zone(name string) *time.Location {
	if name == "Local" { // would be the zone of the machine
		return time.UTC
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// The keys of the calendar, in the order of package time.
var (
	weekdays = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	months   = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december"}
)

// Moment writes a date and time for people, with the place whose clock it is:
// "Tuesday, 1 December 2026, 18:00 (Berlin)".
func (l Language) Moment(at time.Time, zone *time.Location) (string, error) {
	at = at.In(zone)
	calendar, date, err := l.date(at)
	if err != nil {
		return "", err
	}
	weekday, err := calendar.Say(weekdays[at.Weekday()])
	if err != nil {
		return "", err
	}
	return calendar.Say("moment", "weekday", weekday, "date", date, "time", at.Format("15:04"), "place", place(at))
}

// Stamp writes a date and time in few words, with the zone of the clock as it is
// abbreviated: "1 December 2026, 18:00 CET".
func (l Language) Stamp(at time.Time, zone *time.Location) (string, error) {
	at = at.In(zone)
	calendar, date, err := l.date(at)
	if err != nil {
		return "", err
	}
	return calendar.Say("stamp", "date", date, "time", at.Format("15:04"), "zone", at.Format("MST"))
}

// Day writes a date, as its zone has it: "1 December 2026".
func (l Language) Day(at time.Time) (string, error) {
	_, date, err := l.date(at)
	return date, err
}

// date writes a date, and hands back the calendar that it was written by.
func (l Language) date(at time.Time) (calendar Texts, date string, err error) {
	if calendar, err = Of("calendar", l); err != nil {
		return calendar, "", err
	}
	month, err := calendar.Say(months[at.Month()-1])
	if err != nil {
		return calendar, "", err
	}
	day := fmt.Sprint(at.Day())
	if at.Day() == 1 {
		if day, err = calendar.Say("first"); err != nil {
			return calendar, "", err
		}
	}
	date, err = calendar.Say("date", "day", day, "month", month, "year", at.Year())
	return calendar, date, err
}

// place names a clock by its city, and one that has none by its distance from
// UTC.
func place(at time.Time) string {
	zone := at.Location().String()
	region, city, isCity := strings.Cut(zone, "/")
	if isCity && region != "Etc" {
		_, last, deeper := strings.Cut(city, "/") // America/Argentina/Ushuaia
		if deeper {
			city = last
		}
		return strings.ReplaceAll(city, "_", " ")
	}
	if _, offset := at.Zone(); offset == 0 {
		return "UTC"
	}
	return "UTC" + at.Format("-07:00")
}
