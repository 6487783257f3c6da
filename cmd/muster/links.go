package main

import (
	"crypto/rand"
	"errors"
	"fmt"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/link"
)

// linkMaker lets provisioning make links with the keys of a keyring.
type linkMaker struct{ ring *link.Keyring }

var _ provision.LinkMaker = linkMaker{}

// maker returns nil, not a linkMaker without keys, where there is no keyring.
func maker(ring *link.Keyring) provision.LinkMaker {
	if ring == nil {
		return nil
	}
	return linkMaker{ring}
}

// NewLink makes the id of a link, to be signed with the active key.
func (m linkMaker) NewLink() (id, keyID string, err error) {
	id, err = link.NewID(rand.Reader)
	return id, m.ring.Active(), err
}

// URL is the link of a stored row: the same row always has the same one.
func (m linkMaker) URL(l provision.LinkRow) (string, error) {
	token, err := m.ring.Token(link.Subject{ID: l.ID, Purpose: l.Purpose, KeyID: l.KeyID, ExpiresAt: l.ExpiresAt,
		Account: l.Account, Organization: l.Organization, Email: l.Email, Audience: l.Audience, Epoch: l.Epoch})
	switch {
	case errors.Is(err, link.ErrUnknownKey), errors.Is(err, link.ErrRetiredKey):
		return "", fmt.Errorf("%w: %w", provision.ErrNoKey, err)
	case err != nil:
		return "", err
	}
	return link.URL(l.Audience, token), nil
}

// Mark is what finds the key of an erased person again.
func (m linkMaker) Mark(k identity.Key, organization string) string {
	return m.ring.Mark(k, organization)
}

// Marks are what finds it whichever key was active when the person was erased.
func (m linkMaker) Marks(k identity.Key, organization string) []string {
	return m.ring.Marks(k, organization)
}

// Seal vouches for the digest of a plan.
func (m linkMaker) Seal(digest string) string { return m.ring.Seal(digest) }

// Sealed reports whether a key of the ring vouched for a digest.
func (m linkMaker) Sealed(digest, seal string) bool { return m.ring.Sealed(digest, seal) }

// Checks are the check values of all keys.
func (m linkMaker) Checks() map[string]string {
	checks := map[string]string{}
	for _, k := range m.ring.Keys() {
		checks[k.ID] = m.ring.Check(k.ID)
	}
	return checks
}
