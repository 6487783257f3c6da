package directory

import (
	"slices"
	"strings"

	"muster/importer/record"
	"muster/importer/spelling"
	"muster/provision"
	"muster/provision/words"
)

// checkGuards says what is wrong with the guards of a file.
func checkGuards(all []provision.Guard) error {
	for i, g := range all {
		if err := checkGuard(g, place{"guards", i}); err != nil {
			return err
		}
		same := func(o provision.Guard) bool {
			return o.Name == g.Name && o.Source == g.Source && o.Brand == g.Brand && o.Kind == g.Kind
		}
		if slices.ContainsFunc(all[:i], same) {
			return wrong(place{"guards", i}, "guard %s stands twice for the same lists", g.Name)
		}
	}
	return nil
}

func checkGuard(g provision.Guard, at place) error {
	if !slices.Contains(provision.GuardNames, g.Name) {
		return wrong(at.to("guard"), "there is no guard %q; %s", g.Name, nearestOf(string(g.Name), provision.GuardNames))
	}
	kinds := []record.Kind{record.Creator, record.Staff, record.Client}
	switch {
	case g.Kind != "" && !slices.Contains(kinds, g.Kind):
		return wrong(at.to("kind"), "guard %s: there is no kind %q; %s", g.Name, g.Kind, nearestOf(string(g.Kind), kinds))
	case g.Source != "" && !isSlug(g.Source):
		return wrong(at.to("source"), "guard %s: %q is no name of a source", g.Name, g.Source)
	case g.Brand != "" && !isSlug(g.Brand):
		return wrong(at.to("brand"), "guard %s: %q is no name of a brand", g.Name, g.Brand)
	case g.Percent == nil && g.Absolute == nil:
		return wrong(at, "guard %s: say what is allowed, with percent or absolute", g.Name)
	case g.Percent != nil && (*g.Percent < 0 || *g.Percent > 100):
		return wrong(at.to("percent"), "guard %s: %v %% cannot be", g.Name, *g.Percent)
	case g.Absolute != nil && *g.Absolute < 0:
		return wrong(at.to("absolute"), "guard %s: %d cannot be", g.Name, *g.Absolute)
	case g.Floor < 0:
		return wrong(at.to("floor"), "guard %s: %d cannot be", g.Name, g.Floor)
	case g.Below < 0:
		return wrong(at.to("below"), "guard %s: %d cannot be", g.Name, g.Below)
	case g.Below > 0 && g.Floor == 0:
		return wrong(at.to("below"), "guard %s: below says what is allowed under the floor, and there is none", g.Name)
	}
	return nil
}

// nearestOf says which of some words may have been meant, or which there are.
func nearestOf[W ~string](said string, all []W) string {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = string(w)
	}
	if near := spelling.Nearest(said, words); near != "" {
		return "did you mean " + near + "?"
	}
	return "say " + strings.Join(words, ", ")
}

// replacedGuards are those of a file, or those there are where the file has none;
// nil for an empty list.
func replacedGuards(now, file []provision.Guard) []provision.Guard {
	if file != nil {
		now = file
	}
	if len(now) == 0 {
		return nil
	}
	return now
}

// guardsText says guards in words, "" for none.
func guardsText(all []provision.Guard) string {
	parts := make([]string, len(all))
	for i, g := range all {
		parts[i] = string(g.Name)
		for _, of := range [][2]string{{"source", g.Source}, {"brand", g.Brand}, {"kind", string(g.Kind)}} {
			if of[1] != "" {
				parts[i] += " of " + of[0] + " " + of[1]
			}
		}
		parts[i] += " at most " + words.Limit(g.GuardLimit, 0)
		if g.Floor > 0 {
			parts[i] += " (" + words.Limit(provision.GuardLimit{Floor: g.Floor, Below: g.Below}, 1) + ")"
		}
	}
	return strings.Join(parts, "; ")
}
