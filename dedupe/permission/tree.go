// Package permission says what a member of the staff or a client may do on the
// platform. The tree of an organization, the rules of its plan and what
// somebody asks for go in; the leaves they get come out, or why not. Nothing
// here reads or writes anything.
package permission

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Tree is every permission that an organization knows: the leaves below their
// groups, like "reports.view" or "integrations.instagram.reach", sorted.
type Tree []string

// Everything is the pattern that names the whole tree.
const Everything = "*"

// Match returns the leaves that a pattern names: a leaf, or a group, which are
// all leaves below it, "messages" as well as "messages.*".
func (t Tree) Match(pattern string) []string {
	if pattern == Everything {
		return slices.Clone(t)
	}
	name := strings.TrimSuffix(pattern, ".*")
	var found []string
	for _, leaf := range t {
		if leaf == pattern || strings.HasPrefix(leaf, name+".") {
			found = append(found, leaf)
		}
	}
	return found
}

// Names are what a pattern may say: the leaves and their groups, sorted.
func (t Tree) Names() []string {
	names := map[string]bool{}
	for _, leaf := range t {
		names[leaf] = true
		for i, r := range leaf {
			if r == '.' {
				names[leaf[:i]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// UnmarshalYAML reads groups with what is below them: a list of leaves, or
// groups again. A group with nothing below it is a leaf.
func (t *Tree) UnmarshalYAML(unmarshal func(any) error) error {
	var groups map[string]any
	if err := unmarshal(&groups); err != nil {
		return err
	}
	leaves := leavesOf("", groups)
	slices.Sort(leaves)
	*t = append(Tree{}, leaves...)
	return nil
}

// leavesOf are the leaves below what stands in a file under a name.
func leavesOf(name string, below any) []string {
	var leaves []string
	under := func(part any, below any) {
		leaves = append(leaves, leavesOf(strings.TrimPrefix(name+"."+fmt.Sprint(part), "."), below)...)
	}
	switch below := below.(type) {
	case map[string]any:
		for part, further := range below {
			under(part, further)
		}
	case []any:
		for _, part := range below {
			if group, is := part.(map[string]any); is {
				leaves = append(leaves, leavesOf(name, group)...)
				continue
			}
			under(part, nil)
		}
	case nil:
	default:
		under(below, nil)
	}
	if len(leaves) == 0 && name != "" {
		return []string{name}
	}
	return leaves
}

// MarshalYAML gives the groups with what is below them, as they are read.
func (t Tree) MarshalYAML() (any, error) {
	root := group{}
	for _, leaf := range t {
		at := root
		for part := range strings.SplitSeq(leaf, ".") {
			if at[part] == nil {
				at[part] = group{}
			}
			at = at[part]
		}
	}
	return root.parts(), nil
}

// A group is what is below a name.
type group map[string]group

// below is what a file says of a group: a list where there are leaves alone.
func (g group) below() any {
	for _, further := range g {
		if len(further) > 0 {
			return g.parts()
		}
	}
	return slices.Sorted(maps.Keys(g))
}

// parts are the parts of a group, each with what is below it.
func (g group) parts() map[string]any {
	all := map[string]any{}
	for part, further := range g {
		all[part] = nil
		if len(further) > 0 {
			all[part] = further.below()
		}
	}
	return all
}
