package outside

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
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

// of is the address of one job, where {command} and {source} in it stand for
// what that is called: a service that misses what does not come has to know
// whom it misses.
func (a Address) of(r Report) Address {
	if a.IsZero() {
		return a
	}
	u := *a.url
	u.RawPath = ""
	u.Path = strings.NewReplacer("{command}", slug(r.Command), "{source}", slug(r.Source)).Replace(u.Path)
	return Address{&u}
}

// unslugged is what stands in no part of a path that people choose.
var unslugged = regexp.MustCompile(`[^\pL\pN_]+`)

func slug(name string) string {
	return strings.Trim(unslugged.ReplaceAllString(strings.ToLower(name), "-"), "-")
}

// below is the address with more path behind its own.
func (a Address) below(path ...string) string { return a.url.JoinPath(path...).String() }
