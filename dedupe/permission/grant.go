package permission

import (
	"fmt"
	"slices"
	"strings"

	"muster/importer/spelling"
)

// Mode is how permissions are given.
type Mode string

// The modes.
const (
	Default Mode = "default" // all but what the organization keeps back
	Custom  Mode = "custom"  // the leaves that somebody names
	Clone   Mode = "clone"   // those of somebody else, as they are then
)

// Modes are all modes.
var Modes = []Mode{Default, Custom, Clone}

// Grant is what somebody may do: the leaves, and how they came to be. An empty
// Mode stands for who was given nothing yet.
type Grant struct {
	Mode   Mode     `json:"mode"`
	Leaves []string `json:"leaves"`
	// Source is what was asked for: the patterns of a custom grant, or the
	// account that was cloned.
	Source string `json:"source,omitempty"`
}

// Same reports whether two grants let somebody do the same, for the same
// reason.
func (g Grant) Same(other Grant) bool {
	return g.Mode == other.Mode && g.Source == other.Source && slices.Equal(g.Leaves, other.Leaves)
}

// String says how a grant came to be: what was asked for, but not whose
// permissions were cloned.
func (g Grant) String() string {
	if g.Mode == Custom {
		return "custom: " + g.Source
	}
	return string(g.Mode)
}

// Beyond returns the leaves of a grant that another one lacks.
func (g Grant) Beyond(other Grant) []string {
	var beyond []string
	for _, leaf := range g.Leaves {
		if !slices.Contains(other.Leaves, leaf) {
			beyond = append(beyond, leaf)
		}
	}
	return beyond
}

// Rules are what an organization and its plan say of permissions.
type Rules struct {
	Tree    Tree     `json:"tree,omitempty"`
	Without []string `json:"without,omitempty"` // patterns of what nobody has by default
	Modes   []Mode   `json:"modes,omitempty"`   // of the plan; none is all of them
	Never   []string `json:"never,omitempty"`   // patterns of what the plan gives nobody
}

// An UnknownError says that a pattern names nothing in the tree.
type UnknownError struct {
	Pattern string
	Nearest string // "" where none is near
}

func (e *UnknownError) Error() string {
	if e.Nearest != "" {
		return fmt.Sprintf("there is no permission %q; did you mean %s?", e.Pattern, e.Nearest)
	}
	return fmt.Sprintf("there is no permission %q", e.Pattern)
}

// A ForbiddenError says that the plan does not allow what was asked for.
type ForbiddenError struct {
	Mode Mode   // the plan lacks it; "" where it forbids a leaf
	Leaf string // the first that the plan gives nobody
}

func (e *ForbiddenError) Error() string {
	if e.Mode != "" {
		return fmt.Sprintf("the plan has no %s permissions", e.Mode)
	}
	return fmt.Sprintf("the plan gives nobody %q", e.Leaf)
}

// Default is the grant of whoever was given nothing else: everything but what
// the organization keeps back and the plan gives nobody.
func (r Rules) Default() Grant {
	kept := append(r.matches(r.Without), r.matches(r.Never)...)
	leaves := slices.DeleteFunc(slices.Clone(r.Tree), func(leaf string) bool { return slices.Contains(kept, leaf) })
	return Grant{Mode: Default, Leaves: append([]string{}, leaves...)}
}

// Custom is the grant of what patterns name. An *UnknownError or a
// *ForbiddenError says why there is none.
func (r Rules) Custom(patterns []string) (Grant, error) {
	for _, p := range patterns {
		if err := r.Known(p); err != nil {
			return Grant{}, err
		}
	}
	leaves := r.matches(patterns)
	slices.Sort(leaves)
	g := Grant{Mode: Custom, Leaves: append([]string{}, slices.Compact(leaves)...), Source: strings.Join(patterns, ", ")}
	return g, r.Allows(g)
}

// Clone is the grant of what somebody else may do, whose account it names.
// Whoever was given nothing yet has what everybody has by default.
func (r Rules) Clone(of Grant, account string) (Grant, error) {
	if of.Mode == "" {
		of = r.Default()
	}
	g := Grant{Mode: Clone, Leaves: append([]string{}, of.Leaves...), Source: account}
	return g, r.Allows(g)
}

// Known refuses a pattern that names nothing in the tree, with an
// *UnknownError.
func (r Rules) Known(pattern string) error {
	if len(r.Tree.Match(pattern)) > 0 {
		return nil
	}
	return &UnknownError{pattern, spelling.Nearest(strings.TrimSuffix(pattern, ".*"), r.Tree.Names())}
}

// Allows refuses, with a *ForbiddenError, a grant that the plan does not allow,
// however it was written.
func (r Rules) Allows(g Grant) error {
	if len(r.Modes) > 0 && !slices.Contains(r.Modes, g.Mode) {
		return &ForbiddenError{Mode: g.Mode}
	}
	never := r.matches(r.Never)
	for _, leaf := range g.Leaves {
		if slices.Contains(never, leaf) {
			return &ForbiddenError{Leaf: leaf}
		}
	}
	return nil
}

// matches are the leaves that any of the patterns names.
func (r Rules) matches(patterns []string) []string {
	var all []string
	for _, p := range patterns {
		all = append(all, r.Tree.Match(p)...)
	}
	return all
}
