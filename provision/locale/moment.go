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
	calendar, err := Of("calendar", l)
	if err != nil {
		return "", err
	}
	at = at.In(zone)
	weekday, err := calendar.Say(weekdays[at.Weekday()])
	if err != nil {
		return "", err
	}
	month, err := calendar.Say(months[at.Month()-1])
	if err != nil {
		return "", err
	}
	day := fmt.Sprint(at.Day())
	if at.Day() == 1 {
		if day, err = calendar.Say("first"); err != nil {
			return "", err
		}
	}
	return calendar.Say("moment", "weekday", weekday, "day", day, "month", month, "year", at.Year(),
		"time", at.Format("15:04"), "place", place(at))
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
