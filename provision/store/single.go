package store

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"slices"
)

// insertEach runs a prepared statement once a row and returns how many rows it
// wrote. Beside one statement for all of them this spares SQLite the taking
// apart of JSON and the journal that a statement of many rows is undone by. The
// driver is asked directly: database/sql converts and checks each argument again.
func (t tx) insertEach(ctx context.Context, statement string, of rows) (n int64, err error) {
	raw := t.conn.Raw(func(c any) error {
		n, err = eachRow(ctx, c.(driver.Conn), statement, of)
		return nil
	})
	return n, t.s.faultOf(ctx, statement, cmp.Or(err, raw))
}

func eachRow(ctx context.Context, conn driver.Conn, statement string, of rows) (n int64, err error) {
	stmt, err := conn.Prepare(statement)
	if err != nil {
		return 0, err
	}
	defer stmt.Close()
	in, ok := stmt.(driver.StmtExecContext)
	if !ok {
		return 0, errors.New("this version of the driver runs no prepared statements")
	}
	width := len(of.args) / int(of.n)
	row := make([]driver.NamedValue, width+len(of.every))
	for i := range row {
		row[i].Ordinal = i + 1
	}
	for i, v := range of.every {
		row[width+i].Value = v
	}
	// With a context that may end the driver would start a goroutine a row.
	running := context.WithoutCancel(ctx)
	for args := range slices.Chunk(of.args, width) {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		for i, v := range args {
			row[i].Value = v
		}
		if _, err := in.ExecContext(running, row); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
