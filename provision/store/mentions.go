package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"muster/provision"
)

// Details of rows mention people whom they do not lead to: as somebody a row may have
// been of, or by a key. They are read once and looked through here, in a time that does
// not grow with the people who are looked for; a database compares each with each.

const (
	// saidSQL reads by what the accounts of {rows} are mentioned: their ids, those of the
	// accounts that became part of them, and their keys.
	saidSQL = `SELECT r.value->>0 AS account, '' AS space, r.value->>0 AS value FROM {rows} AS r
		UNION ALL SELECT CAST(g.account_id AS text), '', CAST(g.merged_id AS text) FROM {rows} AS r CROSS JOIN account_merges AS g
			WHERE g.account_id = CAST(r.value->>0 AS {uuid})
		UNION ALL SELECT CAST(k.account_id AS text), k.space, k.value FROM {rows} AS r CROSS JOIN account_key AS k
			WHERE k.account_id = CAST(r.value->>0 AS {uuid})`

	// detailsSQL reads the details of all rows; own are those of the organization $1.
	detailsSQL = `SELECT CAST(l.run_id AS text) AS run, l.row_no, CAST(l.detail AS text) AS detail,
		CASE WHEN u.organization_id = CAST($1 AS {uuid}) THEN 1 ELSE 0 END AS own
		FROM run_rows AS l LEFT JOIN runs AS u ON u.id = l.run_id WHERE l.detail IS NOT NULL`

	// ownDetailsSQL reads those alone: a ledger may be of many organizations.
	ownDetailsSQL = `SELECT CAST(l.run_id AS text) AS run, l.row_no, CAST(l.detail AS text) AS detail, 1 AS own
		FROM runs AS u CROSS JOIN run_rows AS l
		WHERE u.organization_id = CAST($1 AS {uuid}) AND l.run_id = u.id AND l.detail IS NOT NULL`

	// ledToSQL reads the runs of the organization $2 that have rows of the accounts of {rows}.
	ledToSQL = `SELECT DISTINCT CAST(l.account_id AS text) AS account, CAST(l.run_id AS text) AS run
		FROM {rows} AS r CROSS JOIN run_rows AS l CROSS JOIN runs AS u
		WHERE l.account_id = CAST(r.value->>0 AS {uuid}) AND u.id = l.run_id
		AND u.organization_id = CAST($2 AS {uuid}) AND u.purged_at IS NULL`

	unsaidSQL = `UPDATE run_rows SET detail = NULL FROM {rows} AS r
		WHERE run_rows.run_id = CAST(r.value->>0 AS {uuid}) AND run_rows.row_no = CAST(r.value->>1 AS bigint)`

	// evidenceSQL reads what reviewers had before their eyes, whatever organization they are of.
	evidenceSQL = `SELECT CAST(d.organization_id AS text) AS organization, d.digest, d.record, CAST(d.evidence AS text) AS evidence
		FROM decisions AS d WHERE d.evidence IS NOT NULL`

	undecidedSQL = `DELETE FROM decisions WHERE (organization_id, digest, record) IN (
		SELECT CAST(r.value->>0 AS {uuid}), r.value->>1, r.value->>2 FROM {rows} AS r)`
)

// said finds accounts in a text: by ids anywhere, by emails anywhere, and by other keys
// where they are the whole of a string.
type said struct {
	ids    map[string][]string
	whole  map[string][]string
	emails map[string][]email // by the end of their local part, and the @
}

type email struct{ address, account string }

// localEnd is how many bytes before the @ of an email it is looked up by, at most.
const localEnd = 8

func newSaid() *said {
	return &said{ids: map[string][]string{}, whole: map[string][]string{}, emails: map[string][]email{}}
}

func (s *said) add(account, space, value string) {
	value = strings.ToLower(value)
	switch space {
	case "":
		s.ids[value] = append(s.ids[value], account)
	case "email":
		at := strings.LastIndexByte(value, '@')
		end := value[max(0, at-localEnd) : at+1]
		s.emails[end] = append(s.emails[end], email{address: value, account: account})
	default:
		s.whole[value] = append(s.whole[value], account)
	}
}

const idLength = len(everywhere)

// in calls found for every mention; it may call for an account again.
func (s *said) in(text string, found func(account string)) {
	text = strings.ToLower(text)
	quote := -1
	for i := range len(text) {
		switch text[i] {
		case '"':
			if quote >= 0 {
				call(found, s.whole[text[quote+1:i]])
			}
			quote = i
		case '-': // the first of an id
			if from := i - strings.IndexByte(everywhere, '-'); from >= 0 && from+idLength <= len(text) {
				call(found, s.ids[text[from:from+idLength]])
			}
		case '@':
			for from := max(0, i-localEnd); from <= i; from++ {
				for _, e := range s.emails[text[from:i+1]] {
					if start := i - strings.LastIndexByte(e.address, '@'); start >= 0 && strings.HasPrefix(text[start:], e.address) {
						found(e.account)
					}
				}
			}
		}
	}
}

func call(found func(string), accounts []string) {
	for _, a := range accounts {
		found(a)
	}
}

