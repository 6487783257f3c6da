package directory

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"muster/importer/identity"
	"muster/importer/record"
	"muster/importer/spelling"
	"muster/provision"
)

// ReadOrganization reads an organization file. What it leaves out stays empty:
// saving it keeps what there is, or gives a new name the slug. A key that there
// is not, a value that does not fit and a name that stands twice are a
// *ConfigError that names line and column.
func ReadOrganization(r io.Reader) (provision.Organization, error) {
	var o provision.Organization
	var document yaml.Node
	d := yaml.NewDecoder(r)
	if err := d.Decode(&document); err != nil {
		return o, wrongText(err) // an empty file among them
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return o, &provision.ConfigError{
			Msg:  "organization file: holds more than one document",
			Hint: "keep one organization in a file",
		}
	}
	top := document.Content[0]
	if err := knownKeys(top, reflect.TypeFor[provision.Organization]()); err != nil {
		return o, err
	}
	if err := document.Decode(&o); err != nil {
		return o, wrongText(err)
	}
	err := checkOrganization(o)
	if m, is := errors.AsType[*misfit](err); is {
		return o, wrongAt(nodeAt(top, m.at), m.text)
	}
	return o, err
}

// checkOrganization says what is wrong with the first thing that is.
func checkOrganization(o provision.Organization) error {
	switch {
	case !isSlug(o.Slug):
		return wrong(place{"slug"}, "slug %q: use small letters, digits and dashes", o.Slug)
	case o.SignIn != "" && o.SignIn != provision.PasswordSignIn && o.SignIn != provision.SingleSignOn:
		return wrong(place{"sign_in"}, "sign_in %q: use password or sso", o.SignIn)
	case len(o.Brands) == 0:
		return wrong(place{"brands"}, "there is no brand")
	}
	seen := names{}
	for i, b := range o.Brands {
		if err := checkBrand(b, place{"brands", i}, seen); err != nil {
			return err
		}
	}
	if err := checkRoles(o, seen); err != nil {
		return err
	}
	if err := checkPage(o, seen); err != nil {
		return err
	}
	if err := checkAccess(o); err != nil {
		return err
	}
	for i, address := range o.Administrators {
		if _, _, err := identity.ParseEmail(address); err != nil {
			return wrong(place{"administrators", i}, "administrator %q is no email address", address)
		}
	}
	return nil
}

func checkBrand(b provision.Brand, at place, seen names) error {
	if !isSlug(b.Slug) {
		return wrong(at.to("slug"), "brand slug %q: use small letters, digits and dashes", b.Slug)
	}
	if err := seen.once(at.to("slug"), "brand", b.Slug); err != nil {
		return err
	}
	if err := checkAddress(at.to("member_url"), "member_url", b.MemberURL); err != nil {
		return err
	}
	if err := checkAddress(at.to("dashboard_url"), "dashboard_url", b.DashboardURL); err != nil {
		return err
	}
	for i, c := range b.Campaigns {
		slug := at.to("campaigns", i, "slug")
		if !isSlug(c.Slug) {
			return wrong(slug, "campaign slug %q: use small letters, digits and dashes", c.Slug)
		}
		if err := seen.once(slug, "campaign of "+b.Slug, c.Slug); err != nil {
			return err
		}
	}
	return nil
}

func checkRoles(o provision.Organization, seen names) error {
	roles := map[string]bool{provision.MemberRole: true, provision.AdministratorRole: true}
	for i, r := range o.Roles {
		at := place{"roles", i}
		if r.Name == "" || r.Rank < 1 || r.Rank > 100 {
			return wrong(at, "role %q: a role needs a name and a rank from 1 to 100", r.Name)
		}
		if err := seen.once(at, "role", r.Name); err != nil {
			return err
		}
		if err := checkCapabilities(r, at.to("capabilities")); err != nil {
			return err
		}
		if err := checkRank(r, at); err != nil {
			return err
		}
		roles[r.Name] = true
	}
	for _, kind := range slices.Sorted(maps.Keys(o.DefaultRoles)) {
		role := o.DefaultRoles[kind]
		if kind != record.Creator && kind != record.Staff && kind != record.Client || !roles[role] {
			return wrong(place{"default_roles", string(kind)}, "default_roles: %s: %s", kind, role)
		}
	}
	return checkDefaults(o)
}

// checkRank refuses a role that ranks no higher than a member and may do more:
// a rank is what people are told apart by.
func checkRank(r provision.Role, at place) error {
	member, _ := findRole(provision.Organization{Roles: wantedRoles(nil)}, provision.MemberRole)
	above := r.Rank > member.Rank && r.Name != provision.MemberRole
	if above || r.Name == provision.AdministratorRole || !r.Dashboard && len(r.Capabilities) == 0 {
		return nil
	}
	return wrong(at, "role %q: a role that has a dashboard or capabilities ranks above %d, which is that of a member",
		r.Name, member.Rank)
}

// checkDefaults refuses a role that lets creators and clients do something, who
// get it without anybody having chosen it for them.
func checkDefaults(o provision.Organization) error {
	for _, kind := range []record.Kind{record.Client, record.Creator} {
		name := cmp.Or(o.DefaultRoles[kind], provision.MemberRole)
		r, found := findRole(provision.Organization{Roles: wantedRoles(o.Roles)}, name)
		what := "capabilities"
		if r.Dashboard {
			what = "a dashboard"
		}
		if found && (r.Dashboard || len(r.Capabilities) > 0) {
			return wrong(place{"default_roles", string(kind)}, "default_roles: every %s would get role %q, which has %s",
				kind, name, what)
		}
	}
	return nil
}

// checkCapabilities refuses what no role may have, and an administrator who
// could not undo it.
func checkCapabilities(r provision.Role, at place) error {
	for i, c := range r.Capabilities {
		if slices.Contains(provision.Capabilities, c) {
			continue
		}
		if c == provision.MayBlockEverywhere {
			return wrong(at.to(i), "role %q: %s is no organization's to give; muster db operators gives it", r.Name, c)
		}
		if near := spelling.Nearest(c, provision.Capabilities); near != "" {
			return wrong(at.to(i), "role %q: there is no capability %q; did you mean %s?", r.Name, c, near)
		}
		return wrong(at.to(i), "role %q: there is no capability %q; there are: %s",
			r.Name, c, strings.Join(provision.Capabilities, ", "))
	}
	if r.Name != provision.AdministratorRole || r.Capabilities == nil {
		return nil
	}
	for _, needed := range []string{provision.MayEditOrganization, provision.MayCreateStaff} {
		if !r.Can(needed) {
			return wrong(at, "role %q: without %s nobody could put that right again", r.Name, needed)
		}
	}
	return nil
}

// names are what a file has named already, each with what it is the name of.
type names map[[2]string]bool

// once refuses a name that stands twice.
func (n names) once(at place, what, name string) error {
	key := [2]string{what, provision.Fold(name)}
	if n[key] {
		return wrong(at, "%s %q stands twice", what, name)
	}
	n[key] = true
	return nil
}

// isSlug reports whether text is a slug: up to 64 small letters, digits and
// dashes, the first of them no dash.
func isSlug(s string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
	return s != "" && len(s) <= 64 && len(bytes.Trim([]byte(s), letters)) == 0 && s[0] != '-'
}
