package link

import (
	"crypto/hmac"
	"encoding/hex"
	"strings"
)

// Seal vouches for a digest with the active key: whoever has not got the
// keyring cannot make it for another one. It begins with the key's id.
func (r *Keyring) Seal(digest string) string { return r.keys[r.active].sealOf(digest) }

// Sealed reports whether a key of the ring sealed the digest. A retired key
// vouches for nothing any more.
func (r *Keyring) Sealed(digest, seal string) bool {
	kid, _, _ := strings.Cut(seal, "-")
	k, err := r.usable(kid)
	return err == nil && hmac.Equal([]byte(k.sealOf(digest)), []byte(seal))
}

func (k subkeys) sealOf(digest string) string {
	return k.ID + "-" + hex.EncodeToString(k.seal.sum([]byte(label), []byte(digest)))
}