func (q session) saidOf(ctx context.Context, accounts []string) (*said, error) {
	var all []struct {
		Account string `db:"account"`
		Space   string `db:"space"`
		Value   string `db:"value"`
	}
	var r rows
	for _, id := range unique(accounts) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	if err := q.all(ctx, &all, saidSQL, param); err != nil {
		return nil, err
	}
	s := newSaid()
	for _, a := range all {
		s.add(a.Account, a.Space, a.Value)
	}
	return s, nil
}

// detailed is a row of the ledger that has details.
type detailed struct {
	Run    string `db:"run"`
	Row    int    `db:"row_no"`
	Detail string `db:"detail"`
	Own    bool   `db:"own"`
}

// each calls f for every row of a statement, and keeps none.
func each[T any](ctx context.Context, q session, f func(T), text string, args ...any) error {
	found, err := sqlx.QueryerContext(q.x).QueryxContext(ctx, q.s.d.sql(text), args...)
	if err != nil {
		return q.s.faultOf(ctx, text, err)
	}
	defer found.Close()
	for found.Next() {
		var row T
		if err := found.StructScan(&row); err != nil {
			return err
		}
		f(row)
	}
	return q.s.faultOf(ctx, text, found.Err())
}

// Mentioned are the runs of an organization that have a row which led to an
// account, or mentions it.
func (d directory) Mentioned(ctx context.Context, organization string, accounts []string) (map[string][]string, error) {
	runs := map[string][]string{}
	if len(accounts) == 0 {
		return runs, nil
	}
	var all []struct {
		Account string `db:"account"`
		Run     string `db:"run"`
	}
	err := d.ofAccounts(ctx, &all, ledToSQL, organization, accounts)
	if err != nil {
		return nil, fmt.Errorf("reading who is mentioned where: %w", err)
	}
	for _, m := range all {
		runs[m.Account] = append(runs[m.Account], m.Run)
	}
	s, err := d.saidOf(ctx, accounts)
	if err == nil {
		err = each(ctx, d.session, func(l detailed) {
			s.in(l.Detail, func(account string) {
				if !slices.Contains(runs[account], l.Run) {
					runs[account] = append(runs[account], l.Run)
				}
			})
		}, ownDetailsSQL, organization)
	}
	if err != nil {
		return nil, fmt.Errorf("reading who is mentioned where: %w", err)
	}
	for _, r := range runs {
		slices.Sort(r)
	}
	return runs, nil
}

// mentions takes off the details of other rows that mention people whom a batch erases,
// and removes what reviewers decided with them before their eyes.
type mentions struct {
	by    provision.Author
	whole map[string]bool // by account: whether the whole of it goes
}

func unsaid(b provision.Batch) step {
	m := mentions{by: b.By, whole: map[string]bool{}}
	for _, e := range b.Erased {
		m.whole[e.Account] = e.Whole
	}
	return m
}

func (m mentions) word(*dialect) {}

func (m mentions) write(ctx context.Context, t tx) error {
	if len(m.whole) == 0 {
		return nil
	}
	if err := m.rows(ctx, t); err != nil {
		return fmt.Errorf("writing erased mentions in rows: %w", err)
	}
	if err := m.decisions(ctx, t); err != nil {
		return fmt.Errorf("writing erased mentions in decisions: %w", err)
	}
	return nil
}

func (m mentions) rows(ctx context.Context, t tx) error {
	s, err := t.saidOf(ctx, slices.Sorted(maps.Keys(m.whole)))
	if err != nil {
		return err
	}
	unsaid := &statement{what: "details", text: unsaidSQL}
	text := ownDetailsSQL
	if slices.Contains(slices.Collect(maps.Values(m.whole)), true) {
		text = detailsSQL
	}
	err = each(ctx, t.session, func(l detailed) {
		if m.in(s, l.Detail, l.Own) {
			unsaid.rows.add(l.Run, l.Row)
		}
	}, text, m.by.Organization)
	if err != nil {
		return err
	}
	return unsaid.write(ctx, t)
}

// decisions name people by the ids of their accounts.
func (m mentions) decisions(ctx context.Context, t tx) error {
	s := newSaid()
	for account := range m.whole {
		s.add(account, "", account)
	}
	undecided := &statement{what: "decisions", text: undecidedSQL}
	err := each(ctx, t.session, func(d evidence) {
		if m.in(s, d.Evidence, d.Organization == m.by.Organization) {
			undecided.rows.add(d.Organization, d.Digest, d.Record)
		}
	}, evidenceSQL)
	if err != nil {
		return err
	}
	return undecided.write(ctx, t)
}

// evidence is what a decision was made on.
type evidence struct {
	Organization string `db:"organization"`
	Digest       string `db:"digest"`
	Record       string `db:"record"`
	Evidence     string `db:"evidence"`
}

// in reports whether a text mentions somebody of whom it may keep nothing: one of another
// organization may keep whose account stays.
func (m mentions) in(s *said, text string, own bool) bool {
	mentioned := false
	s.in(text, func(account string) { mentioned = mentioned || own || m.whole[account] })
	return mentioned
}
