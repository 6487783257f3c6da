package link

import (
	"crypto/hmac"
	"encoding/hex"
)

// bounceTag is how many bytes of the authentication stand in an address.
const bounceTag = 8

// BounceTag is what stands beside the id of a mail in the address that it comes
// back to. It is made with the active key: without the keyring nobody can say of
// a mail that it came back.
func (r *Keyring) BounceTag(mail string) string { return r.keys[r.active].bounceTagOf(mail) }

// IsBounceTag reports whether a key of the ring made the tag of a mail. A retired
// key vouches for nothing any more.
func (r *Keyring) IsBounceTag(mail, tag string) bool {
	for _, k := range r.keys {
		if k.State != Retired && hmac.Equal([]byte(k.bounceTagOf(mail)), []byte(tag)) {
			return true
		}
	}
	return false
}

func (k subkeys) bounceTagOf(mail string) string {
	return hex.EncodeToString(k.bounce.sum([]byte(label), []byte(mail))[:bounceTag])
}
