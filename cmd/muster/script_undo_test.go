package main

import (
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// undone compares two dumps of a database: that of before a run, and that of after
// it was taken back. They are the same but for what tells that there were runs.
func undone(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: undone BEFORE AFTER")
	}
	before, after := standing(ts.ReadFile(args[0])), standing(ts.ReadFile(args[1]))
	if len(before) < 20 {
		ts.Fatalf("only %d rows in %s", len(before), args[0])
	}
	if diff := cmp.Diff(before, after); diff != "" {
		ts.Fatalf("-before +after it was taken back:\n%s", diff)
	}
}

var (
	// told are the tables that tell what was done, and the lock.
	told = regexp.MustCompile(`^(runs|named|run_rows|run_removals|run_shards|audit|audit_private|lease|memberships_ended|campaign_access_ended|product_access_ended|goose\w*): `)
	// ended are rows that have ended, and stay.
	ended = regexp.MustCompile(`^blocks: .*lifted_at=[^<]|^links: .*end_reason=taken back|^outbox: .*state=cancelled`)
	// counts are columns that only ever grow, and which run a source gave something in.
	counts = regexp.MustCompile(`\b(version|link_epoch|session_epoch|updated_at|since_run)=[^|]*`)
)

// standing are the rows of a dump that say how things are, sorted.
func standing(text string) []string {
	var rows []string
	for row := range strings.Lines(text) {
		if !told.MatchString(row) && !ended.MatchString(row) {
			rows = append(rows, counts.ReplaceAllString(row, ""))
		}
	}
	slices.Sort(rows)
	return rows
}
