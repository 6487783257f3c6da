package run

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/plan"
)

// ledgerPage is how many ledger rows are read at a time.
const ledgerPage = 2000

// lines joins the rows of a plan with the ledger of a run, in list order, a
// little ahead of whoever writes them down. A row without a ledger entry is
// pending.
func lines(
	ctx context.Context, e *provision.Engine, run provision.Run, planned *plan.Plan, shows linkShow,
) iter.Seq2[provision.Line, error] {
	return plan.Ahead(func(yield func(provision.Line, error) bool) {
		next, stop := iter.Pull2(plan.Ahead(ledgerPages(ctx, e, run, shows), 1))
		defer stop()
		pages := ledgerReader{next: next}
		for r, err := range planned.Rows() {
			if err != nil {
				yield(provision.Line{}, err)
				return
			}
			entry, links, err := pages.at(r.Row)
			if err != nil {
				yield(provision.Line{}, fmt.Errorf("reading the ledger: %w", err))
				return
			}
			line, err := line(e, run, planned, shows.veil.row(r), entry, links)
			if !yield(line, err) || err != nil {
				return
			}
		}
	}, plan.AheadBatch)
}

// ledgerRows is a page of the ledger of a run, and the links it names as they
// are now.
type ledgerRows struct {
	rows  []provision.LedgerRow
	links map[string]shownLink
}

// shownLink is a link, and whether it is kept from who has the report.
type shownLink struct {
	*provision.LinkRow
	withheld bool
}

