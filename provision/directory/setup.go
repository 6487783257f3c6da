package directory

import (
	"cmp"
	"context"
	"fmt"

	"muster/importer/identity"
	"muster/provision"
)

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
		return nil, &provision.ConfigError{
			Msg:  fmt.Sprintf("--as %q is no email address", address),
			Hint: "give the address of the first administrator",
		}
	}
	words, err := firstBaseURL(ctx, e, cmp.Or(baseURL, provision.FirstUseBaseURL))
	if err != nil || len(all) > 0 {
		return words, err
	}
	org := provision.Organization{
		ID:             provision.FirstUseID,
		Slug:           provision.FirstUseSlug,
		Name:           "Default",
		SignIn:         provision.PasswordSignIn,
		Brands:         []provision.Brand{{Slug: provision.FirstUseSlug, Name: "Default"}},
		Administrators: []string{address},
	}
	by := provision.Author{Source: "first use", At: e.Now()}
	if _, err := SaveOrganization(ctx, e.Store, org, by, e.NewID); err != nil {
		return nil, err
	}
	made := fmt.Sprintf("made organization %q with brand %q and administrator %s",
		provision.FirstUseSlug, provision.FirstUseSlug, address)
	return append([]string{made}, words...), nil
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
	said := fmt.Sprintf("links lead to %s; --base-url changes that", baseURL)
	return []string{said}, e.Store.SetSetting(ctx, provision.BaseURLSetting, baseURL)
}
