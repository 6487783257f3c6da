package provision

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/importer/identity"
	"muster/importer/record"
)

// Scope is what a run works on: the organization, on whose authority, with
// which policy.
type Scope struct {
	Authority *Authority
	Policy    dedupe.Policy
	BaseURL   string
	Database  string // its id

	Source *Source // whose lists are synced, as it is known; nil where they are only taken in
	Adopt  bool    // as in Terms
}

// Scope finds organization, brand and operator, and checks what the operator
// may do. A *ConfigError says what is missing or not allowed.
func (e *Engine) Scope(ctx context.Context, t Terms) (Scope, error) {
	org, operator, err := e.whose(ctx, t)
	if err != nil {
		return Scope{}, err
	}
	brand, err := onlyBrand(authorityOf(org, operator), t.Brand)
	if err != nil {
		return Scope{}, err
	}
	authority, err := NewAuthority(org, operator, brand, cmp.Or(t.Kind, record.Creator))
	if err != nil {
		return Scope{}, err
	}
	if t.ReissueExpired {
		if err := authority.Operator.Needs(MayReissue, "renew invite links"); err != nil {
			return Scope{}, err
		}
	}
	sc, err := e.settle(ctx, authority, t)
	if err != nil || t.Source == "" {
		return sc, err
	}
	sc.Adopt = t.Adopt
	sc.Source, err = e.source(ctx, authority, t.Source)
	return sc, err
}

// Oversight is the scope of a command about people who are there. No brand is
// its own: that of the terms is not looked at.
func (e *Engine) Oversight(ctx context.Context, t Terms) (Scope, error) {
	org, operator, err := e.whose(ctx, t)
	if err != nil {
		return Scope{}, err
	}
	authority, err := Oversight(org, operator)
	if err != nil {
		return Scope{}, err
	}
	return e.settle(ctx, authority, t)
}

// Needs refuses, with a *ConfigError, an operator who lacks a capability. The
// scope that it returns is of the brands where they have what their role says.
func (sc Scope) Needs(capability, to string) (Scope, error) {
	if err := sc.Authority.Operator.Needs(capability, to); err != nil {
		return sc, err
	}
	sc.Authority = authorityOf(sc.Authority.Organization, sc.Authority.Operator.wherever())
	sc.Policy.VisibleBrands = sc.Authority.VisibleBrands()
	return sc, nil
}

// whose finds the organization, and on whose authority something is done.
func (e *Engine) whose(ctx context.Context, t Terms) (Organization, Operator, error) {
	org, err := e.Organization(ctx, t.Organization)
	if err != nil {
		return org, Operator{}, err
	}
	operator, err := e.Operator(ctx, org, t.Operator)
	return org, operator, err
}

// settle makes the policy of an authority, and finds what the links begin with.
func (e *Engine) settle(ctx context.Context, authority *Authority, t Terms) (Scope, error) {
	err := e.mayInviteFor(ctx, authority, t.Inviter)
	if err != nil {
		return Scope{}, err
	}
	p := authority.Policy()
	p.OnEmailMatch = cmp.Or(t.OnEmailMatch, dedupe.ClaimMatches)
	p.OnProfileMatch = cmp.Or(t.OnProfileMatch, dedupe.HoldMatches)
	p.OnDifference = cmp.Or(t.OnDifference, dedupe.FillDifferences)
	p.Invite = cmp.Or(t.Invite, dedupe.InviteReport)
	p.ReissueExpired = t.ReissueExpired
	p.Inviter = t.Inviter
	p.Note = t.Note
	p.NoClaimNotice = t.NoClaimNotice
	p.LinkTTL = dedupe.Duration(cmp.Or(t.LinkTTL, linkLife(p.Invite)))
	p.LinkWorkday = t.LinkWorkday
	p.NotBefore = t.NotBefore.UTC()
	p.Now = e.Now()
	if p.LastAdministrator, err = e.lastAdministrator(ctx, authority.Organization); err != nil {
		return Scope{}, err
	}
	base, err := e.baseURL(ctx, t.BaseURL, p.Invite != dedupe.InviteNone || p.ClaimConsent)
	if err != nil {
		return Scope{}, err
	}
	database, err := e.Store.Database(ctx)
	return Scope{Authority: authority, Policy: p, BaseURL: base, Database: database}, err
}