// ledgerPages reads the ledger of a run page by page, each while the links of
// the page before are looked up.
func ledgerPages(
	ctx context.Context, e *provision.Engine, run provision.Run, shows linkShow,
) iter.Seq2[ledgerRows, error] {
	return func(yield func(ledgerRows, error) bool) {
		for rows, err := range plan.Ahead(ledger(ctx, e, run), 1) {
			page := ledgerRows{rows: rows}
			if err == nil {
				page.links, err = shows.linksOf(ctx, e, rows)
			}
			if err == nil {
				err = shows.veil.details(ctx, e, rows)
			}
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

func ledger(ctx context.Context, e *provision.Engine, run provision.Run) iter.Seq2[[]provision.LedgerRow, error] {
	return func(yield func([]provision.LedgerRow, error) bool) {
		for after, full := 0, true; full; {
			var page []provision.LedgerRow
			err := provision.Persist(ctx, func() (err error) {
				page, err = e.Store.Ledger(ctx, run.ID, after, ledgerPage)
				return err
			})
			if full = len(page) == ledgerPage; full {
				after = page[ledgerPage-1].Row
			}
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

// ledgerReader finds the entries of rows in pages of the ledger.
type ledgerReader struct {
	next func() (ledgerRows, error, bool)
	ledgerRows
}

// at returns the entry of a row, or nil; rows are asked for in order.
func (l *ledgerReader) at(row int) (*provision.LedgerRow, map[string]shownLink, error) {
	for {
		for len(l.rows) > 0 && l.rows[0].Row < row {
			l.rows = l.rows[1:]
		}
		if len(l.rows) > 0 {
			break
		}
		page, err, more := l.next()
		if err != nil || !more {
			return nil, nil, err
		}
		l.ledgerRows = page
	}
	if l.rows[0].Row != row {
		return nil, l.links, nil
	}
	return &l.rows[0], l.links, nil
}

// line puts one row of the report together.
func line(
	e *provision.Engine, run provision.Run, planned *plan.Plan, r record.Record, entry *provision.LedgerRow,
	links map[string]shownLink,
) (provision.Line, error) {
	line := provision.Line{Record: r, Problems: r.Problems}
	line.Record.Problems = nil
	if entry == nil {
		line.Outcome = provision.Pending
		line.Reason = reason.NotReached
		return line, nil
	}
	line.Outcome = entry.Outcome
	line.Reason = entry.Reason
	line.Account = entry.Account
	if entry.Into > 0 {
		into, err := planned.Row(entry.Into)
		if err != nil {
			return line, err
		}
		line.MergedInto = &into.Place
	}
	var told dedupe.LinkAction
	if d := entry.Detail; d != nil {
		line.Candidates = d.Candidates
		line.Notes = d.Notes
		line.Error = d.Error
		line.Held = d.Held
		told = d.Link
		line.Problems = append(line.Problems, d.Problems...)
	}
	if line.Outcome == provision.Review && entry.Detail != nil {
		var err error
		if line.HeldWith, err = heldWith(planned, r.Row, entry.Detail); err != nil {
			return line, err
		}
	}
	line.Link = link(e, run, *entry, told, links)
	base := strings.TrimRight(planned.Header.BaseURL, "/")
	if l := line.Link; l != nil && l.State == provision.LinkKept && l.URL != "" && base != "" &&
		!strings.HasPrefix(l.URL, base+"/") {
		l.State = provision.LinkOldAddress
	}
	return line, nil
}

// heldShown is how many of the other rows of a held person are named: there
// may be thousands, and each would name all others.
const heldShown = 5

// heldWith returns where the others of a held person stand: of its first row
// all of them, of a further one those between it and the first; the first few. Before
// them stand rows of others with the same mailbox.
func heldWith(planned *plan.Plan, row int, d *provision.Detail) ([]record.Place, error) {
	var rows []int
	if d.Held != nil {
		rows = slices.Concat(d.Held.Sharers, d.Held.Rows)
	}
	for _, t := range d.Path {
		rows = append(rows, t.Other, t.Row)
	}
	var places []record.Place
	for i, other := range rows {
		if other == row || slices.Contains(rows[:i], other) {
			continue
		}
		if len(places) == heldShown {
			break
		}
		r, err := planned.Row(other)
		if err != nil {
			return nil, err
		}
		places = append(places, r.Place)
	}
	return places, nil
}

// linkWords tell of a row without a link why there is none.
var linkWords = map[dedupe.LinkAction]provision.LinkWord{
	dedupe.ByMail:        provision.LinkByMail,
	dedupe.SignIn:        provision.LinkSignIn,
	dedupe.NotNow:        provision.LinkInactive,
	dedupe.AskedFirst:    provision.LinkAsked,
	dedupe.NeedlessLink:  provision.LinkNeedless,
	dedupe.ProfileOnly:   provision.LinkProfileOnly,
	dedupe.Elsewhere:     provision.LinkElsewhere,
	dedupe.AboveOperator: provision.LinkAbove,
	dedupe.NoAddress:     provision.LinkNoAddress,
	dedupe.ExpiredLink:   provision.LinkExpired,
	dedupe.EndedLink:     provision.LinkDead,
	dedupe.RevokedLink:   provision.LinkRevoked,
	dedupe.TakenLink:     provision.LinkWithdrawn,
}

// link says how the link of a row stands now.
func link(
	e *provision.Engine, run provision.Run, entry provision.LedgerRow, told dedupe.LinkAction,
	links map[string]shownLink,
) *provision.Link {
	switch entry.Outcome {
	case provision.Created, provision.Claimed, provision.Updated, provision.Unchanged:
	default:
		return nil
	}
	if !provision.TakesIn(run.Kind) && entry.Link == "" {
		return nil // the command was not about it
	}
	row, found := links[entry.Link]
	if !found {
		return &provision.Link{State: cmp.Or(linkWords[told], provision.LinkNone)}
	}
	l := &provision.Link{
		Email:     row.AccountEmail.Address,
		Name:      row.AccountName,
		ExpiresAt: row.ExpiresAt,
		State:     provision.LinkKept,
	}
	if row.Run == run.ID {
		l.State = provision.LinkIssued
	}
	mailed := row.Channel == provision.ByMail && told != dedupe.ShowLink
	switch standing := row.Standing(e.Now()); {
	case row.withheld:
		return &provision.Link{State: provision.LinkAbove}
	case standing == provision.StandingExpired:
		l.State = provision.LinkExpired
	case standing == provision.StandingInactive:
		l.State = provision.LinkInactive
	case !standing.Lives():
		l.State = provision.LinkDead
	case mailed && row.GeneratedAt.IsZero():
		l.State = provision.LinkWaits
	case mailed:
		l.State = provision.LinkMailed
	case row.GeneratedAt.IsZero(): // nobody has seen it, and this report shows none
	default:
		url, err := e.Links.URL(*row.LinkRow)
		if l.URL = url; err != nil {
			l.State = provision.LinkNoKey
		}
	}
	return l
}
