package link

import (
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"muster/provision"
)

// Of is the subject of a stored link.
func Of(l provision.LinkRow) Subject {
	return Subject{
		ID:           l.ID,
		Purpose:      l.Purpose,
		KeyID:        l.KeyID,
		ExpiresAt:    l.ExpiresAt,
		Account:      l.Account,
		Organization: l.Organization,
		Email:        l.Email,
		Audience:     l.Audience,
		Epoch:        l.Epoch,
	}
}

// maker lets provisioning make links with the keys of a keyring; what marks
// and seals is the keyring's own.
type maker struct{ *Keyring }

// Maker makes links with the keys of a ring. It is nil where there is no
// ring, not a maker without keys.
func Maker(ring *Keyring) provision.LinkMaker {
	if ring == nil {
		return nil
	}
	return maker{ring}
}

// NewLink makes the id of a link, to be signed with the active key.
func (m maker) NewLink() (id, keyID string, err error) {
	id, err = NewID(time.Now(), rand.Reader)
	return id, m.Active(), err
}

// URL is the link of a stored row: the same row always has the same one.
func (m maker) URL(l provision.LinkRow) (string, error) {
	token, err := m.Token(Of(l))
	switch {
	case errors.Is(err, ErrUnknownKey), errors.Is(err, ErrRetiredKey):
		return "", fmt.Errorf("%w: %w", provision.ErrNoKey, err)
	case err != nil:
		return "", err
	}
	return URL(l.Audience, token), nil
}

// Checks are the check values of all keys.
func (m maker) Checks() map[string]string {
	checks := map[string]string{}
	for _, k := range m.Keys() {
		checks[k.ID] = m.Check(k.ID)
	}
	return checks
}

// FingerprintOf names a stored link that was shown, "" where it cannot be told:
// nobody has seen it, or its key is gone.
func FingerprintOf(l provision.LinkRow, ring *Keyring) string {
	if ring == nil || l.GeneratedAt.IsZero() {
		return ""
	}
	token, err := ring.Token(Of(l))
	if err != nil {
		return ""
	}
	return Fingerprint(token)
}