// lastAdministrator is the id of the only account that may edit an organization,
// "" where there are several.
func (e *Engine) lastAdministrator(ctx context.Context, org Organization) (string, error) {
	operators, err := e.Store.Operators(ctx, org.ID)
	operators = slices.DeleteFunc(operators, func(o Operator) bool { return !o.May(MayEditOrganization) })
	if err != nil || len(operators) != 1 {
		return "", err
	}
	return operators[0].Account, nil
}

// How long an invite link lives from when it is first shown, if nobody says
// otherwise, and what may be said.
const (
	ReportedLife = 7 * 24 * time.Hour // handed over by a person who has the report
	MailedLife   = 24 * time.Hour
	ShortestLife = 5 * time.Minute
	LongestLife  = 30 * 24 * time.Hour
)

func linkLife(i dedupe.Invite) time.Duration {
	if i == dedupe.InviteMail {
		return MailedLife
	}
	return ReportedLife
}

// Organization finds the organization by slug, or the only one there is: what
// every command means by "the only organization". Those that a directory
// brought in have no administrator, and are nobody's choice unless named.
func (e *Engine) Organization(ctx context.Context, slug string) (Organization, error) {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return Organization{}, err
	}
	if slug == "" && len(all) > 1 {
		if all, err = e.administered(ctx, all); err != nil {
			return Organization{}, err
		}
	}
	var slugs []string
	for _, o := range all {
		if o.Slug == slug || slug == "" && len(all) == 1 {
			return o, nil
		}
		slugs = append(slugs, o.Slug)
	}
	switch {
	case len(all) == 0:
		return Organization{}, &ConfigError{Msg: "the database holds no organization", Class: failure.NoOrganization}
	case slug == "":
		return Organization{}, &ConfigError{
			Msg:   "there are several organizations: " + strings.Join(slugs, ", "),
			Class: failure.Organization,
		}
	default:
		return Organization{}, &ConfigError{
			Msg:  "there is no organization \"" + slug + "\"",
			Hint: "there are: " + strings.Join(slugs, ", "),
		}
	}
}

