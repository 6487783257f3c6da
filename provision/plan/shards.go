package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"muster/dedupe"
	"muster/provision/change"
)

// step is the step that carries a decision out, in the shard of its person.
func (p *planner) step(d dedupe.Decision) change.Step {
	s := p.sourceStep(FromDecision(d, p.policy.Organization), d)
	s.Shard = shardOf(s, p.shards)
	return s
}

// shardOf is the shard of a step among so many, 0 where there are none. A step
// has all rows and all keys of its person, and no other step writes to its
// account: which process carries it out does not matter to any other. Nobody
// who is held or rejected has a key that matters; they go by their first row.
func shardOf(s change.Step, shards int) int {
	if shards < 2 {
		return 0
	}
	name := ""
	if len(s.Rows) > 0 {
		name = strconv.Itoa(s.Rows[0])
	}
	if len(s.Watch) > 0 {
		name = s.Watch[0].Space + "\x00" + s.Watch[0].Value
	}
	sum := sha256.Sum256([]byte(name))
	return int(binary.BigEndian.Uint64(sum[:]) % uint64(shards))
}
