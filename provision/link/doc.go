// Package link makes and checks the tokens of invite and reset links, and
// keeps the keys they are made with.
//
// In goes a Subject: the stored row of a link together with the account it is
// for. Out comes its token, always the same one while the row is the same, so
// that a crashed run, a second report and a repeated mail all show one link
// and nothing secret is stored for it:
//
//	token     = "mst1_" ‖ base64url-nopad(hdr ‖ tag)                  83 characters, always
//	hdr (26)  = version 1 byte | purpose 1 byte | kid 4 bytes | link id 16 bytes | expiry uint32, Unix seconds
//	tag (32)  = HMAC-SHA-256(K_mac[kid], lp(label) ‖ lp(hdr) ‖ lp(account) ‖ lp(organization) ‖
//	            lp(SHA-256(email)) ‖ lp(audience) ‖ lp(epoch uint64))
//	lp(x)     = uint16 length ‖ x                                     all numbers big-endian
//	kid       = first 4 bytes of SHA-256(label ‖ "/kid" ‖ master)
//	label     = "muster/v1"
//
// Every key in use is derived from a master by HKDF-SHA-256 with an info text
// of its own (see subkeys), so that no purpose can stand in for another.
//
// What never happens here: no database, no clock, no decision whether a link
// is still live. A genuine token says only that the row it belongs to is the
// one it was made for. And no key byte is ever printed: the types here answer
// every verb of fmt, slog and encoding/json with a description.
package link
