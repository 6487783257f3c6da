package link

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"time"
)

// Purposes of a link. Others are reserved.
const (
	Invite = 1 // set the first password and claim the account
	Reset  = 2 // set a new password
	// Consent accepts or declines a membership that was offered.
	Consent = 3
)

const (
	prefix      = "mst1_"
	version     = 1
	idLength    = 16
	hdrLength   = 1 + 1 + 4 + idLength + 4
	tokenLength = len(prefix) + 78 // 58 bytes in base64
)

var encoding = base64.RawURLEncoding.Strict()

// Subject is everything a token is computed from. Its fields are those of the
// stored row of the link, under the same names; nothing in it is secret.
type Subject struct {
	ID           string // 32 hex digits
	Purpose      int
	KeyID        string    // 8 hex digits
	ExpiresAt    time.Time // whole seconds count
	Account      string
	Organization string // id
	Email        string // the address as compared
	Audience     string // public base URL
	Epoch        int64  // of the account's links when this one was issued
}

// Header is what a token says by itself. It is not to be believed before
// Verify has compared it with the stored row.
type Header struct {
	ID        string // 32 hex digits
	Purpose   int
	KeyID     string // 8 hex digits
	ExpiresAt time.Time
}

// NewID makes the id of a new link: 48 bits of when, in milliseconds, so that ids
// made one after the other stand side by side in an index, and 80 random bits.
func NewID(at time.Time, random io.Reader) (string, error) {
	var id [idLength]byte
	binary.BigEndian.PutUint64(id[:8], uint64(at.UnixMilli())<<16)
	if _, err := io.ReadFull(random, id[6:]); err != nil {
		return "", fmt.Errorf("making a link id: %w", err)
	}
	return hex.EncodeToString(id[:]), nil
}

// Token computes the token of a link: the same subject always gives the same
// token, under the key the link was issued with. It fails with ErrUnknownKey
// or ErrRetiredKey where that key is gone, and where the subject is not whole.
func (r *Keyring) Token(s Subject) (string, error) {
	key, err := r.usable(s.KeyID)
	if err != nil {
		return "", fmt.Errorf("link %s: %w", s.ID, err)
	}
	hdr, err := s.header()
	if err != nil {
		return "", fmt.Errorf("link %q: %w", s.ID, err)
	}
	if err := s.complete(); err != nil {
		return "", fmt.Errorf("link %s: %w", s.ID, err)
	}
	return prefix + encoding.EncodeToString(append(hdr, s.tag(key, hdr)...)), nil
}

// Parse reads a token without any key. Only the one canonical spelling of a
// token is accepted; everything else is ErrMalformed.
func Parse(token string) (Header, error) {
	hdr, _, err := parse(token)
	if err != nil {
		return Header{}, err
	}
	return Header{
		Purpose:   int(hdr[1]),
		KeyID:     hex.EncodeToString(hdr[2:6]),
		ID:        hex.EncodeToString(hdr[6 : 6+idLength]),
		ExpiresAt: time.Unix(int64(binary.BigEndian.Uint32(hdr[6+idLength:])), 0).UTC(),
	}, nil
}

// parse splits a token into its header and tag.
func parse(token string) (hdr, tag []byte, err error) {
	body, ok := strings.CutPrefix(token, prefix)
	if !ok || len(token) != tokenLength {
		return nil, nil, ErrMalformed
	}
	raw, err := encoding.DecodeString(body)
	// The decoder skips line breaks; comparing finds them.
	if err != nil || encoding.EncodeToString(raw) != body {
		return nil, nil, ErrMalformed
	}
	if raw[0] != version || !isPurpose(int(raw[1])) {
		return nil, nil, ErrMalformed
	}
	return raw[:hdrLength:hdrLength], raw[hdrLength:], nil
}

// Verify reports, as nil, that the token is the one of the subject: the stored
// row with the id that Parse gave. Where there is no such row the caller passes
// the zero Subject: the work done is the same, the answer ErrNotGenuine. Whether
// the link has expired or is still live is not asked here.
func (r *Keyring) Verify(token string, s Subject) error {
	hdr, tag, err := parse(token)
	if err != nil {
		return err
	}
	key, err := r.usable(hex.EncodeToString(hdr[2:6]))
	if err != nil {
		return err
	}
	if s.complete() != nil {
		s = Subject{}
	}
	genuine := hmac.Equal(tag, s.tag(key, hdr))
	want, err := s.header()
	if err != nil || !hmac.Equal(hdr, want) || !genuine {
		return ErrNotGenuine
	}
	return nil
}

// header lays out the part of the token that can be read.
func (s Subject) header() ([]byte, error) {
	id, err := hex.DecodeString(s.ID)
	if err != nil || len(id) != idLength {
		return nil, fmt.Errorf("its id is not %d hex digits", 2*idLength)
	}
	kid, err := hex.DecodeString(s.KeyID)
	if err != nil || len(kid) != 4 {
		return nil, fmt.Errorf("its key id is not 8 hex digits")
	}
	exp := s.ExpiresAt.Unix()
	switch {
	case !isPurpose(s.Purpose):
		return nil, fmt.Errorf("there is no purpose %d", s.Purpose)
	case exp <= 0 || exp > math.MaxUint32:
		return nil, fmt.Errorf("its expiry %s cannot be written into a token", s.ExpiresAt.UTC().Format(time.RFC3339))
	}
	hdr := append(make([]byte, 0, hdrLength+sha256.Size), version, byte(s.Purpose))
	hdr = append(hdr, kid...)
	hdr = append(hdr, id...)
	return binary.BigEndian.AppendUint32(hdr, uint32(exp)), nil
}

func isPurpose(p int) bool { return p >= Invite && p <= Consent }

// complete refuses a subject that leaves something open: its token would fit
// more than one link.
func (s Subject) complete() error {
	for _, field := range []struct{ name, value string }{
		{"account", s.Account}, {"organization", s.Organization}, {"email", s.Email}, {"audience", s.Audience},
	} {
		if field.value == "" || len(field.value) > math.MaxUint16 {
			return fmt.Errorf("its %s is missing or too long", field.name)
		}
	}
	if s.Epoch < 0 {
		return fmt.Errorf("its epoch %d is negative", s.Epoch)
	}
	return nil
}

// tag authenticates the header and the fields that are not in the token.
func (s Subject) tag(k subkeys, hdr []byte) []byte {
	email := sha256.Sum256([]byte(s.Email))
	var epoch [8]byte
	binary.BigEndian.PutUint64(epoch[:], uint64(s.Epoch))
	return k.mac.sum([]byte(label), hdr, []byte(s.Account), []byte(s.Organization), email[:], []byte(s.Audience), epoch[:])
}

// URL is the address to hand over: the page under base that takes the token.
func URL(base, token string) string { return strings.TrimRight(base, "/") + "/c/" + token }

// Fingerprint names a token where the token itself must not stand, as in logs.
func Fingerprint(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:6])
}

var tokens = regexp.MustCompile(`(?i)` + prefix + `[a-z0-9_-]+`)

// Redact masks everything in a text that looks like a token, whole or cut.
func Redact(text string) string { return tokens.ReplaceAllString(text, prefix+"[redacted]") }
