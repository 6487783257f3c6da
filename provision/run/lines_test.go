package run

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"muster/provision"
	"muster/provision/plan"
)

// ledgerOf is a store with a ledger: the rows of one run that are recorded, of
// which each tenth names a link.
type ledgerOf struct {
	provision.Store
	rows   []int
	broken error // instead of every page but the first
}

func (l ledgerOf) Ledger(_ context.Context, _ string, after, limit int) ([]provision.LedgerRow, error) {
	if l.broken != nil && after > 0 {
		return nil, l.broken
	}
	var page []provision.LedgerRow
	for _, row := range l.rows {
		if row > after && len(page) < limit {
			entry := provision.LedgerRow{Row: row}
			if row%10 == 0 {
				entry.Link = fmt.Sprint("link of ", row)
			}
			page = append(page, entry)
		}
	}
	return page, nil
}

func (l ledgerOf) Links(_ context.Context, ids []string) ([]provision.LinkRow, error) {
	var links []provision.LinkRow
	for _, id := range ids {
		links = append(links, provision.LinkRow{ID: id})
	}
	return links, nil
}

// reading returns a reader of the ledger as a report has it.
func (l ledgerOf) reading(t *testing.T) ledgerReader {
	e := &provision.Engine{Store: l, Now: time.Now}
	next, stop := iter.Pull2(plan.Ahead(ledgerPages(t.Context(), e, provision.Run{ID: "run"}, linkShow{links: true}), 1))
	t.Cleanup(stop)
	return ledgerReader{next: next}
}

func TestEveryRowOfALongLedgerIsFound(t *testing.T) {
	for _, total := range []int{0, 1, ledgerPage - 1, ledgerPage, ledgerPage + 1, 2 * ledgerPage, 2*ledgerPage + 3} {
		t.Run(fmt.Sprint(total, " rows"), func(t *testing.T) {
			var l ledgerOf
			for row := 1; row <= total; row++ {
				if row%7 != 0 { // those were not reached
					l.rows = append(l.rows, row)
				}
			}
			reader := l.reading(t)
			for row := 1; row <= total+2; row++ {
				entry, links, err := reader.at(row)
				switch recorded := row <= total && row%7 != 0; {
				case err != nil:
					t.Fatalf("row %d: %v", row, err)
				case recorded != (entry != nil) || recorded && entry.Row != row:
					t.Fatalf("row %d: %+v", row, entry)
				case recorded && entry.Link != "" && links[entry.Link].ID != entry.Link:
					t.Fatalf("row %d: its link is not looked up", row)
				}
			}
		})
	}
}

func TestALedgerThatCannotBeReadIsNotOver(t *testing.T) {
	broken := errors.New("broken")
	l := ledgerOf{broken: broken}
	for row := 1; row <= ledgerPage+1; row++ {
		l.rows = append(l.rows, row)
	}
	reader := l.reading(t)
	if entry, _, err := reader.at(ledgerPage); err != nil || entry == nil {
		t.Fatalf("the last row of the first page: %+v, %v", entry, err)
	}
	if entry, _, err := reader.at(ledgerPage + 1); !errors.Is(err, broken) {
		t.Fatalf("%+v, %v", entry, err)
	}
}
