package failure_test

import (
	"errors"
	"fmt"
	"testing"

	"muster/importer/failure"
)

func TestFind(t *testing.T) {
	away := failure.New(failure.Away, errors.New("away"))
	stale := failure.New(failure.Stale, errors.New("stale"))
	plain := errors.New("plain")
	for _, test := range []struct {
		name string
		err  error
		want failure.Class // 0 for none
	}{
		{"no error has no class", nil, 0},
		{"a plain error has no class", plain, 0},
		{"an error of a class has it", away, failure.Away},
		{"what wraps it has it, too", fmt.Errorf("rows 1 to 2: %w", away), failure.Away},
		{"the first class counts, wherever it stands", errors.Join(plain, away, stale), failure.Stale},
		{"a class inside counts before one around it", failure.New(failure.Away, stale), failure.Stale},
		{"a class around counts before one inside it", failure.New(failure.Stale, away), failure.Stale},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got failure.Class
			if found := failure.Find(test.err); found != nil {
				got, _ = found.Failure()
			}
			if got != test.want {
				t.Errorf("class %d, want %d", got, test.want)
			}
		})
	}
	if wrapping := failure.New(failure.Config, plain); !errors.Is(wrapping, plain) || wrapping.Error() != "plain" {
		t.Errorf("%v does not stand for the error it was made of", wrapping)
	}
}
