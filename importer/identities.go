package importer

import (
	"muster/importer/identity"
	"muster/importer/reason"
)

// What this package asks of importer/identity goes through this file.

func networkOf(header string) (slug string, ok bool) { return identity.NetworkOf(header) }

func networksOf(header string) []string { return identity.NetworksOf(header) }

func parseEmail(cell string) (identity.Email, *identity.Doubt, error) {
	return identity.ParseEmail(cell)
}

// splitAddress takes `Ann Lee <ann@example.com>` apart.
func splitAddress(cell string) (name, address string) { return identity.SplitAddress(cell) }

func parseProfile(cell, hint string) (identity.Profile, []reason.Code, error) {
	return identity.ParseProfile(cell, hint)
}

func parseProfiles(cell, hint string) ([]identity.Profile, []*identity.Refusal) {
	return identity.ParseProfiles(cell, hint)
}

func parseProfilesOf(cell string, hints []string) (profiles, assumed []identity.Profile, refusals []*identity.Refusal) {
	return identity.ParseProfilesOf(cell, hints)
}
