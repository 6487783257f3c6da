package flags

import (
	"errors"
	"fmt"

	"muster/provision/claim/password"
)

// HashCost is a flag like m=19456,t=2,p=1: argon2id's memory in KiB, passes and
// threads, as hashes have them.
type HashCost struct{ password.Cost }

// Type names the value in help.
func (*HashCost) Type() string { return "cost" }

func (c *HashCost) String() string {
	return fmt.Sprintf("m=%d,t=%d,p=%d", c.Memory, c.Passes, c.Threads)
}

// Set reads the flag.
func (c *HashCost) Set(text string) error {
	var read HashCost
	var rest string
	n, _ := fmt.Sscanf(text, "m=%d,t=%d,p=%d%s", &read.Memory, &read.Passes, &read.Threads, &rest)
	if n != 3 {
		return errors.New("give it like m=19456,t=2,p=1")
	}
	if err := read.Validate(); err != nil {
		return err
	}
	*c = read
	return nil
}
