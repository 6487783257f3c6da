package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// likenessTables are what is compared of a database with another: people, what
// they may do, their links, their mails, and what the audit says of them.
var likenessTables = []string{
	"accounts", "account_key", "account_hint", "profiles", "memberships", "membership_offers", "campaign_access", "product_access",
	"memberships_ended", "campaign_access_ended", "product_access_ended", "blocks", "links", "outbox", "dashboard_access",
	"decisions", "sync_grants", "audit",
}

var (
	anyID   = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	anyTime = regexp.MustCompile(`20[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-9:.]+( ?[+-][0-9:]+| ?UTC|Z)*`)
	anyMark = regexp.MustCompile(`\b([0-9a-f]{8}-[0-9a-f]{64}|kid=[0-9a-f]{8})\b`) // what depends on the keys
	linkID  = regexp.MustCompile(`\b[0-9a-f]{32}\b`)
)

// Likeness is what a database holds, a line each and sorted, without what differs
// between two that were told the same: ids, which are given as whose they are,
// times, and what their keys make. Two are alike where theirs are equal.
func Likeness(ctx context.Context, url string) ([]string, error) {
	names, err := named(ctx, url)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, table := range likenessTables {
		var dump strings.Builder
		if err := dumpTable(ctx, url, table, &dump); err != nil {
			return nil, fmt.Errorf("%s: %w", table, err)
		}
		for line := range strings.Lines(dump.String()) {
			lines = append(lines, names.alike(strings.TrimSpace(line)))
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// namedIDs are ids and whose they are.
type namedIDs map[string]string

// named reads whose the ids of a database are.
func named(ctx context.Context, url string) (namedIDs, error) {
	names := namedIDs{}
	for _, text := range []string{
		`SELECT CAST(id AS text), slug FROM organizations`,
		`SELECT CAST(id AS text), slug FROM brands`,
		`SELECT CAST(id AS text), slug FROM campaigns`,
		`SELECT CAST(id AS text), COALESCE(NULLIF(email, ''), name) FROM accounts`,
		`SELECT l.id, 'link of ' || l.email FROM links AS l`,
	} {
		err := query(ctx, url, text, func(r *sql.Rows) error {
			var id, name string
			err := r.Scan(&id, &name)
			names[id] = "<" + name + ">"
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}

// alike is a text without ids and times.
func (n namedIDs) alike(text string) string {
	name := func(id string) string {
		if name, known := n[id]; known {
			return name
		}
		return "<id>"
	}
	text = anyMark.ReplaceAllString(text, "<mark>")
	text = anyID.ReplaceAllStringFunc(text, name)
	text = linkID.ReplaceAllStringFunc(text, name)
	return anyTime.ReplaceAllString(text, "<time>")
}
