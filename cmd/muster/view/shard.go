package view

import (
	"fmt"
	"log/slog"

	"muster/provision"
	"muster/provision/run"
	"muster/provision/words"
)

// shardFinished is how a shard ended whose run goes on, as an event.
type shardFinished struct {
	Run      string `json:"run"`
	Shard    int    `json:"shard"`
	Shards   int    `json:"shards"`
	Left     int    `json:"shards_left"`
	Rows     int    `json:"rows"`
	Settled  int    `json:"rows_settled"`
	Before   bool   `json:"done_before,omitempty"`
	ExitCode int    `json:"exit_code"`
}

// Shard shows how a shard ended that was not the last one of its run.
func (o *Output) Shard(s run.ShardEnd) {
	slog.Info("shard finished", "shards_left", s.Left, "rows", s.Rows, "rows_settled", s.Settled)
	switch {
	case o.common.JSON:
		o.Emit("summary", shardFinished{
			Run: s.Run, Shard: s.Index, Shards: s.Of, Left: s.Left, Rows: s.Rows, Settled: s.Settled, Before: s.Before,
		})
		return
	case o.talk.Quiet:
		return
	}
	state := "is done"
	if s.Before {
		state = "was done before; nothing is written"
	}
	fmt.Fprintf(o.Stdout, "Shard %s of run %s %s.\n", s.Shard, provision.ShortRun(s.Run), state)
	fmt.Fprintf(o.Stdout, "%s of %s of the run are settled. %s\n", words.Number(s.Settled), Plural(s.Rows, "row"), rest(s))
}

// rest says what becomes of the run.
func rest(s run.ShardEnd) string {
	switch s.Left {
	case 0:
		return "All shards are done: muster report " + provision.ShortRun(s.Run) + " writes the report again."
	case 1:
		return "One more shard has to end: it writes the report."
	}
	return words.Number(s.Left) + " more shards have to end; the last one writes the report."
}
