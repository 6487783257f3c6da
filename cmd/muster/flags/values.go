package flags

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"muster/provision"
)

// Limit is a flag like 20 or 5%.
type Limit struct{ provision.Limit }

// Type names the value in messages.
func (*Limit) Type() string { return "limit" }

func (l *Limit) String() string {
	switch {
	case l.Percent > 0:
		return strconv.FormatFloat(l.Percent, 'f', -1, 64) + "%"
	case l.Rows > 0:
		return strconv.Itoa(l.Rows)
	}
	return ""
}

// Set reads the flag.
func (l *Limit) Set(text string) error {
	wrong := errors.New("give a number of rows, like 20, or a share of them, like 5%")
	if share, found := strings.CutSuffix(text, "%"); found {
		percent, err := strconv.ParseFloat(share, 64)
		if err != nil || !(percent >= 0 && percent <= 100) {
			return wrong
		}
		l.Limit = provision.Limit{Percent: percent}
		return nil
	}
	rows, err := strconv.Atoi(text)
	if err != nil || rows < 0 {
		return wrong
	}
	l.Limit = provision.Limit{Rows: rows}
	return nil
}

// Age is a flag like 90d: a length of time in weeks, days, hours.
type Age struct {
	text string
	Age  time.Duration
}

// Type names the value in help.
func (*Age) Type() string { return "age" }

func (v *Age) String() string { return v.text }

// ages are what a time may begin with beside what Go reads.
var ages = regexp.MustCompile(`^([0-9]{1,5})(w|d)`)

// Set reads the flag.
func (v *Age) Set(text string) (err error) {
	v.text, v.Age = text, 0
	rest := text
	for m := ages.FindStringSubmatch(rest); m != nil; m = ages.FindStringSubmatch(rest) {
		n, _ := strconv.Atoi(m[1])
		if m[2] == "w" {
			n *= 7
		}
		v.Age, rest = v.Age+time.Duration(n)*24*time.Hour, rest[len(m[0]):]
	}
	if rest != "" || text == "" {
		var more time.Duration
		more, err = time.ParseDuration(rest)
		v.Age += more
	}
	if err != nil || v.Age <= 0 || v.Age > 100*366*24*time.Hour {
		return errors.New("give a length of time, like 90d, 2w or 12h")
	}
	return nil
}

// IfLocked is what to do while another run holds the lock: fail by default.
type IfLocked struct {
	Skip bool
	Wait time.Duration
}

// Type names the value in messages.
func (*IfLocked) Type() string { return "what" }

func (i *IfLocked) String() string {
	switch {
	case i.Skip:
		return "skip"
	case i.Wait > 0:
		return "wait=" + i.Wait.String()
	}
	return ""
}

// Set reads the flag.
func (i *IfLocked) Set(text string) error {
	wrong := errors.New("use fail, skip or wait=10m")
	*i = IfLocked{}
	word, length, timed := strings.Cut(text, "=")
	switch {
	case text == "fail":
		return nil
	case text == "skip":
		i.Skip = true
		return nil
	case word != "wait" || !timed:
		return wrong
	}
	d, err := time.ParseDuration(length)
	if err != nil || d <= 0 {
		return wrong
	}
	i.Wait = d
	return nil
}
