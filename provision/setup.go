package provision

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
)

func join(words []string) string { return strings.Join(words, ", ") }

// FirstUse makes what an embedded database needs before its first run and
// lacks: the base URL of links, and one organization with one brand and its
// first administrator. It returns words that say so.
func (e *Engine) FirstUse(ctx context.Context, operator, baseURL string) ([]string, error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return nil, err
	}
	address := cmp.Or(operator, FirstUseOperator)
	if _, _, err := identity.ParseEmail(address); err != nil {
		return nil, &ConfigError{Msg: fmt.Sprintf("--as %q is no email address", address), Hint: "give the address of the first administrator"}
	}
	words, err := e.firstBaseURL(ctx, cmp.Or(baseURL, FirstUseBaseURL))
	if err != nil || len(all) > 0 {
		return words, err
	}
	org := Organization{ID: FirstUseID, Slug: FirstUseSlug, Name: "Default", SignIn: PasswordSignIn,
		Brands: []Brand{{Slug: FirstUseSlug, Name: "Default"}}, Administrators: []string{address}}
	if _, err := SaveOrganization(ctx, e.Store, org, Author{Source: "first use", At: e.Now()}, e.NewID); err != nil {
		return nil, err
	}
	return append([]string{fmt.Sprintf("made organization %q with brand %q and administrator %s", FirstUseSlug, FirstUseSlug, address)}, words...), nil
}

// ApplyOrganization makes an organization what a file says, as far as that
// adds, changes or renames. Going over to single sign-on ends its live links;
// no run may issue others meanwhile.
func (e *Engine) ApplyOrganization(ctx context.Context, o Organization) (OrganizationChanges, error) {
	by := Author{Source: "org apply", At: e.Now()}
	if o.SignIn != SingleSignOn {
		return SaveOrganization(ctx, e.Store, o, by, e.NewID)
	}
	work, h, err := e.keep(ctx, Lease{Name: LeaseName(o.Slug)})
	if err != nil {
		return OrganizationChanges{}, err
	}
	defer e.release(ctx, h)
	return SaveOrganization(work, e.Store, o, by, e.NewID)
}

// firstBaseURL keeps the base URL of links where none was kept before.
func (e *Engine) firstBaseURL(ctx context.Context, baseURL string) ([]string, error) {
	kept, err := e.Store.Setting(ctx, BaseURLSetting)
	if err != nil || kept != "" {
		return nil, err
	}
	if err := CheckBaseURL(baseURL); err != nil {
		return nil, err
	}
	return []string{fmt.Sprintf("links lead to %s; --base-url changes that", baseURL)}, e.Store.SetSetting(ctx, BaseURLSetting, baseURL)
}

// ReadOrganization reads an organization file. What it leaves out stays empty:
// saving it keeps what there is, or gives a new name the slug. Unknown keys, missing names
// and names given twice are errors that name the line or the value.
func ReadOrganization(r io.Reader) (Organization, error) {
	var o Organization
	d := yaml.NewDecoder(r)
	d.KnownFields(true)
	if err := d.Decode(&o); err != nil {
		return o, &ConfigError{Msg: "organization file: " + strings.ReplaceAll(err.Error(), "\n", " "), Hint: "correct the file; see fixtures/organization.yaml for all keys"}
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return o, &ConfigError{Msg: "organization file: holds more than one document", Hint: "keep one organization in a file"}
	}
	return o, validate(&o)
}

func validate(o *Organization) error {
	wrong := func(format string, args ...any) error {
		return &ConfigError{Msg: "organization file: " + fmt.Sprintf(format, args...), Hint: "correct the file; see fixtures/organization.yaml for all keys"}
	}
	switch {
	case !isSlug(o.Slug):
		return wrong("slug %q: use small letters, digits and dashes", o.Slug)
	case o.SignIn != "" && o.SignIn != PasswordSignIn && o.SignIn != SingleSignOn:
		return wrong("sign_in %q: use password or sso", o.SignIn)
	case len(o.Brands) == 0:
		return wrong("there is no brand")
	}
	seen := map[string]bool{}
	once := func(what, name string) error {
		if key := what + "\x00" + Fold(name); seen[key] {
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

func validateRoles(o *Organization, wrong func(string, ...any) error, once func(string, string) error) error {
	roles := map[string]bool{MemberRole: true, AdministratorRole: true}
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
