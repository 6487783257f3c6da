package provision

import (
	"fmt"
	"strconv"
)

// A Shard is one of the parts that a plan is divided into. Each may be carried
// out by a process of its own, wherever that runs; together they are one run.
type Shard struct {
	Index int // from 0
	Of    int
}

func (s Shard) String() string { return strconv.Itoa(s.Index) + "/" + strconv.Itoa(s.Of) }

// ShardRow is how far a shard of a run is.
type ShardRow struct {
	Shard
	Done  bool
	Token int64 // of the lease under which it was begun last
}

// PartPrefix is how the names of the leases begin that the parts of a run hold.
func PartPrefix(run string) string { return "run/" + run + "/" }

// ShardLeaseName names the lease of a shard of a run.
func ShardLeaseName(run string, index int) string {
	return fmt.Sprintf("%sshard/%d", PartPrefix(run), index)
}

// ReportLeaseName names the lease of whoever writes the report of a run that was
// carried out in shards.
func ReportLeaseName(run string) string { return PartPrefix(run) + "report" }
