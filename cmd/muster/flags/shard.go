package flags

import (
	"fmt"
	"strconv"
	"strings"

	"muster/provision"
)

// MostShards is into how many parts a plan can be divided.
const MostShards = 1000

// Shard is a flag like 0/4: the first of four.
type Shard struct{ provision.Shard }

// Type names the value in help.
func (*Shard) Type() string { return "I/N" }

func (v *Shard) String() string {
	if v.Of == 0 {
		return ""
	}
	return v.Shard.String()
}

// Set reads the flag.
func (v *Shard) Set(text string) error {
	index, of, _ := strings.Cut(text, "/")
	i, err1 := strconv.Atoi(index)
	n, err2 := strconv.Atoi(of)
	switch {
	case err1 != nil || err2 != nil || i < 0 || n < 1 || n > MostShards:
		return fmt.Errorf("give a shard and how many there are, like 0/4, which is the first of four")
	case i >= n:
		return fmt.Errorf("shards are counted from 0: of %d the last is %d/%d", n, n-1, n)
	}
	v.Shard = provision.Shard{Index: i, Of: n}
	return nil
}
