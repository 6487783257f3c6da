package main

import (
	"strings"

	"muster/provision"
)

// checkBases refuses base URLs that are none; those that are "" were not given.
func checkBases(bases []string) error {
	for _, base := range bases {
		if base == "" {
			continue
		}
		if err := provision.CheckBaseURL(base); err != nil {
			return err
		}
	}
	return nil
}

// eitherSlash adds base URLs with and without a slash at the end, which makes no
// difference to people, but to links. Those that are "" lead nowhere.
func eitherSlash(bases []string) []string {
	var all []string
	for _, base := range bases {
		if base != "" {
			bare := strings.TrimRight(base, "/")
			all = append(all, base, bare, bare+"/")
		}
	}
	return all
}
