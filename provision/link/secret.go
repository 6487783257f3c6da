package link

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"math"
	"sync"
)

// label separates everything made here from every other use of the same keys.
const label = "muster/v1"

const keyLength = 32

// A secret holds key bytes inside closures: the one thing fmt can print
// nothing of but an address, even inside a struct of somebody else and under a
// verb that does not fit.
type secret struct {
	reveal func() []byte
	macs   func() *sync.Pool // of HMACs with the key, at their beginning
}

func newSecret(b []byte) secret {
	key := [keyLength]byte(b)
	macs := sync.Pool{New: func() any { return hmac.New(sha256.New, key[:]) }}
	return secret{
		reveal: func() []byte { return key[:] },
		macs:   func() *sync.Pool { return &macs },
	}
}

// Format prints no key, whatever the verb.
func (secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, "[redacted]") }

// MarshalText keeps the key out of everything encoded as text.
func (secret) MarshalText() ([]byte, error) { return []byte("[redacted]"), nil }

// MarshalJSON keeps the key out of JSON.
func (secret) MarshalJSON() ([]byte, error) { return []byte(`"[redacted]"`), nil }

// kid is the id of a master key: it tells keys apart and gives nothing away.
func (s secret) kid() [4]byte {
	h := sha256.New()
	h.Write([]byte(label + "/kid"))
	h.Write(s.reveal())
	return [4]byte(h.Sum(nil))
}

// derive makes the sub-key of one purpose.
func (s secret) derive(purpose string) secret {
	key, err := hkdf.Key(sha256.New, s.reveal(), nil, label+"/"+purpose, keyLength)
	if err != nil {
		panic("link: " + err.Error()) // only for lengths that SHA-256 cannot give
	}
	return newSecret(key)
}

// sum is the HMAC-SHA-256 of the parts, each with its length in front, so
// that no two lists of parts give the same text. No part may be longer than
// its length can say: callers check or digest what comes from outside.
func (s secret) sum(parts ...[]byte) []byte {
	mac := s.macs().Get().(hash.Hash)
	defer s.macs().Put(mac)
	mac.Reset() // from the second time on without hashing the key
	var length [2]byte
	for _, part := range parts {
		if len(part) > math.MaxUint16 {
			panic("link: part too long to be authenticated")
		}
		binary.BigEndian.PutUint16(length[:], uint16(len(part)))
		mac.Write(length[:])
		mac.Write(part)
	}
	return mac.Sum(nil)
}

// weak reports whether all bytes of the key are equal.
func weak(b []byte) bool {
	for _, c := range b {
		if c != b[0] {
			return false
		}
	}
	return true
}
