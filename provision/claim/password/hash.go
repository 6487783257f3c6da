package password

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// What a new hash is made of, in bytes: RFC 9106, 3.1, and what its reference
// program writes.
const (
	saltLength = 16
	hashLength = 32
)

// ErrFormat says that a stored text is no argon2id hash of version 19 in PHC
// form, or one whose parameters are out of bounds. It never holds the text.
var ErrFormat = errors.New("the stored password is no argon2id hash in PHC form")

// Hash makes the hash of a password: argon2id of its NFC form under a salt of
// its own, in PHC form, "$argon2id$v=19$m=19456,t=2,p=1$salt$hash".
func Hash(password string, c Cost) (string, error) {
	if err := c.Validate(); err != nil {
		return "", err
	}
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails
	return stored{Cost: c, salt: salt, hash: c.key(normal(password), salt, hashLength)}.String(), nil
}

// Verify reports whether a hash is that of a password, in the time that the
// parameters of the hash take. ErrFormat where the text is no hash that this
// package reads.
func Verify(hash, password string) (bool, error) {
	s, err := parse(hash)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(s.hash, s.key(normal(password), s.salt, len(s.hash))) == 1, nil
}

// CostOf reads what a stored hash took: whoever wants more makes a new one when
// the person signs in the next time. ErrFormat as for Verify.
func CostOf(hash string) (Cost, error) {
	s, err := parse(hash)
	return s.Cost, err
}

// normal is what of a password is hashed: keyboards spell one letter in
// several ways.
func normal(password string) []byte { return norm.NFC.Bytes([]byte(password)) }

// A stored is a hash in its parts.
type stored struct {
	Cost
	salt, hash []byte
}

// encoding is that of PHC strings: standard letters, no padding.
var encoding = base64.RawStdEncoding.Strict()

func (s stored) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, s.Memory, s.Passes, s.Threads,
		encoding.EncodeToString(s.salt), encoding.EncodeToString(s.hash))
}

var phc = regexp.MustCompile(`^\$argon2id\$v=19\$m=([1-9]\d{0,9}),t=([1-9]\d{0,9}),p=([1-9]\d{0,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$`)

func parse(text string) (stored, error) {
	field := phc.FindStringSubmatch(text)
	if field == nil {
		return stored{}, ErrFormat
	}
	var number [3]uint64
	for i := range number {
		number[i], _ = strconv.ParseUint(field[1+i], 10, 64) // they are digits
	}
	if number[0] > maxMemory || number[1] > maxPasses || number[2] > maxThreads {
		return stored{}, ErrFormat
	}
	s := stored{Cost: Cost{Memory: uint32(number[0]), Passes: uint32(number[1]), Threads: uint8(number[2])}}
	var badSalt, badHash error
	s.salt, badSalt = encoding.DecodeString(field[4])
	s.hash, badHash = encoding.DecodeString(field[5])
	switch {
	case badSalt != nil, badHash != nil, s.Validate() != nil,
		len(s.salt) < minSalt, len(s.salt) > maxSalt, len(s.hash) < minLength, len(s.hash) > maxLength:
		return stored{}, ErrFormat
	}
	return s, nil
}
