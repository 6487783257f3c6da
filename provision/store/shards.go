package store

import (
	"context"
	"fmt"

	"muster/provision"
)

// The states of a shard.
const (
	shardBegun = "begun"
	shardDone  = "done"
)

type shardRow struct {
	Shard  int    `db:"shard"`
	Shards int    `db:"shards"`
	State  string `db:"state"`
	Token  int64  `db:"token"`
}

func (r shardRow) row() provision.ShardRow {
	return provision.ShardRow{
		Shard: provision.Shard{Index: r.Shard, Of: r.Shards},
		Done:  r.State == shardDone,
		Token: r.Token,
	}
}

// BeginShard notes under which lease a shard of a run is worked on, and returns
// how far it is. One that is done stays so.
func (t tx) BeginShard(ctx context.Context, run string, s provision.Shard, token int64) (provision.ShardRow, error) {
	var begun shardRow
	err := t.one(ctx, &begun, `INSERT INTO run_shards (run_id, shard, shards, state, token)
		VALUES (CAST($1 AS {uuid}), $2, $3, $4, $5)
		ON CONFLICT (run_id, shard) DO UPDATE SET token = excluded.token
		RETURNING shard, shards, state, token`, run, s.Index, s.Of, shardBegun, token)
	if err != nil {
		return provision.ShardRow{}, fmt.Errorf("shard %s of run %s: %w", s, run, err)
	}
	return begun.row(), nil
}

// EndShard notes that a shard of a run is done; ErrNotFound where it was never
// begun.
func (t tx) EndShard(ctx context.Context, run string, s provision.Shard) error {
	n, err := t.exec(ctx, `UPDATE run_shards SET state = $3 WHERE run_id = CAST($1 AS {uuid}) AND shard = $2`,
		run, s.Index, shardDone)
	if err == nil && n == 0 {
		err = provision.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("shard %s of run %s: %w", s, run, err)
	}
	return nil
}

// Shards lists the shards of a run that were begun, by index.
func (s *Store) Shards(ctx context.Context, run string) ([]provision.ShardRow, error) {
	return s.reading().shards(ctx, run)
}

// Shards lists them as they are within the transaction.
func (t tx) Shards(ctx context.Context, run string) ([]provision.ShardRow, error) {
	return t.shards(ctx, run)
}

func (q session) shards(ctx context.Context, run string) ([]provision.ShardRow, error) {
	var all []shardRow
	err := q.all(ctx, &all, `SELECT shard, shards, state, token FROM run_shards
		WHERE run_id = CAST($1 AS {uuid}) ORDER BY shard`, run)
	if err != nil {
		return nil, fmt.Errorf("reading the shards of run %s: %w", run, err)
	}
	shards := make([]provision.ShardRow, len(all))
	for i, r := range all {
		shards[i] = r.row()
	}
	return shards, nil
}

// PlaceRun says of an open run on which host which process writes its report,
// and where.
func (s *Store) PlaceRun(ctx context.Context, r provision.Run) error {
	n, err := s.writing().exec(ctx, `UPDATE runs SET host = $2, pid = $3, out = $4
		WHERE id = CAST($1 AS {uuid}) AND finished_at IS NULL`, r.ID, r.Host, r.PID, r.Out)
	if err == nil && n == 0 {
		err = provision.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("placing run %s: %w", r.ID, err)
	}
	return nil
}

// Settled counts the rows of a run that the ledger has.
func (s *Store) Settled(ctx context.Context, run string) (int, error) {
	var n int
	err := s.reading().one(ctx, &n, `SELECT count(*) FROM run_rows WHERE run_id = CAST($1 AS {uuid})`, run)
	if err != nil {
		return 0, fmt.Errorf("counting the rows of run %s: %w", run, err)
	}
	return n, nil
}
