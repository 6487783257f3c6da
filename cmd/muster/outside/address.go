package outside

import (
	"errors"
	"net/url"
)

// An Address is where somebody listens. Its path and query may be secrets: it
// prints without them.
type Address struct{ url *url.URL }

// ErrAddress is what a text says that is none. The text itself is not in it.
var ErrAddress = errors.New("is no address that begins with http:// or https://")

// ParseAddress reads an address.
func ParseAddress(text string) (Address, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Fragment != "" {
		return Address{}, ErrAddress
	}
	return Address{u}, nil
}

// IsZero reports whether nobody listens.
func (a Address) IsZero() bool { return a.url == nil }

// HasPassword reports whether a user's password stands before the host.
func (a Address) HasPassword() bool {
	if a.IsZero() {
		return false
	}
	_, set := a.url.User.Password()
	return set
}

// String is the address as far as it may be known.
func (a Address) String() string {
	if a.IsZero() {
		return ""
	}
	shown := a.url.Scheme + "://" + a.url.Host
	if a.url.Path != "" && a.url.Path != "/" || a.url.RawQuery != "" {
		shown += "/…"
	}
	return shown
}

// below is the address with more path behind its own.
func (a Address) below(path ...string) string { return a.url.JoinPath(path...).String() }
