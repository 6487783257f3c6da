package flags

import (
	"testing"
	"time"
)

func TestRowRange(t *testing.T) {
	for text, want := range map[string][2]int{"": {0, 0}, "1-20": {1, 20}, "5-": {5, 0}, "-20": {0, 20}, "7": {7, 7}} {
		if first, last, err := rowRange(text); err != nil || first != want[0] || last != want[1] {
			t.Errorf("%q: %d to %d, %v", text, first, last, err)
		}
	}
	for _, text := range []string{"-", "0", "a-b", "20-1", "1-2-3", "1.5"} {
		if _, _, err := rowRange(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

func TestPasswordIsFound(t *testing.T) {
	for url, want := range map[string]bool{
		"muster.db":                                false,
		"postgres://host/db":                       false,
		"postgres://ann@host/db":                   false,
		"postgres://ann:hush@host/db":              true,
		"postgres://ann@host/db?password=hush":     true,
		"postgres://ann:hu%sh@host/db":             true,
		"postgresql://ann:@host/db?sslmode=verify": true,
	} {
		if got := hasPassword(url); got != want {
			t.Errorf("%s: %v", url, got)
		}
	}
}

func TestAges(t *testing.T) {
	for text, want := range map[string]time.Duration{"90d": 90 * 24 * time.Hour, "2w": 14 * 24 * time.Hour,
		"12h": 12 * time.Hour, "1w2d3h30m": 219*time.Hour + 30*time.Minute,
		"": 0, "90": 0, "d": 0, "0d": 0, "-1d": 0, "1.5d": 0, "99999w": 0, "1d2": 0, "1h1d": 0} {
		var v Age
		if err := v.Set(text); (err == nil) != (want > 0) || err == nil && v.Age != want {
			t.Errorf("%q is read as %s, %v", text, v.Age, err)
		}
	}
}

func TestSizesReadBack(t *testing.T) {
	for text, want := range map[string]string{"500MB": "500MB", "2gb": "2GB", "1GiB": "1GB", "100": "100B",
		"1024 k": "1MB", "20B": "20B"} {
		var v Size
		if err := v.Set(text); err != nil || v.String() != want {
			t.Errorf("%q is read as %q, %v", text, v.String(), err)
		}
	}
	for _, text := range []string{"", "MB", "-1", "1.5GB", "9999999GB", "many"} {
		var v Size
		if v.Set(text) == nil {
			t.Errorf("%q is read as %q", text, v.String())
		}
	}
}
