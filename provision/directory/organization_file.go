package directory

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"muster/importer/identity"
	"muster/importer/record"
	"muster/importer/spelling"
	"muster/provision"
)

// ReadOrganization reads an organization file. What it leaves out stays empty:
// saving it keeps what there is, or gives a new name the slug. Unknown keys,
// missing names and names given twice are errors that name the line or the
// value.
func ReadOrganization(r io.Reader) (provision.Organization, error) {
	var o provision.Organization
	d := yaml.NewDecoder(r)
	d.KnownFields(true)
	if err := d.Decode(&o); err != nil {
		return o, wrongFile("%s", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return o, &provision.ConfigError{
			Msg:  "organization file: holds more than one document",
			Hint: "keep one organization in a file",
		}
	}
	return o, checkOrganization(o)
}

func wrongFile(format string, args ...any) error {
	return &provision.ConfigError{
		Msg:  "organization file: " + fmt.Sprintf(format, args...),
		Hint: "correct the file; see fixtures/organization.yaml for all keys",
	}
}

// checkOrganization says what is wrong with the first thing that is.
func checkOrganization(o provision.Organization) error {
	switch {
	case !isSlug(o.Slug):
		return wrongFile("slug %q: use small letters, digits and dashes", o.Slug)
	case o.SignIn != "" && o.SignIn != provision.PasswordSignIn && o.SignIn != provision.SingleSignOn:
		return wrongFile("sign_in %q: use password or sso", o.SignIn)
	case len(o.Brands) == 0:
		return wrongFile("there is no brand")
	}
	seen := names{}
	for _, b := range o.Brands {
		if err := checkBrand(b, seen); err != nil {
			return err
		}
	}
	if err := checkRoles(o, seen); err != nil {
		return err
	}
	for _, address := range o.Administrators {
		if _, _, err := identity.ParseEmail(address); err != nil {
			return wrongFile("administrator %q is no email address", address)
		}
	}
	return nil
}

func checkBrand(b provision.Brand, seen names) error {
	if !isSlug(b.Slug) {
		return wrongFile("brand slug %q: use small letters, digits and dashes", b.Slug)
	}
	if err := seen.once("brand", b.Slug); err != nil {
		return err
	}
	for _, c := range b.Campaigns {
		if !isSlug(c.Slug) {
			return wrongFile("campaign slug %q: use small letters, digits and dashes", c.Slug)
		}
		if err := seen.once("campaign of "+b.Slug, c.Slug); err != nil {
			return err
		}
	}
	return nil
}

func checkRoles(o provision.Organization, seen names) error {
	roles := map[string]bool{provision.MemberRole: true, provision.AdministratorRole: true}
	for _, r := range o.Roles {
		if r.Name == "" || r.Rank < 1 || r.Rank > 100 {
			return wrongFile("role %q: a role needs a name and a rank from 1 to 100", r.Name)
		}
		if err := seen.once("role", r.Name); err != nil {
			return err
		}
		if err := checkCapabilities(r); err != nil {
			return err
		}
		roles[r.Name] = true
	}
	for kind, role := range o.DefaultRoles {
		if kind != record.Creator && kind != record.Staff && kind != record.Client || !roles[role] {
			return wrongFile("default_roles: %s: %s", kind, role)
		}
	}
	return nil
}

// checkCapabilities refuses what no role may have, and an administrator who
// could not undo it.
func checkCapabilities(r provision.Role) error {
	for _, c := range r.Capabilities {
		if slices.Contains(provision.Capabilities, c) {
			continue
		}
		if near := spelling.Nearest(c, provision.Capabilities); near != "" {
			return wrongFile("role %q: there is no capability %q; did you mean %s?", r.Name, c, near)
		}
		return wrongFile("role %q: there is no capability %q; there are: %s",
			r.Name, c, strings.Join(provision.Capabilities, ", "))
	}
	if r.Name != provision.AdministratorRole || r.Capabilities == nil {
		return nil
	}
	for _, needed := range []string{provision.MayEditOrganization, provision.MayCreateStaff} {
		if !r.Can(needed) {
			return wrongFile("role %q: without %s nobody could put that right again", r.Name, needed)
		}
	}
	return nil
}

// names are what a file has named already, each with what it is the name of.
type names map[[2]string]bool

// once refuses a name that stands twice.
func (n names) once(what, name string) error {
	key := [2]string{what, provision.Fold(name)}
	if n[key] {
		return wrongFile("%s %q stands twice", what, name)
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
