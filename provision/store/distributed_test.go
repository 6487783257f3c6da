package store_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"muster/provision/store"
)

// A limit is something that a distributed PostgreSQL does otherwise than
// PostgreSQL, or not at all. ARCHITECTURE.md, "Beyond one machine", says what
// follows for muster; whoever uses it in another file reads that first.
type limit struct {
	pattern string
	why     string
	known   []string // the files that have it; everything before the colon of a place
}

var limits = []limit{
	{`COLLATE "C"`, "CockroachDB: no column has that collation; all its text compares bytewise anyway", postgresMigrations},
	{`\bFOR KEY SHARE\b`, "CockroachDB: the same as FOR SHARE, so the holder's renewals wait for workers", []string{"dialect.go"}},
	{`\{lock\}|\bFOR NO KEY UPDATE\b`, "Citus: locks rows of one shard alone", []string{"administrators.go", "apply.go", "dialect.go"}},
	{`\{skip\}|\bSKIP LOCKED\b`, "Citus: locks rows of one shard alone", []string{"dialect.go", "outbox.go"}},
	{`\bFOR (UPDATE|SHARE)\b`, "Citus: locks rows of one shard alone", []string{"dialect.go"}},
	{`\bANALYZE \(`, "CockroachDB: one table at a time, without options", []string{"dialect.go"}},
	{`^COPY |\bCOPY \w+ `, "YugabyteDB: commits in between unless it is told not to", []string{"insert.go"}},

	{`\bWITH RECURSIVE\b`, "Citus: within one shard alone", nil},
	{`\bGROUPING SETS\b|\bROLLUP\b|\bCUBE\b|\bTABLESAMPLE\b`, "Citus: within one shard alone", nil},
	{`\bMERGE INTO\b`, "CockroachDB: not there", nil},
	{`\bCREATE (OR REPLACE )?(FUNCTION|PROCEDURE|RULE|TYPE|DOMAIN|EXTENSION|VIEW|MATERIALIZED)\b|\bDO \$`, "all three have limits there", nil},
	{`\bEXCLUDE USING\b|\bUSING (gist|gin|brin|hash)\b|\btsvector\b`, "CockroachDB, YugabyteDB: not all of them are there", nil},
	{`(^|[^(])\bPARTITION BY\b|\bPARTITION OF\b|\bINHERITS\b|\bUNLOGGED\b|\bTABLESPACE\b`, "each engine lays tables out in its own way", nil},
	{`\b(xmin|ctid|txid_\w+|pg_current_\w+)\b`, "CockroachDB, YugabyteDB: rows are kept otherwise", nil},
	{`\bDECLARE \w+ CURSOR\b|\bWITH HOLD\b|\bPREPARE TRANSACTION\b|\bSAVEPOINT\b`, "does not pass a pooler, or is done otherwise", nil},
}

// postgresMigrations are the files that make tables with text that compares
// bytewise.
var postgresMigrations = func() []string {
	files, _ := filepath.Glob("migrations/postgres/*.sql")
	return slices.DeleteFunc(files, func(file string) bool {
		text, _ := os.ReadFile(file)
		return !strings.Contains(string(text), `COLLATE "C"`)
	})
}()

func TestWhatDistributedDatabasesLackIsKnown(t *testing.T) {
	texts := map[string]string{}
	goTexts(t, texts)
	migrationTexts(t, texts)
	maps.Copy(texts, store.Inserts())
	for _, l := range limits {
		var found []string
		for where, text := range texts {
			file, _, _ := strings.Cut(where, ":")
			if regexp.MustCompile(`(?i)`+l.pattern).MatchString(text) && !slices.Contains(found, file) && file != "denied.go" {
				found = append(found, file)
			}
		}
		slices.Sort(found)
		if known := slices.Sorted(slices.Values(l.known)); !slices.Equal(found, known) {
			t.Errorf("%s: %s: in %q, and not in %q", l.pattern, l.why, found, known)
		}
	}
}

// apart are the unique keys of tables about accounts that lack the account: what
// Citus cannot keep unique in tables that are distributed by it. Each is a way
// in which somebody is found.
var apart = []string{
	"account_key(space, value)", "audit(id)", "decisions(organization_id, digest, record)", "links(id)", "membership_offers(link_id)",
	"outbox(id)", "run_removals(run_id, n)", "run_rows(run_id, row_no)", "runs(fingerprint)",
}

func TestKeysThatLackTheAccountAreKnown(t *testing.T) {
	var found []string
	for _, file := range slices.Sorted(slices.Values(postgresMigrations)) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, keysWithoutAccount(string(text))...)
	}
	slices.Sort(found)
	if !slices.Equal(found, apart) {
		t.Errorf("%q", found)
	}
}

var (
	aTable     = regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`)
	aKey       = regexp.MustCompile(`(?:PRIMARY KEY|UNIQUE) \(([^)]*)\)`)
	aColumn    = regexp.MustCompile(`(?m)^\s+(\w+)\s+[^\n]*?(?:PRIMARY KEY|UNIQUE)`)
	anIndex    = regexp.MustCompile(`CREATE UNIQUE INDEX \w+ ON (\w+) \(([^)]*)\)`)
	hasAccount = regexp.MustCompile(`\baccount_id\b`)
)

// keysWithoutAccount are the unique keys of the tables that name an account,
// without the account, as table(columns).
func keysWithoutAccount(text string) (found []string) {
	for _, table := range aTable.FindAllStringSubmatch(text, -1) {
		if !hasAccount.MatchString(table[2]) {
			continue
		}
		for _, key := range slices.Concat(aKey.FindAllStringSubmatch(table[2], -1), aColumn.FindAllStringSubmatch(table[2], -1)) {
			if !hasAccount.MatchString(key[1]) {
				found = append(found, table[1]+"("+key[1]+")")
			}
		}
	}
	for _, index := range anIndex.FindAllStringSubmatch(text, -1) {
		if !hasAccount.MatchString(index[2]) {
			found = append(found, index[1]+"("+index[2]+")")
		}
	}
	return found
}
