package store_test

import (
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/provision"
	"muster/provision/store"
	"muster/provision/store/storetest"
)

// A statement that takes rows must begin with them and probe an index for
// each: anything else costs as much as the directory is large.

func TestSQLiteBeginsWithTheRows(t *testing.T) {
	db := raw(t, "sqlite", storetest.SQLite(t))
	for name, text := range store.Statements("sqlite") {
		t.Run(name, func(t *testing.T) {
			plan := explain(t, db, "EXPLAIN QUERY PLAN "+numbered.ReplaceAllString(text, "'[]'"))
			first := strings.SplitN(materialized.ReplaceAllString(plan, ""), "\n", 2)[0]
			// "IN (rows)" reads the rows first, into a list.
			if !strings.Contains(first, "SCAN r ") && !strings.Contains(plan, "LIST SUBQUERY") {
				t.Errorf("does not begin with the rows:\n%s", plan)
			}
			for line := range strings.Lines(plan) {
				if strings.Contains(line, "SCAN ") && !strings.Contains(line, "SCAN r ") && !slices.Contains(ofRows, line) {
					t.Errorf("reads a whole table:\n%s", plan)
				}
			}
		})
	}
}

// What comes of the rows, and is as few.
var (
	materialized = regexp.MustCompile(`^MATERIALIZE (asked|r)\n`)
	ofRows       = []string{"SCAN h\n", "SCAN asked\n", "SCAN r\n"}
)

// One person at a page must not cost what all of them do.
func TestPageReadsNoWholeTable(t *testing.T) {
	db := raw(t, "sqlite", storetest.SQLite(t))
	for name, text := range store.PageStatements() {
		t.Run(name, func(t *testing.T) {
			plan := explain(t, db, "EXPLAIN QUERY PLAN "+numbered.ReplaceAllString(text, "'x'"))
			if strings.Contains(plan, "SCAN ") || !strings.Contains(plan, "SEARCH ") {
				t.Errorf("reads a whole table:\n%s", plan)
			}
		})
	}
}

// The rows of other organizations are not read to find whom those of one mention.
func TestDetailsOfOthersAreNotRead(t *testing.T) {
	db := raw(t, "sqlite", storetest.SQLite(t))
	plan := explain(t, db, "EXPLAIN QUERY PLAN "+numbered.ReplaceAllString(store.OwnDetails(), "'x'"))
	if strings.Contains(plan, "SCAN l") || !strings.Contains(plan, "SEARCH l USING PRIMARY KEY (run_id=?)") {
		t.Errorf("reads the whole ledger:\n%s", plan)
	}
}

