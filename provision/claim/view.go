package claim

import (
	"strings"
	"time"
	"unicode/utf8"

	"muster/provision"
	"muster/provision/claim/password"
)

// Step is what the holder of a link has to do next.
type Step int

// The steps.
const (
	ProfileStep  Step = iota + 1 // Begin: name, sign-up fields, terms
	PasswordStep                 // Redeem
	ConsentStep                  // Answer
)

// A View is what the holder of a genuine link is shown. Of a link that does not
// open it holds whose it was, and where to go instead.
type View struct {
	Purpose          int    // provision.Invitation, Reset or Consent
	Organization     string // name
	OrganizationSlug string // what Forgot takes
	Brand            string // name of the only brand they are in, "" where there are several
	MaskedAddress    string // of the account, as j…@e….com
	Name             string // of the person, "" where nobody has said it
	NeedsName        bool
	Fields           []provision.SignUpField
	Answers          map[string]string    // to the fields, by name
	Terms            *provision.Agreement // to be agreed to, nil where there are none or they are agreed to
	Step             Step
	MinLength        int // of the password
	MaxLength        int

	Language             string // of the person, "" where nobody has said it
	OrganizationLanguage string
	TimeZone             string
	ExpiresAt            time.Time
	NotBefore            time.Time // zero for at once

	MemberURL   string // where to sign in, "" where nobody said where
	SignOnURL   string // the same under single sign-on
	SelfService bool   // Renew and Forgot may send something
}

// viewOf is what the holder of a claimant's link is shown.
func viewOf(c provision.Claimant) View {
	v := View{
		Purpose:              c.Link.Purpose,
		Organization:         c.Organization.Name,
		OrganizationSlug:     c.Organization.Slug,
		MaskedAddress:        masked(c.Link.AccountEmail.Address),
		Name:                 c.Link.AccountName,
		Answers:              c.Answers,
		MinLength:            rules(c).Minimum(),
		MaxLength:            password.Maximum,
		Language:             c.Language,
		OrganizationLanguage: c.Organization.Language,
		TimeZone:             c.TimeZone,
		ExpiresAt:            c.Link.ExpiresAt,
		NotBefore:            c.Link.NotBefore,
		MemberURL:            memberURL(c),
		SignOnURL:            c.Organization.SSOURL,
		SelfService:          c.Organization.SelfService() && !c.Link.Withdrawn(),
		Step:                 PasswordStep,
	}
	if len(c.Memberships) == 1 {
		v.Brand = brandOf(c.Organization, c.Memberships[0].Brand).Name
	}
	if c.Offer != nil {
		return v.asking(c)
	}
	if c.Link.Purpose == provision.Reset {
		return v
	}
	v.NeedsName = strings.TrimSpace(v.Name) == ""
	v.Fields = c.Organization.SignUpFields
	if t := c.Organization.Terms; t != nil && c.Agreed[provision.TermsDocument] != t.Version {
		v.Terms = t
	}
	if v.pending(c.Link.AccountStatus) {
		v.Step = ProfileStep
	}
	return v
}

// told is what the holder of a link that does not open is told: whose it was,
// and where to go instead, but nothing of the account as it is now. The link
// may have been forwarded, or the address be another one.
func (v View) told() View {
	return View{
		Purpose:              v.Purpose,
		Organization:         v.Organization,
		OrganizationSlug:     v.OrganizationSlug,
		Language:             v.Language,
		OrganizationLanguage: v.OrganizationLanguage,
		TimeZone:             v.TimeZone,
		ExpiresAt:            v.ExpiresAt,
		NotBefore:            v.NotBefore,
		MemberURL:            v.MemberURL,
		SignOnURL:            v.SignOnURL,
		SelfService:          v.SelfService,
	}
}

// masked shows enough of an address for its owner to know it again: the first
// letters of its local part and domain, and the end of the domain.
func masked(address string) string {
	local, domain, _ := strings.Cut(address, "@")
	name, end := domain, ""
	if dot := strings.LastIndexByte(domain, '.'); dot > 0 {
		name, end = domain[:dot], domain[dot:]
	}
	if local == "" || name == "" {
		return ""
	}
	return first(local) + "…@" + first(name) + "…" + end
}

func first(text string) string {
	_, size := utf8.DecodeRuneInString(text)
	return text[:size]
}
