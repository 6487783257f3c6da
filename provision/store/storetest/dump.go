package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"

	"muster/provision/store"
)

// A Column is one of a table, as the schema of a database has it.
type Column struct{ Table, Name string }

// Columns walks the schema of a database.
func Columns(ctx context.Context, url string) ([]Column, error) {
	text := `SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid`
	if store.IsPostgres(url) {
		text = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()
			ORDER BY table_name, ordinal_position`
	}
	var all []Column
	err := query(ctx, url, text, func(r *sql.Rows) error {
		var c Column
		err := r.Scan(&c.Table, &c.Name)
		all = append(all, c)
		return err
	})
	return all, err
}

// Dump writes every row of every table of a database, a line each behind the
// name of its table.
func Dump(ctx context.Context, url string, w io.Writer) error {
	columns, err := Columns(ctx, url)
	if err != nil {
		return err
	}
	tables := map[string]int{}
	for _, c := range columns {
		if tables[c.Table]++; tables[c.Table] > 1 {
			continue
		}
		if err := dumpTable(ctx, url, c.Table, w); err != nil {
			return err
		}
	}
	return nil
}

func dumpTable(ctx context.Context, url, table string, w io.Writer) error {
	return query(ctx, url, "SELECT * FROM "+table, func(r *sql.Rows) error {
		names, err := r.Columns()
		if err != nil {
			return err
		}
		values := make([]any, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := r.Scan(into...); err != nil {
			return err
		}
		line := make([]string, len(names))
		for i, v := range values {
			if text, is := v.([]byte); is {
				v = string(text)
			}
			line[i] = fmt.Sprintf("%s=%v", names[i], v)
		}
		_, err = fmt.Fprintf(w, "%s: %s\n", table, strings.ReplaceAll(strings.Join(line, " | "), "\n", " "))
		return err
	})
}

func query(ctx context.Context, url, text string, row func(*sql.Rows) error) error {
	driver := "sqlite"
	if store.IsPostgres(url) {
		driver = "postgres"
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
