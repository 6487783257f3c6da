package provision

import (
	"fmt"
	"slices"
)

// Withdrawn says what an operator may no longer do, of what they might when a
// run was planned, as a *WithdrawnError; nil where they may do all of it. Then is
// how they stood, now how they stand; known is false where they are in the
// organization no more.
func Withdrawn(then, now Operator, known bool) error {
	gone := func(format string, args ...any) error {
		return &WithdrawnError{Msg: then.Email + " " + fmt.Sprintf(format, args...)}
	}
	switch {
	case !known:
		return gone("no longer belongs to the organization")
	case now.Blocked:
		return gone("is blocked by now")
	case then.Role.Dashboard && !now.Role.Dashboard:
		return gone("no longer has the dashboard (%s)", now.Role.Name)
	case now.Role.Rank < then.Role.Rank:
		return gone("has a lower role by now (%s, was %s)", now.Role.Name, then.Role.Name)
	}
	for _, capability := range append(slices.Clone(Capabilities), MayBlockEverywhere) {
		if then.May(capability) && !now.May(capability) {
			return gone("may no longer do what needs %s", capability)
		}
	}
	for _, brand := range then.Manages {
		if !now.May(MaySeeAll) && !slices.Contains(now.Manages, brand) {
			return gone("no longer manages brand %q", brand)
		}
	}
	for _, product := range then.Products {
		if !now.May(MayGrantProducts) && !slices.Contains(now.Products, product) {
			return gone("no longer has product %q", product)
		}
	}
	return nil
}
