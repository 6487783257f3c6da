package link

import (
	"crypto/sha256"
	"encoding/hex"

	"muster/importer/identity"
)

// Mark is what stays of a key after its person was erased: it finds the same
// key again in a later list and cannot be turned back without the keyring. An
// empty organization marks the key for the whole platform. The mark is made
// with the active key and begins with its id.
func (r *Keyring) Mark(key identity.Key, organization string) string {
	return r.keys[r.active].markOf(key, organization)
}

// Marks returns the mark under every key of the ring, that of the active one
// first: what to look a key up by once keys have been rotated. Retired keys
// count, or a rotation would bring the erased back.
func (r *Keyring) Marks(key identity.Key, organization string) []string {
	marks := []string{r.Mark(key, organization)}
	for i, k := range r.keys {
		if i != r.active {
			marks = append(marks, k.markOf(key, organization))
		}
	}
	return marks
}

func (k subkeys) markOf(key identity.Key, organization string) string {
	value := sha256.Sum256([]byte(key.Value))
	sum := k.suppression.sum([]byte(label), []byte(organization), []byte(key.Space), value[:])
	return k.ID + "-" + hex.EncodeToString(sum)
}

// Pseudonym names a person in logs by an address or key: the same one each
// time, of no use without the keyring.
func (r *Keyring) Pseudonym(value string) string {
	digest := sha256.Sum256([]byte(value))
	return hex.EncodeToString(r.keys[r.active].pseudonym.sum([]byte(label), digest[:])[:6])
}