// administered returns the organizations that somebody administers.
func (e *Engine) administered(ctx context.Context, all []Organization) ([]Organization, error) {
	var ours []Organization
	for _, o := range all {
		operators, err := e.Store.Operators(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(operators, func(p Operator) bool { return p.May(MayCreateStaff) }) {
			ours = append(ours, o)
		}
	}
	return ours, nil
}

// Edited reports whether there is anybody, blocked or not, whose role lets them
// edit an organization: until there is, whoever may open the database may.
func (e *Engine) Edited(ctx context.Context, org Organization) (bool, error) {
	operators, err := e.Store.Operators(ctx, org.ID)
	return slices.ContainsFunc(operators, func(p Operator) bool { return p.Role.Can(MayEditOrganization) }), err
}

// Operator finds the operator by address, or the only administrator, or the only
// one as whom the login of the database may act. It has to be one as whom it may.
func (e *Engine) Operator(ctx context.Context, org Organization, address string) (Operator, error) {
	gate, err := e.gate(ctx, org)
	if err != nil {
		return Operator{}, err
	}
	o, err := e.operator(ctx, org, cmp.Or(address, gate.only()))
	if err != nil {
		return Operator{}, err
	}
	return o, gate.admits(o)
}

func (e *Engine) operator(ctx context.Context, org Organization, address string) (Operator, error) {
	if address != "" {
		return e.namedOperator(ctx, org, address)
	}
	all, err := e.Store.Operators(ctx, org.ID)
	if err != nil {
		return Operator{}, err
	}
	var administrators []Operator
	var names []string
	for _, o := range all {
		if o.May(MayCreateStaff) {
			administrators = append(administrators, o)
			names = append(names, o.Email)
		}
	}
	switch len(administrators) {
	case 1:
		return administrators[0], nil
	case 0:
		return Operator{}, &ConfigError{
			Msg:  "organization \"" + org.Slug + "\" has no administrator",
			Hint: "list one under administrators in the organization file, and apply it",
		}
	default:
		return Operator{}, e.several(ctx, org, names)
	}
}

// several says that an organization has several administrators, and who they are
// where nobody else's organization is in the database: whoever asks may be of that.
func (e *Engine) several(ctx context.Context, org Organization, names []string) error {
	all, err := e.Store.Organizations(ctx)
	if err == nil && len(all) > 1 {
		all, err = e.administered(ctx, all)
	}
	if err != nil {
		return err
	}
	msg := fmt.Sprintf("organization %q has several administrators", org.Slug)
	if len(all) == 1 {
		msg += ": " + strings.Join(names, ", ")
	}
	return &ConfigError{Msg: msg, Class: failure.Operator}
}

// onlyBrand is the brand that is named, or the only one of the organization.
// Of several those are named to the operator that they see.
func onlyBrand(a *Authority, name string) (string, error) {
	org := a.Organization
	switch {
	case name != "":
		return name, nil
	case len(org.Brands) == 1:
		return org.Brands[0].Slug, nil
	case len(org.Brands) == 0:
		return "", &ConfigError{
			Msg:  "organization \"" + org.Slug + "\" has no brand",
			Hint: "add one to the organization file, and apply it",
		}
	default:
		return "", &ConfigError{
			Msg:   "organization \"" + org.Slug + "\" has several brands; " + a.theirBrands(a.VisibleBrands()),
			Class: failure.Brand,
		}
	}
}

// BaseURLSetting is where the public base URL is kept between runs.
const BaseURLSetting = "base_url"

// baseURL settles the base URL of links: the one asked for, or the first that
// was ever asked for.
func (e *Engine) baseURL(ctx context.Context, asked string, needed bool) (string, error) {
	if asked != "" {
		return asked, CheckBaseURL(asked)
	}
	kept, err := e.Store.Setting(ctx, BaseURLSetting)
	if err == nil && kept == "" && needed {
		err = &ConfigError{
			Msg:   "the public address of the claim page is not known, and it is inside every link",
			Class: failure.BaseURL,
		}
	}
	return kept, err
}

func (e *Engine) namedOperator(ctx context.Context, org Organization, address string) (Operator, error) {
	email, _, err := identity.ParseEmail(address)
	if err != nil {
		return Operator{}, &ConfigError{
			Msg:  fmt.Sprintf("--as %q is no email address", address),
			Hint: "name an administrator's address",
		}
	}
	o, err := e.Store.Operator(ctx, org.ID, email)
	if errors.Is(err, ErrNotFound) {
		return o, &ConfigError{
			Msg:   fmt.Sprintf("%s is nobody in organization %q", email.Address, org.Slug),
			Class: failure.UnknownOperator,
		}
	}
	return o, err
}

// CheckBaseURL refuses what is no address of a web page, with a *ConfigError.
func CheckBaseURL(base string) error {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" ||
		u.Fragment != "" || u.User != nil {
		return &ConfigError{
			Msg:  fmt.Sprintf("--base-url %q is no address of a web page", base),
			Hint: "give it like https://claim.example.com",
		}
	}
	return nil
}

// What the first use of an embedded database makes. The ids are fixed, so that
// a plan made before the database holds afterwards.
const (
	FirstUseSlug     = "default"
	FirstUseID       = "00000000-0000-7000-8000-000000000001"
	FirstUseOperator = "administrator@muster.invalid"
	FirstUseBaseURL  = "http://localhost:8080"
)

// NewDatabase is what a plan is bound to that was made before the embedded
// database was.
const NewDatabase = "new"
