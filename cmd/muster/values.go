package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"muster/provision"
)

// limitValue is a flag like 20 or 5%.
type limitValue struct{ provision.Limit }

// Type names the value in messages.
func (*limitValue) Type() string { return "limit" }

func (l *limitValue) String() string {
	switch {
	case l.Percent > 0:
		return strconv.FormatFloat(l.Percent, 'f', -1, 64) + "%"
	case l.Rows > 0:
		return strconv.Itoa(l.Rows)
	}
	return ""
}

// Set reads the flag.
func (l *limitValue) Set(text string) error {
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

// ageValue is a flag like 90d: a length of time in weeks, days, hours.
type ageValue struct {
	text string
	age  time.Duration
}

// Type names the value in help.
func (*ageValue) Type() string { return "age" }

func (v *ageValue) String() string { return v.text }

// ages are what a time may begin with beside what Go reads.
var ages = regexp.MustCompile(`^([0-9]{1,5})(w|d)`)

// Set reads the flag.
func (v *ageValue) Set(text string) (err error) {
	v.text, v.age = text, 0
	rest := text
	for m := ages.FindStringSubmatch(rest); m != nil; m = ages.FindStringSubmatch(rest) {
		n, _ := strconv.Atoi(m[1])
		if m[2] == "w" {
			n *= 7
		}
		v.age, rest = v.age+time.Duration(n)*24*time.Hour, rest[len(m[0]):]
	}
	if rest != "" || text == "" {
		var more time.Duration
		more, err = time.ParseDuration(rest)
		v.age += more
	}
	if err != nil || v.age <= 0 || v.age > 100*366*24*time.Hour {
		return errors.New("give a length of time, like 90d, 2w or 12h")
	}
	return nil
}

// ifLocked is what to do while another run holds the lock: fail by default.
type ifLocked struct {
	skip bool
	wait time.Duration
}

// Type names the value in messages.
func (*ifLocked) Type() string { return "what" }

func (i *ifLocked) String() string {
	switch {
	case i.skip:
		return "skip"
	case i.wait > 0:
		return "wait=" + i.wait.String()
	}
	return ""
}

// Set reads the flag.
func (i *ifLocked) Set(text string) error {
	wrong := errors.New("use fail, skip or wait=10m")
	*i = ifLocked{}
	word, length, timed := strings.Cut(text, "=")
	switch {
	case text == "fail":
		return nil
	case text == "skip":
		i.skip = true
		return nil
	case word != "wait" || !timed:
		return wrong
	}
	d, err := time.ParseDuration(length)
	if err != nil || d <= 0 {
		return wrong
	}
	i.wait = d
	return nil
}

// errSkipped means that another run is at work and that this is fine.
var errSkipped = errors.New("skipped: another run is at work")

// try runs a piece of work, again and again while it is locked out and there
// is time to wait.
func (i ifLocked) try(ctx context.Context, v view, work func() (provision.Summary, error)) (provision.Summary, error) {
	deadline := time.Now().Add(i.wait)
	for told := false; ; told = true {
		summary, err := work()
		var locked *provision.LockedError
		switch {
		case !errors.As(err, &locked):
			return summary, err
		case i.skip:
			v.tell(provision.Notice{Text: lockedWords(locked.Lease) + "; nothing done"})
			return summary, errSkipped
		case time.Now().After(deadline):
			return summary, err
		case !told:
			v.tell(provision.Notice{Text: fmt.Sprintf("%s; waiting up to %s", lockedWords(locked.Lease), i.wait)})
		}
		select {
		case <-ctx.Done():
			return summary, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
