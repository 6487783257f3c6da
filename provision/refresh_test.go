package provision_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"muster/provision"
)

// unanalyzed is a store whose server does not let us bring its statistics up
// to date.
type unanalyzed struct{ provision.Store }

func (unanalyzed) Refresh(context.Context) error { return errors.New("not today") }

func TestStatisticsFailNoImport(t *testing.T) {
	b := newBench(t)
	b.Store = unanalyzed{b.Store}
	told := ""
	b.Tell = func(e provision.Event) {
		if n, ok := e.(provision.Notice); ok {
			told += n.Text
		}
	}
	var list strings.Builder
	list.WriteString("name,email\n")
	for i := range 1000 {
		fmt.Fprintf(&list, "Ann Example,ann%d@example.com\n", i)
	}
	summary, err := b.Import(t.Context(), b.settings(b.file("list.csv", list.String())), yes)
	if err != nil || summary.ExitCode != provision.ExitOK {
		t.Fatal(summary.ExitCode, err)
	}
	if !strings.HasSuffix(told, "not today") {
		t.Errorf("told %q", told)
	}
	if run, err := b.Store.Run(t.Context(), summary.Run); err != nil || run.FinishedAt.IsZero() {
		t.Errorf("%+v %v", run, err)
	}
}
