package provision

import (
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
)

// Drifts are the ways in which people have something else than sources gave
// them, in the order they are told.
var Drifts = []reason.Code{reason.GrantedByHand, reason.TakenByHand, reason.RaisedByHand, reason.OtherSource}

// DriftOf returns the drifts among notes, each once.
func DriftOf(notes []dedupe.Note) []reason.Code {
	var all []reason.Code
	for _, code := range Drifts {
		if slices.ContainsFunc(notes, func(n dedupe.Note) bool { return n.Code == code }) {
			all = append(all, code)
		}
	}
	return all
}
