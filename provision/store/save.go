package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"muster/provision"
)

// SaveOrganization makes an organization what a file says, as far as that
// adds or renames; it never removes. What the file leaves out stays. Saving
// the same file again changes nothing and says so. A new organization takes
// the file's id, where it has one.
func (s *Store) SaveOrganization(ctx context.Context, o provision.Organization, by provision.Author) (provision.OrganizationChanges, error) {
	var changes provision.OrganizationChanges
	if o.Slug == "" {
		return changes, errors.New("saving an organization: it has no slug")
	}
	err := s.again(ctx, func(t tx) error {
		v := saver{t: t, file: o, by: by}
		if err := v.save(ctx); err != nil {
			return err
		}
		changes = provision.OrganizationChanges{Organization: v.now, Changes: v.changes}
		return nil
	})
	if err != nil {
		return provision.OrganizationChanges{}, fmt.Errorf("saving organization %q: %w", o.Slug, err)
	}
	return changes, nil
}

// A saver compares one organization with its file and writes the difference.
type saver struct {
	t       tx
	file    provision.Organization
	by      provision.Author
	now     provision.Organization // as it stands in the database
	signsOn bool                   // its people sign in elsewhere from now on
	changes []string
}

func (v *saver) save(ctx context.Context) error {
	if err := v.read(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		v.saveItself, v.endLinks, v.saveRoles, v.saveProducts, v.saveBrands, v.read, v.saveAdministrators, v.saveAudit,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (v *saver) say(format string, args ...any) {
	v.changes = append(v.changes, fmt.Sprintf(format, args...))
}

func (v *saver) read(ctx context.Context) error {
	all, err := v.t.organizations(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Slug == v.file.Slug {
			v.now = o
		}
	}
	return nil
}

func (v *saver) saveItself(ctx context.Context) error {
	o := provision.Organization{ID: v.now.ID, Slug: v.file.Slug,
		Name:         cmp.Or(v.file.Name, v.now.Name, v.file.Slug),
		SignIn:       cmp.Or(v.file.SignIn, v.now.SignIn, "password"),
		SignUpURL:    cmp.Or(v.file.SignUpURL, v.now.SignUpURL),
		DefaultRoles: mergedDefaults(v.now.DefaultRoles, v.file.DefaultRoles)}
	same := maps.Equal(o.DefaultRoles, v.now.DefaultRoles)
	v.signsOn = v.now.ID != "" && o.SignIn == "sso" && v.now.SignIn != "sso"
	switch {
	case v.now.ID == "":
		if o.ID = v.file.ID; o.ID == "" {
			id, err := uuid.NewV7()
			if err != nil {
				return err
			}
			o.ID = id.String()
		}
		v.say("organization %q added", o.Slug)
	case o.Name == v.now.Name && o.SignIn == v.now.SignIn && o.SignUpURL == v.now.SignUpURL && same:
		return nil
	}
	if v.now.ID != "" {
		v.sayItself(o, same)
	}
	defaults, err := json.Marshal(o.DefaultRoles)
	if err != nil {
		return err
	}
	_, err = v.t.exec(ctx, `INSERT INTO organizations (id, slug, name, sign_in, sign_up_url, default_roles)
		VALUES (CAST($1 AS {uuid}), $2, $3, $4, $5, CAST($6 AS {json}))
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, sign_in = excluded.sign_in,
			sign_up_url = excluded.sign_up_url, default_roles = excluded.default_roles`,
		o.ID, o.Slug, o.Name, o.SignIn, o.SignUpURL, string(defaults))
	v.now.ID = o.ID
	return err
}

func (v *saver) sayItself(o provision.Organization, sameDefaults bool) {
	if o.Name != v.now.Name {
		v.say("organization %q renamed to %q", o.Slug, o.Name)
	}
	if o.SignIn != v.now.SignIn {
		v.say("sign-in changed from %s to %s", v.now.SignIn, o.SignIn)
	}
	if o.SignUpURL != v.now.SignUpURL {
		v.say("sign-up address changed to %s", o.SignUpURL)
	}
	if !sameDefaults {
		for _, k := range slices.Sorted(maps.Keys(o.DefaultRoles)) {
			if role := o.DefaultRoles[k]; role != v.now.DefaultRoles[k] {
				v.say("default role of a %s is now %q", k, role)
			}
		}
	}
}

func (v *saver) saveRoles(ctx context.Context) error {
	for _, r := range wantedRoles(v.file.Roles) {
		old, found := findRole(v.now, r.Name)
		if found && (v.silent(r.Name) || old.Rank == r.Rank && old.Dashboard == r.Dashboard && slices.Equal(old.Capabilities, r.Capabilities)) {
			continue
		}
		if found {
			v.say("role %q changed", r.Name)
		} else {
			v.say("role %q added", r.Name)
		}
		if r.Capabilities == nil {
			r.Capabilities = []string{}
		}
		capabilities, err := json.Marshal(r.Capabilities)
		if err != nil {
			return err
		}
		if _, err := v.t.exec(ctx, `INSERT INTO roles (organization_id, name, rank, dashboard, capabilities)
			VALUES (CAST($1 AS {uuid}), $2, $3, $4, CAST($5 AS {json}))
			ON CONFLICT (organization_id, name) DO UPDATE SET rank = excluded.rank, dashboard = excluded.dashboard,
				capabilities = excluded.capabilities`, v.now.ID, r.Name, r.Rank, r.Dashboard, string(capabilities)); err != nil {
			return err
		}
	}
	return nil
}

// silent reports whether the file does not speak of a role.
func (v *saver) silent(role string) bool {
	return !slices.ContainsFunc(v.file.Roles, func(r provision.Role) bool { return r.Name == role })
}

func (v *saver) saveProducts(ctx context.Context) error {
	for _, p := range unique(v.file.Products) {
		if slices.Contains(v.now.Products, p) {
			continue
		}
		v.say("product %q enabled", p)
		if _, err := v.t.exec(ctx, `INSERT INTO products (organization_id, name) VALUES (CAST($1 AS {uuid}), $2)`, v.now.ID, p); err != nil {
			return err
		}
	}
	return nil
}

func (v *saver) saveBrands(ctx context.Context) error {
	for _, b := range v.file.Brands {
		var old provision.Brand
		for _, have := range v.now.Brands {
			if have.Slug == b.Slug {
				old = have
			}
		}
		id, err := v.saveBrand(ctx, b, old)
		if err != nil {
			return err
		}
		for _, c := range b.Campaigns {
			if err := v.saveCampaign(ctx, b.Slug, id, c, old.Campaigns); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *saver) saveBrand(ctx context.Context, b, old provision.Brand) (id string, err error) {
	name, signUp := cmp.Or(b.Name, old.Name, b.Slug), cmp.Or(b.SignUpURL, old.SignUpURL)
	switch {
	case old.ID == "":
		v.say("brand %q added", b.Slug)
	case name != old.Name:
		v.say("brand %q renamed to %q", b.Slug, name)
	case signUp != old.SignUpURL:
		v.say("brand %q: sign-up address changed to %s", b.Slug, signUp)
	default:
		return old.ID, nil
	}
	if id = old.ID; id == "" {
		if id, err = newID(); err != nil {
			return "", err
		}
	}
	_, err = v.t.exec(ctx, `INSERT INTO brands (id, organization_id, slug, name, sign_up_url)
		VALUES (CAST($1 AS {uuid}), CAST($2 AS {uuid}), $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, sign_up_url = excluded.sign_up_url`, id, v.now.ID, b.Slug, name, signUp)
	return id, err
}

func (v *saver) saveCampaign(ctx context.Context, slug, brand string, c provision.Campaign, have []provision.Campaign) (err error) {
	var old provision.Campaign
	for _, h := range have {
		if h.Slug == c.Slug {
			old = h
		}
	}
	name := cmp.Or(c.Name, old.Name, c.Slug)
	switch {
	case old.ID == "":
		v.say("campaign %q added", slug+"/"+c.Slug)
	case name != old.Name:
		v.say("campaign %q renamed to %q", slug+"/"+c.Slug, name)
	default:
		return nil
	}
	id := old.ID
	if id == "" {
		if id, err = newID(); err != nil {
			return err
		}
	}
	_, err = v.t.exec(ctx, `INSERT INTO campaigns (id, brand_id, slug, name)
		VALUES (CAST($1 AS {uuid}), CAST($2 AS {uuid}), $3, $4)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name`, id, brand, c.Slug, name)
	return err
}

// saveAudit writes one entry where anything changed.
func (v *saver) saveAudit(ctx context.Context) error {
	if len(v.changes) == 0 {
		return nil
	}
	id, err := newID()
	if err != nil {
		return err
	}
	detail, err := json.Marshal(map[string]any{"changes": v.changes})
	if err != nil {
		return err
	}
	by := v.by
	by.Organization = v.now.ID
	return v.t.Apply(ctx, provision.Batch{By: by, Audit: []provision.AuditRow{{ID: id, Action: "organization saved", Detail: detail}}})
}

// newID makes a UUID that grows with time.
func newID() (string, error) {
	id, err := uuid.NewV7()
	return id.String(), err
}
