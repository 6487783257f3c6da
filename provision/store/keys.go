package store

import (
	"errors"
	"strings"

	"muster/importer/identity"
)

func emailKey(e identity.Email) identity.Key { return identity.Key{Space: "email", Value: e.Value} }
func mailboxKey(e identity.Email) identity.Key {
	return identity.Key{Space: "mailbox", Value: e.Mailbox}
}

func profileKey(p identity.Profile) identity.Key {
	if p.Kind == "handle" {
		return identity.Key{Space: p.Network, Value: p.Value}
	}
	return identity.Key{Space: p.Network + ":" + p.Kind, Value: p.Value}
}

func parseEmail(address string) (identity.Email, error) {
	local, domain, ok := strings.Cut(address, "@")
	if !ok || local == "" || domain == "" {
		return identity.Email{}, errors.New("not an address")
	}
	value := strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, address)
	return identity.Email{Address: address, Value: value, Mailbox: value}, nil
}