func TestPostgresProbesIndexes(t *testing.T) {
	db := raw(t, "postgres", storetest.Postgres(t))
	for _, text := range []string{
		`INSERT INTO accounts SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), 'a', 'e' || n, 'm', false, 'Name', '', '', '', '', '', '', 'created',
			NULL, 0, 1, clock_timestamp(), clock_timestamp(), NULL FROM generate_series(1, 60000) AS n`,
		`INSERT INTO account_key SELECT s, 'k' || n, CAST(lpad(to_hex(n), 32, '0') AS uuid) FROM generate_series(1, 60000) AS n, (VALUES ('email'), ('instagram')) AS x(s)`,
		`INSERT INTO account_hint SELECT 'mailbox', 'k' || n, CAST(lpad(to_hex(n), 32, '0') AS uuid) FROM generate_series(1, 60000) AS n`,
		`ANALYZE`,
	} {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	var keys []string
	for n := range 20000 {
		keys = append(keys, fmt.Sprintf(`[%d, %d, "email", "k%d"]`, n, n%2, n))
	}
	plan := explain(t, db, "EXPLAIN "+strings.ReplaceAll(store.Statements("postgres")["resolve"], "$1", "'["+strings.Join(keys, ",")+"]'"))
	if strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "Hash") {
		t.Errorf("resolving 20000 keys:\n%s", plan)
	}
	var ids []string
	for n := range 2000 {
		ids = append(ids, fmt.Sprintf(`["%032x"]`, n))
	}
	for _, name := range []string{"accounts", "external", "load people", "lock", "keys taken away"} {
		text := strings.ReplaceAll(store.Statements("postgres")[name], "$1", "'["+strings.Join(ids, ",")+"]'")
		plan := explain(t, db, "EXPLAIN "+numbered.ReplaceAllString(text, "'00000000-0000-0000-0000-000000000000'"))
		if regexp.MustCompile(`Seq Scan on (accounts|account_key)`).MatchString(plan) {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}

// Two runs are compared as soon as the later one ends, when the server has never looked at
// the rows of either, and takes them for next to none: a join of them would go through the
// whole of one run for each row of the other.
func TestComparingJoinsNoRows(t *testing.T) {
	db := raw(t, "postgres", storetest.Postgres(t))
	const rows = `INSERT INTO run_rows (run_id, row_no, outcome, reason, account_id, person)
		SELECT CAST('%s' AS uuid), n, CASE WHEN n %% 50 = 0 THEN 'review' ELSE 'unchanged' END, 'known', CASE WHEN n %% 50 = 0 THEN NULL
			ELSE CAST(lpad(to_hex(n), 32, '0') AS uuid) END, 'p' || n FROM generate_series(1, %d) AS n`
	earlier, later := "00000000-0000-0000-0000-000000000002", "00000000-0000-0000-0000-000000000003"
	for _, text := range []string{
		fmt.Sprintf(rows, "00000000-0000-0000-0000-000000000001", 60000),
		`ANALYZE`,
		fmt.Sprintf(rows, earlier, 6000),
		fmt.Sprintf(rows, later, 6000),
	} {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	given := strings.NewReplacer("$1", "'"+earlier+"'", "$2", "'"+later+"'", "$3", "'a list'")
	for _, text := range store.CountingTurns() {
		if plan := explain(t, db, "EXPLAIN "+given.Replace(text)); strings.Contains(plan, "Nested Loop") {
			t.Errorf("%.300s…\n%s", text, plan)
		}
	}
}

// TestRefreshWaitsForNobody has another session hold the lock of a VACUUM.
func TestRefreshWaitsForNobody(t *testing.T) {
	url := storetest.Postgres(t)
	s, _, _ := world(t, url)
	other, err := raw(t, "postgres", url).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer other.Rollback()
	if _, err := other.Exec(`LOCK TABLE profiles IN SHARE UPDATE EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	if err := soon(t, func() error { return s.Refresh(t.Context()) }); err != nil {
		t.Fatal(err)
	}
}

var numbered = regexp.MustCompile(`\$\d+`)

// raw opens a database beside its store.
func raw(t *testing.T, driver, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func explain(t *testing.T, db *sql.DB, text string) string {
	t.Helper()
	rs, err := db.Query(text)
	if err != nil {
		t.Fatalf("%v\n%.200s", err, text)
	}
	defer rs.Close()
	columns, err := rs.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var plan strings.Builder
	for rs.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rs.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&plan, "%s\n", *cells[len(cells)-1].(*any))
	}
	return plan.String()
}

// Autovacuum comes when it comes: until then a server takes tables that have just
// been filled for next to empty. What takes rows must probe an index for each all the
// same, and not read, once a chunk, whatever else stands beside them.
func TestPostgresProbesWhatItDoesNotKnow(t *testing.T) {
	db := raw(t, "postgres", storetest.Postgres(t))
	const id = "CAST(lpad(to_hex(n), 32, '0') AS uuid)"
	const one = "CAST('00000000-0000-0000-0000-000000000001' AS uuid)"
	for _, text := range []string{
		`ANALYZE`,
		`SET session_replication_role = replica; INSERT INTO source_people (organization_id, source, account_id, absences)
			SELECT ` + one + `, 'crm', ` + id + `, 0 FROM generate_series(1, 20000) AS n;
		INSERT INTO run_rows (run_id, row_no, outcome, reason, account_id)
			SELECT ` + one + `, n, 'created', 'new_person', ` + id + ` FROM generate_series(1, 20000) AS n`,
	} {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	var people, numbers []string
	for n := range 250 {
		people = append(people, fmt.Sprintf(`["%032x"]`, n))
		numbers = append(numbers, fmt.Sprintf(`[%d]`, n))
	}
	for name, asked := range map[string][]string{"source people": people, "recorded": numbers} {
		text := strings.NewReplacer("$1", "'["+strings.Join(asked, ",")+"]'",
			"$2", "'00000000-0000-0000-0000-000000000001'", "$3", "'crm'").Replace(store.Statements("postgres")[name])
		plan := explain(t, db, "EXPLAIN "+text)
		if regexp.MustCompile(`Seq Scan on|(Hash|Merge) (Left )?Join`).MatchString(plan) {
			t.Errorf("%s:\n%s", name, plan)
		}
		for line := range strings.Lines(plan) {
			if strings.Contains(line, "Index Cond: ") && !strings.Contains(line, "r.value") {
				t.Errorf("%s reads more than its rows:\n%s", name, plan)
			}
		}
	}
}

// A partial index is only used where a statement has its condition, word for word.
func TestSQLiteTakesMailByItsIndex(t *testing.T) {
	db := raw(t, "sqlite", storetest.SQLite(t))
	plan := explain(t, db, "EXPLAIN QUERY PLAN "+numbered.ReplaceAllString(store.TakingMail(), "'x'"))
	if !strings.Contains(plan, "INDEX outbox_due (organization_id=? AND domain=? AND next_at<?)") || strings.Contains(plan, "TEMP B-TREE") {
		t.Errorf("does not go to the next mail:\n%s", plan)
	}
}

// The next mail to a domain is found without a look at the others that wait, for it or
// for another domain, also by a server that has not looked at the outbox since they
// were queued.
func TestMailIsTakenAloneOfMany(t *testing.T) {
	url := storetest.Postgres(t)
	s, org, exec := world(t, url)
	exec(`ANALYZE`)
	exec(`SET session_replication_role = replica; INSERT INTO accounts SELECT CAST(lpad(to_hex(n), 32, '0') AS uuid), 'a', 'e' || n || '@example.com', 'm', false, 'Name', '', '', '', '', '', '',
		'created', NULL, 0, 1, clock_timestamp(), clock_timestamp(), NULL FROM generate_series(1, 5000) AS n`)
	exec(`SET session_replication_role = replica; INSERT INTO outbox (id, account_id, organization_id, domain, template, reference, inviter, note, state, attempts, next_at, message_id, last_code,
		last_enhanced, remote_reply, created_at) SELECT gen_random_uuid(), a.id, CAST('` + org.ID + `' AS uuid), CASE WHEN a.id < '00000000-0000-0000-0000-000000001000'
		THEN 'example.org' ELSE 'example.com' END, 'invite', '', '', '', 'queued', 0, clock_timestamp(), '', 0, '', '', clock_timestamp() FROM accounts AS a`)
	now := time.Now().Add(time.Minute)
	lease := provision.MailLease{At: now, Until: now.Add(time.Minute), Domain: "example.com"}
	for _, domain := range []string{"example.com", "example.org", "example.net"} {
		if _, err := s.LeaseMail(t.Context(), org.ID, domain, lease); err != nil && domain != "example.net" {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil { // the server counts at the latest when a session ends
		t.Fatal(err)
	}
	db := raw(t, "postgres", url)
	settle := strings.NewReplacer("$1", `'[["00000000-0000-0000-0000-000000000001",1,"sent",250,"","",null,0]]'`, "$2", `'2026-12-01'`)
	if plan := explain(t, db, "EXPLAIN "+settle.Replace(store.Settling())); !strings.Contains(plan, "Index Scan using outbox_pkey") {
		t.Errorf("settles one mail by\n%s", plan)
	}
	var looked sql.NullInt64
	for looked.Int64 == 0 {
		if err := db.QueryRow(`SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE indexrelname = 'outbox_due'`).Scan(&looked); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	var read int64
	if err := db.QueryRow(`SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'outbox'`).Scan(&read); err != nil {
		t.Fatal(err)
	}
	if looked.Int64+read > 100 {
		t.Errorf("looked at %d mails by their index and at %d without, for two", looked.Int64, read)
	}
}
