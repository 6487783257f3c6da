package directory

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/run"
)

func join(words []string) string { return strings.Join(words, ", ") }

// FirstUse makes what an embedded database needs before its first run and
// lacks: the base URL of links, and one organization with one brand and its
// first administrator. It returns words that say so.
func FirstUse(ctx context.Context, e *provision.Engine, operator, baseURL string) ([]string, error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return nil, err
	}
	address := cmp.Or(operator, provision.FirstUseOperator)
	if _, _, err := identity.ParseEmail(address); err != nil {
		return nil, &provision.ConfigError{Msg: fmt.Sprintf("--as %q is no email address", address), Hint: "give the address of the first administrator"}
	}
	words, err := firstBaseURL(ctx, e, cmp.Or(baseURL, provision.FirstUseBaseURL))
	if err != nil || len(all) > 0 {
		return words, err
	}
	org := provision.Organization{ID: provision.FirstUseID, Slug: provision.FirstUseSlug, Name: "Default", SignIn: provision.PasswordSignIn,
		Brands: []provision.Brand{{Slug: provision.FirstUseSlug, Name: "Default"}}, Administrators: []string{address}}
	if _, err := SaveOrganization(ctx, e.Store, org, provision.Author{Source: "first use", At: e.Now()}, e.NewID); err != nil {
		return nil, err
	}
	return append([]string{fmt.Sprintf("made organization %q with brand %q and administrator %s", provision.FirstUseSlug, provision.FirstUseSlug, address)}, words...), nil
}

// ApplyOrganization makes an organization what a file says, as far as that
// adds, changes or renames. Going over to single sign-on ends its live links;
// no run may issue others meanwhile.
func ApplyOrganization(ctx context.Context, e *provision.Engine, o provision.Organization) (OrganizationChanges, error) {
	by := provision.Author{Source: "org apply", At: e.Now()}
	if o.SignIn != provision.SingleSignOn {
		return SaveOrganization(ctx, e.Store, o, by, e.NewID)
	}
	work, h, err := run.Keep(ctx, e, provision.Lease{Name: provision.LeaseName(o.Slug)})
	if err != nil {
		return OrganizationChanges{}, err
	}
	defer run.Release(ctx, e, h)
	return SaveOrganization(work, e.Store, o, by, e.NewID)
}

// firstBaseURL keeps the base URL of links where none was kept before.
func firstBaseURL(ctx context.Context, e *provision.Engine, baseURL string) ([]string, error) {
	kept, err := e.Store.Setting(ctx, provision.BaseURLSetting)
	if err != nil || kept != "" {
		return nil, err
	}
	if err := provision.CheckBaseURL(baseURL); err != nil {
		return nil, err
	}
	return []string{fmt.Sprintf("links lead to %s; --base-url changes that", baseURL)}, e.Store.SetSetting(ctx, provision.BaseURLSetting, baseURL)
}

// ReadOrganization reads an organization file. What it leaves out stays empty:
// saving it keeps what there is, or gives a new name the slug. Unknown keys, missing names
// and names given twice are errors that name the line or the value.
func ReadOrganization(r io.Reader) (provision.Organization, error) {
	var o provision.Organization
	d := yaml.NewDecoder(r)
	d.KnownFields(true)
	if err := d.Decode(&o); err != nil {
		return o, &provision.ConfigError{Msg: "organization file: " + strings.ReplaceAll(err.Error(), "\n", " "), Hint: "correct the file; see fixtures/organization.yaml for all keys"}
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return o, &provision.ConfigError{Msg: "organization file: holds more than one document", Hint: "keep one organization in a file"}
	}
	return o, validate(&o)
}

func validate(o *provision.Organization) error {
	wrong := func(format string, args ...any) error {
		return &provision.ConfigError{Msg: "organization file: " + fmt.Sprintf(format, args...), Hint: "correct the file; see fixtures/organization.yaml for all keys"}
	}
	switch {
	case !isSlug(o.Slug):
		return wrong("slug %q: use small letters, digits and dashes", o.Slug)
	case o.SignIn != "" && o.SignIn != provision.PasswordSignIn && o.SignIn != provision.SingleSignOn:
		return wrong("sign_in %q: use password or sso", o.SignIn)
	case len(o.Brands) == 0:
		return wrong("there is no brand")
	}
	seen := map[string]bool{}
	once := func(what, name string) error {
		if key := what + "\x00" + provision.Fold(name); seen[key] {
			return wrong("%s %q stands twice", what, name)
		} else {
			seen[key] = true
		}
		return nil
	}
	for i := range o.Brands {
		b := &o.Brands[i]
		if !isSlug(b.Slug) {
			return wrong("brand slug %q: use small letters, digits and dashes", b.Slug)
		}
		if err := once("brand", b.Slug); err != nil {
			return err
		}
		for j := range b.Campaigns {
			c := &b.Campaigns[j]
			if !isSlug(c.Slug) {
				return wrong("campaign slug %q: use small letters, digits and dashes", c.Slug)
			}
			if err := once("campaign of "+b.Slug, c.Slug); err != nil {
				return err
			}
		}
	}
	return validateRoles(o, wrong, once)
}

func validateRoles(o *provision.Organization, wrong func(string, ...any) error, once func(string, string) error) error {
	roles := map[string]bool{provision.MemberRole: true, provision.AdministratorRole: true}
	for _, r := range o.Roles {
		if r.Name == "" || r.Rank < 1 || r.Rank > 100 {
			return wrong("role %q: a role needs a name and a rank from 1 to 100", r.Name)
		}
		if err := once("role", r.Name); err != nil {
			return err
		}
		roles[r.Name] = true
	}
	for kind, role := range o.DefaultRoles {
		if kind != "creator" && kind != "staff" && kind != "client" || !roles[role] {
			return wrong("default_roles: %s: %s", kind, role)
		}
	}
	for _, address := range o.Administrators {
		if _, _, err := identity.ParseEmail(address); err != nil {
			return wrong("administrator %q is no email address", address)
		}
	}
	return nil
}

func isSlug(s string) bool {
	return s != "" && len(s) <= 64 && len(bytes.Trim([]byte(s), "abcdefghijklmnopqrstuvwxyz0123456789-")) == 0 && s[0] != '-'
}
