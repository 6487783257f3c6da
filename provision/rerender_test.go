package provision_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"muster/provision"
	"muster/provision/run"
)

// auditing keeps the audit rows that are written by themselves.
type auditing struct {
	provision.Store
	rows []provision.AuditRow
	by   []provision.Author
}

type auditingTx struct {
	provision.Tx
	to *auditing
}

func (a *auditing) InTx(ctx context.Context, f func(provision.Tx) error) error {
	return a.Store.InTx(ctx, func(tx provision.Tx) error { return f(auditingTx{tx, a}) })
}

func (t auditingTx) Apply(ctx context.Context, b provision.Batch) error {
	t.to.rows, t.to.by = append(t.to.rows, b.Audit...), append(t.to.by, b.By)
	return t.Tx.Apply(ctx, b)
}

// A report that shows links again is on record before it does; one that shows
// none leaves no trace, nor does one that is refused.
func TestLinksAreShownAgainOnRecord(t *testing.T) {
	b := newBench(t)
	list := b.file("list.csv", "Name,Email\nAnn Example,ann@example.com\n")
	s := b.imports(b.settings(list))
	if err := os.Remove(list); err != nil {
		t.Fatal(err)
	}
	audit := &auditing{Store: b.Store}
	b.Store = audit
	before := b.Report
	var shown []bool
	b.Report = func(ctx context.Context, dir string, lines iter.Seq2[provision.Line, error], s provision.Summary, r provision.Rendering) (provision.Summary, error) {
		shown = append(shown, !r.NoLinks)
		return before(ctx, dir, lines, s, r)
	}
	again := func(links bool, operator string) error {
		_, err := run.Rerender(t.Context(), b.Engine, run.RerenderSettings{Run: s.Run, Out: filepath.Join(b.dir, "again"), Links: links, Operator: operator})
		return err
	}
	if err := again(false, ""); err != nil || len(audit.rows) > 0 {
		t.Errorf("without links: %v, audit %+v", err, audit.rows)
	}
	var config *provision.ConfigError
	if err := again(true, "nobody@example.com"); !errors.As(err, &config) || len(audit.rows) > 0 {
		t.Errorf("for nobody: %v, audit %+v", err, audit.rows)
	}
	if err := again(true, provision.FirstUseOperator); err != nil || len(audit.rows) != 1 {
		t.Fatalf("with links: %v, audit %+v", err, audit.rows)
	}
	var detail struct{ Run string }
	if err := json.Unmarshal(audit.rows[0].Detail, &detail); err != nil || audit.rows[0].Action != "links revealed" || detail.Run != s.Run || audit.by[0].Account == "" {
		t.Errorf("audit %+v by %+v, %v", audit.rows[0], audit.by[0], err)
	}
	if len(shown) != 2 || shown[0] || !shown[1] {
		t.Errorf("links were shown: %v", shown)
	}
}
