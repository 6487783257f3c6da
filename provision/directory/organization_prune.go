package directory

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"muster/provision"
)

// A pruned thing is what a file lacks, and what it is called.
type pruned struct {
	provision.Archived
	change OrganizationChange
	revoke string // what takes it away from somebody, behind their address
}

// prune lists what a file lacks of brands, campaigns, products and roles. A list
// that the file has not got at all says nothing; one that is empty lacks
// everything. The roles that every organization has stay.
func prune(now, file provision.Organization) []pruned {
	var all []pruned
	for _, b := range now.Brands {
		wanted, there := brandOf(file, b.Slug)
		if there && wanted.Campaigns == nil {
			continue
		}
		if !there {
			all = append(all, pruned{provision.Archived{Brand: b.ID}, OrganizationChange{Op: ArchiveBrand, Name: b.Slug},
				"muster accounts revoke %s --brand " + b.Slug})
		}
		for _, c := range b.Campaigns {
			if !slices.ContainsFunc(wanted.Campaigns, func(w provision.Campaign) bool { return w.Slug == c.Slug }) {
				name := b.Slug + "/" + c.Slug
				all = append(all, pruned{provision.Archived{Campaign: c.ID}, OrganizationChange{Op: ArchiveCampaign, Name: name},
					"muster accounts revoke %s --campaign " + name})
			}
		}
	}
	for _, p := range now.Products {
		if file.Products != nil && !slices.Contains(file.Products, p) {
			all = append(all, pruned{provision.Archived{Product: p}, OrganizationChange{Op: ArchiveProduct, Name: p},
				"muster accounts revoke %s --product " + p})
		}
	}
	for _, r := range now.Roles {
		_, wanted := findRole(file, r.Name)
		if file.Roles != nil && !wanted && r.Name != provision.MemberRole && r.Name != provision.AdministratorRole {
			all = append(all, pruned{provision.Archived{Role: r.Name}, OrganizationChange{Op: ArchiveRole, Name: r.Name},
				"muster accounts role %s --role member --brand BRAND"})
		}
	}
	return all
}

func brandOf(o provision.Organization, slug string) (provision.Brand, bool) {
	i := slices.IndexFunc(o.Brands, func(b provision.Brand) bool { return b.Slug == slug })
	if i < 0 {
		return provision.Brand{}, false
	}
	return o.Brands[i], true
}

// putAway adds what the file lacks to what is written, unless somebody uses it.
func (s *saving) putAway(
	ctx context.Context, now provision.Organization, rows *provision.OrganizationRows,
) ([]OrganizationChange, error) {
	if !s.prunes || now.ID == "" {
		return nil, nil
	}
	var changes []OrganizationChange
	for _, p := range prune(now, s.file) {
		users, err := s.tx.Users(ctx, now.ID, p.Archived)
		if err != nil {
			return nil, err
		}
		if len(users) > 0 {
			return nil, s.used(p, users)
		}
		if err := s.mayPutAway(p, now, *rows); err != nil {
			return nil, err
		}
		rows.Archived = append(rows.Archived, p.Archived)
		changes = append(changes, p.change)
	}
	return changes, nil
}

// mayPutAway refuses a role that is somebody's by default, and one above that of
// the editor.
func (s *saving) mayPutAway(p pruned, now provision.Organization, rows provision.OrganizationRows) error {
	if p.Role == "" {
		return nil
	}
	defaults := now.DefaultRoles
	if rows.Itself != nil {
		defaults = rows.Itself.DefaultRoles
	}
	for kind, role := range defaults {
		if role == p.Role {
			return &provision.ConfigError{
				Msg:  fmt.Sprintf("role %q is what every %s gets by default", role, kind),
				Hint: "name another role under default_roles, or keep this one in the file",
			}
		}
	}
	role, _ := findRole(now, p.Role)
	if s.editor != nil {
		if own := ownRole(*s.editor, now); role.Rank > own.Rank {
			return refuse("role %q ranks above that of %s (%s), who may not change it", role.Name, s.editor.Email, own.Name)
		}
	}
	return nil
}

// used refuses to put something away that people use. Who they are is told to
// whoever sees everybody.
func (s *saving) used(p pruned, users []string) error {
	what := fmt.Sprintf("%s %q is still used by %d people", p.kind(), p.change.Name, len(users))
	if len(users) == 1 {
		what = fmt.Sprintf("%s %q is still used by 1 person", p.kind(), p.change.Name)
	}
	first := "EMAIL"
	if s.editor == nil || s.editor.May(provision.MaySeeAll) {
		first = users[0]
		what += ": " + strings.Join(users[:min(len(users), provision.FirstPlaces)], ", ")
		if more := len(users) - provision.FirstPlaces; more > 0 {
			what += fmt.Sprintf(" and %d more", more)
		}
	}
	return &provision.ConfigError{
		Msg:  what,
		Hint: strings.ReplaceAll(p.revoke, "%s", first) + ", or keep it in the file",
	}
}

func (p pruned) kind() string {
	switch {
	case p.Brand != "":
		return "brand"
	case p.Campaign != "":
		return "campaign"
	case p.Product != "":
		return "product"
	}
	return "role"
}
