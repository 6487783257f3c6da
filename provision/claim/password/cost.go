package password

import (
	"fmt"

	"golang.org/x/crypto/argon2"
)

// Cost is what computing a hash takes: of memory, of time, and of cores.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// DefaultCost is the least that OWASP's password storage cheat sheet
// recommends for argon2id.
var DefaultCost = Cost{Memory: 19 * 1024, Passes: 2, Threads: 1}

// What is accepted, of ourselves and of hashes that somebody else stored: less
// is not worth its name, more would let one stored text take the server down.
const (
	maxMemory  = 1 << 20 // KiB
	maxPasses  = 64
	maxThreads = 16
	minLength  = 16 // bytes of a hash
	maxLength  = 128
	minSalt    = 8 // bytes
	maxSalt    = 64
)

// Validate refuses a cost that argon2 cannot have, or that nobody should.
func (c Cost) Validate() error {
	switch {
	case c.Threads < 1 || c.Threads > maxThreads:
		return fmt.Errorf("argon2id with %d threads: 1 to %d are possible", c.Threads, maxThreads)
	case c.Passes < 1 || c.Passes > maxPasses:
		return fmt.Errorf("argon2id with %d passes: 1 to %d are possible", c.Passes, maxPasses)
	case c.Memory < 8*uint32(c.Threads) || c.Memory > maxMemory:
		return fmt.Errorf("argon2id with %d KiB: %d to %d are possible", c.Memory, 8*uint32(c.Threads), maxMemory)
	}
	return nil
}

// key computes the hash itself.
func (c Cost) key(password, salt []byte, length int) []byte {
	return argon2.IDKey(password, salt, c.Passes, c.Memory, c.Threads, uint32(length))
}
