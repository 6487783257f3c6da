package provision

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/cases"

	"muster/dedupe"
	"muster/importer/failure"
	"muster/importer/reason"
	"muster/importer/record"
)

// Authority is what a run may grant: the organization as it is, and the
// operator on whose authority the run acts.
type Authority struct {
	Organization Organization
	Operator     Operator
	Brand        Brand       // where people go whose row names none; zero for a command about people who are there
	Kind         record.Kind // of rows that do not say

	brands    map[string]Brand   // by folded slug
	called    map[string][]Brand // by folded name
	names     Names
	roles     map[string]Role // by folded name
	products  map[string]string
	campaigns map[string]map[string]string // brand slug → folded slug or name → slug
}

// NewAuthority checks that the operator may import into the brand at all.
func NewAuthority(org Organization, operator Operator, brand string, kind record.Kind) (*Authority, error) {
	a := authorityOf(org, operator)
	a.Kind = kind
	b, known := a.brandOf(brand)
	switch {
	case !known:
		return nil, a.noBrand(brand)
	case operator.Blocked, !operator.Role.Dashboard:
		return nil, a.mayNot("import people")
	case !a.sees(b):
		return nil, a.unassigned(b)
	}
	a.Operator = operator.In(b.Slug)
	if kind == record.Staff && !a.Operator.May(MayCreateStaff) {
		return nil, &ConfigError{
			Msg: "only an administrator creates staff",
			Hint: fmt.Sprintf("%s may import with --kind creator or --kind client; or name an administrator with --as",
				operator.Email),
		}
	}
	a.Brand = b
	return a, nil
}

// Oversight is the authority of a command about people who are there: what the
// operator may do in all brands they see. No brand is the command's own.
func Oversight(org Organization, operator Operator) (*Authority, error) {
	a := authorityOf(org, operator)
	if operator.Blocked || !operator.Role.Dashboard {
		return nil, a.mayNot("do anything to people")
	}
	return a, nil
}

// Seen returns a brand by its slug or name, if the operator sees its people.
func (a *Authority) Seen(brand string) (Brand, error) {
	b, known := a.brandOf(brand)
	switch {
	case !known:
		return b, a.noBrand(brand)
	case !a.sees(b):
		return b, a.unassigned(b)
	}
	return b, nil
}

// brandOf finds a brand by its slug or name. Where several are called so it is the only
// one whose people the operator sees; of more it is none.
func (a *Authority) brandOf(name string) (Brand, bool) {
	if b, known := a.brands[Fold(name)]; known {
		return b, true
	}
	called := a.called[Fold(name)]
	if len(called) > 1 {
		called = a.alike(name)
	}
	if len(called) != 1 {
		return Brand{}, false
	}
	return called[0], true
}

// alike are the brands of a name whose people the operator sees.
func (a *Authority) alike(name string) []Brand {
	return slices.DeleteFunc(slices.Clone(a.called[Fold(name)]), func(b Brand) bool { return !a.sees(b) })
}

// slugs are brands that are called alike as a list names them.
func slugs(alike []Brand) string {
	all := make([]string, len(alike))
	for i, b := range alike {
		all[i] = b.Slug
	}
	return strings.Join(all, ", ")
}

func (a *Authority) noBrand(name string) error {
	if alike := a.alike(name); len(alike) > 1 {
		return &ConfigError{
			Msg:   fmt.Sprintf("several brands are called %q: %s", name, slugs(alike)),
			Hint:  "give one of these in place of the name",
			Class: failure.UnknownBrand,
		}
	}
	return &ConfigError{
		Msg:   fmt.Sprintf("organization %q has no brand %q", a.Organization.Slug, name),
		Hint:  a.theirBrands(a.VisibleBrands()),
		Class: failure.UnknownBrand,
	}
}

// theirBrands says which brands the operator sees.
func (a *Authority) theirBrands(seen []string) string {
	if len(seen) == 0 {
		return a.Operator.Email + " has no brand"
	}
	return "the brands of " + a.Operator.Email + " are: " + strings.Join(seen, ", ")
}

func (a *Authority) unassigned(b Brand) error {
	return &ConfigError{
		Msg:   fmt.Sprintf("operator %s is not assigned to brand %q", a.Operator.Email, b.Slug),
		Class: failure.AuthorityForBrand,
	}
}

// mayNot refuses an operator who is blocked, or whose role has no dashboard.
func (a *Authority) mayNot(do string) error {
	if a.Operator.Blocked {
		return &ConfigError{
			Msg:   fmt.Sprintf("operator %s is blocked", a.Operator.Email),
			Class: failure.BlockedOperator,
		}
	}
	return &ConfigError{
		Msg:   fmt.Sprintf("operator %s (%s) may not %s", a.Operator.Email, a.Operator.Role.Name, do),
		Class: failure.Authority,
	}
}

// authorityOf is the authority of an operator, before anything is checked.
func authorityOf(org Organization, operator Operator) *Authority {
	a := &Authority{
		Organization: org,
		Operator:     operator,
		brands:       map[string]Brand{},
		called:       map[string][]Brand{},
		names:        org.Names(),
		roles:        map[string]Role{},
		products:     map[string]string{},
		campaigns:    map[string]map[string]string{},
	}
	for _, b := range org.Brands {
		a.called[Fold(b.Name)] = append(a.called[Fold(b.Name)], b)
		a.brands[Fold(b.Slug)] = b
		a.campaigns[b.Slug] = map[string]string{}
		for _, c := range b.Campaigns {
			a.campaigns[b.Slug][Fold(c.Name)] = c.Slug
			a.campaigns[b.Slug][Fold(c.Slug)] = c.Slug
		}
	}
	for _, r := range org.Roles {
		a.roles[Fold(r.Name)] = r
	}
	for _, p := range org.Products {
		a.products[Fold(p)] = p
	}
	return a
}

// Fold makes names of brands, roles and the like comparable: they are typed by
// people. Identities are never folded like this.
func Fold(name string) string { return cases.Fold().String(strings.TrimSpace(name)) }

func (a *Authority) sees(b Brand) bool {
	return a.Operator.May(MaySeeAll) || slices.Contains(a.Operator.Manages, b.Slug)
}

// Policy returns what decisions depend on beside the person: the
// organization's part of it; the caller fills in what the run's flags say.
func (a *Authority) Policy() dedupe.Policy {
	p := dedupe.Policy{
		Organization: a.Organization.ID,
		Brand:        a.Brand.Slug,
		Kind:         a.Kind,
		SSO:          a.Organization.SignIn == SingleSignOn,
		Inactive:     !a.Organization.IsActive(),
		ClaimConsent: a.Organization.AsksConsent(),
		DefaultRoles: maps.Clone(a.Organization.DefaultRoles),
		Ranks:        map[string]int{},
		Dashboards:   map[string]bool{},
		Elevated:     map[string]bool{},
		Exceeding:    map[string]bool{},
		MayActivate:  a.Operator.May(MayBlock),
		MayReadmit:   a.Operator.May(MayForget) && a.Operator.May(MaySeeAll), // a mark has no brand
		Operator:     a.Operator.Account,
		OperatorRank: a.Operator.Role.Rank,
		OperatorMay:  a.Operator.capabilities(),
	}
	p.SignUpURL = cmp.Or(a.Brand.SignUpURL, a.Organization.SignUpURL)
	for _, r := range a.Organization.Roles {
		p.Ranks[r.Name] = r.Rank
		p.Dashboards[r.Name] = r.Dashboard
		p.Elevated[r.Name] = r.Elevated(a.roles[MemberRole])
		p.Exceeding[r.Name] = r.Beyond(a.Operator.Role) != ""
	}
	for _, b := range a.Organization.Brands {
		if a.sees(b) {
			p.VisibleBrands = append(p.VisibleBrands, b.Slug)
		}
	}
	p.Permissions = a.Organization.Permissions()
	p.StaffDomains = a.Organization.StaffDomains
	p.Holds = a.holds(p.VisibleBrands)
	return p
}

// Check settles what a record asks for: brands, campaigns, products and role
// become the organization's own words, the kind is filled in, and whatever
// the operator may not grant becomes a fatal problem of the row.
func (a *Authority) Check(r record.Record, columns Columns) record.Record {
	c := check{Authority: a, r: r, columns: columns}
	if c.r.Kind == "" {
		c.r.Kind = a.Kind
	}
	c.kind()
	c.brands()
	c.campaigns()
	c.rights()
	if strings.HasPrefix(c.r.Status, "activate") && !a.Operator.May(MayBlock) {
		c.problem(record.FieldStatus, reason.ActivationNotAllowed, "status %q asks to lift a block", c.r.Status)
	}
	if c.r.Status == "blocked" && !a.Operator.May(MayBlock) {
		c.problem(record.FieldStatus, reason.BlockNotAllowed,
			"status %q asks to block somebody, which %s may not", c.r.Status, a.Operator.Email)
	}
	return c.r
}

// Columns gives the header of the column that fills a field, for problems to
// name what the list calls it.
type Columns func(field record.Field) string

type check struct {
	*Authority
	r         record.Record
	columns   Columns
	brandless bool // none of the brands it names is one
}

func (c *check) problem(field record.Field, code reason.Code, format string, args ...any) {
	p := record.Problem{Code: code, Message: fmt.Sprintf(format, args...), Fatal: true}
	if c.columns != nil {
		p.Column = c.columns(field)
	}
	c.r.Problems = append(c.r.Problems, p)
}

func (c *check) kind() {
	if c.r.Kind == record.Staff && !c.Operator.May(MayCreateStaff) {
		c.problem(record.FieldKind, reason.KindNotAllowed,
			"%s may not create staff; import the row as creator or client", c.Operator.Email)
	}
}

func (c *check) brands() {
	var found []string
	for _, name := range c.apart(c.r.Brands) {
		b, known := c.brandOf(name)
		alike := c.alike(name)
		switch {
		case !known && len(alike) > 1:
			c.problem(record.FieldBrands, reason.BrandsAlike, "several brands are called %q: %s", name, slugs(alike))
		case !known:
			c.problem(record.FieldBrands, reason.UnknownBrand,
				"there is no brand %q; %s", name, c.theirBrands(c.names.Brands(c.VisibleBrands())))
		case !c.sees(b):
			c.problem(record.FieldBrands, reason.BrandNotAllowed,
				"%s is not assigned to brand %q", c.Operator.Email, c.names.Brand(b.Slug))
		case !slices.Contains(found, b.Slug):
			found = append(found, b.Slug)
		}
	}
	c.brandless = len(found) == 0 && len(c.r.Brands) > 0
	c.r.Brands = found
}

// apart takes a cell of several brands apart that lists join by a sign which may be part
// of a name as well, "Outdoor + Kitchen": where nothing is called so, and all parts are brands.
func (c *check) apart(names []string) (all []string) {
	for _, name := range names {
		unknown := func(part string) bool { _, known := c.brandOf(part); return !known }
		if parts := joinedBrands.Split(name, -1); unknown(name) && len(c.alike(name)) == 0 && !slices.ContainsFunc(parts, unknown) {
			all = append(all, parts...)
		} else {
			all = append(all, name)
		}
	}
	return all
}

var joinedBrands = regexp.MustCompile(` *[+/&] *| (?:and|und|y|et|e) `)

func (c *check) campaigns() {
	brands := c.r.Brands
	if c.brandless { // its own problem says so
		return
	}
	if len(brands) == 0 {
		brands = []string{c.Brand.Slug}
	}
	var found []string
	for _, name := range c.r.Campaigns {
		n := len(found)
		for _, brand := range brands {
			if slug, known := c.Authority.campaigns[brand][Fold(name)]; known {
				found = append(found, brand+"/"+slug)
			}
		}
		if len(found) == n {
			c.problem(record.FieldCampaigns, reason.UnknownCampaign,
				"there is no campaign %q in %s", name, strings.Join(c.names.Brands(brands), ", "))
		}
	}
	c.r.Campaigns = found
}

// rights checks role, permissions and products: what a creator's row must not
// carry, and what others may carry only within the operator's own rights. The
// role that the organization gives by default is granted like any other.
func (c *check) rights() {
	if c.r.Role == "" || c.r.Kind == record.Creator {
		role, _ := c.roleFor(record.Record{Kind: c.r.Kind})
		c.grants(role)
	}
	if c.r.Kind == record.Creator {
		c.noRights()
		return
	}
	if c.r.Role != "" {
		c.role()
	}
	c.permissions()
	c.enabled()
}

// enabled settles the products: those that the organization has enabled, and
// the operator may give.
func (c *check) enabled() {
	var products []string
	for _, name := range c.r.Products {
		p, known := c.products[Fold(name)]
		switch {
		case !known:
			c.problem(record.FieldProducts, reason.ProductNotEnabled,
				"product %q is not enabled; enabled are: %s", name, strings.Join(c.Organization.Products, ", "))
		case !c.gives(p):
			c.problem(record.FieldProducts, reason.ProductNotHeld,
				"%s has not got product %q, and may give only their own", c.Operator.Email, p)
		default:
			products = append(products, p)
		}
	}
	c.r.Products = products
}

// noRights refuses every right that stands on the row of a creator.
func (c *check) noRights() {
	for _, right := range []struct {
		field record.Field
		value string
	}{
		{record.FieldRole, c.r.Role},
		{record.FieldPermissions, c.r.Permissions},
		{record.FieldProducts, strings.Join(c.r.Products, ", ")},
	} {
		if right.value != "" {
			c.problem(right.field, reason.RightsOfCreator, "%s %q in the row of a creator", right.field, right.value)
		}
	}
}

func (c *check) role() {
	role, known := c.roles[Fold(c.r.Role)]
	if !known {
		c.problem(record.FieldRole, reason.UnknownRole,
			"there is no role %q; the roles are %s", c.r.Role, strings.Join(roleNames(c.Organization), ", "))
		return
	}
	c.grants(role)
	c.r.Role = role.Name
}

// grants checks that the operator may give somebody a role.
func (c *check) grants(role Role) {
	if why := c.withholds(role); why != "" {
		c.problem(record.FieldRole, reason.RoleNotAllowed, "%s", why)
	}
}

// withholds says why the operator may not give somebody a role, "" if they may.
func (a *Authority) withholds(role Role) string {
	if role.Elevated(a.roles[MemberRole]) && !a.Operator.May(MayAssignRoles) {
		return fmt.Sprintf("%s may not assign role %q", a.Operator.Email, role.Name)
	}
	if more := role.Beyond(a.Operator.Role); more != "" {
		return fmt.Sprintf("role %q %s", role.Name, more)
	}
	return ""
}

// roleFor returns the role that a record asks for, or else gets by default.
func (a *Authority) roleFor(r record.Record) (Role, bool) {
	role, known := a.roles[Fold(cmp.Or(r.Role, cmp.Or(a.Organization.DefaultRoles[r.Kind], MemberRole)))]
	return role, known
}

func roleNames(org Organization) []string {
	names := make([]string, len(org.Roles))
	for i, r := range org.Roles {
		names[i] = r.Name
	}
	return names
}

// gives reports whether the operator may give somebody a product.
func (a *Authority) gives(product string) bool {
	return a.Operator.May(MayGrantProducts) || slices.Contains(a.Operator.Products, product)
}

// Refuses says why the operator may not do what a record asks for, "" if they
// may. The record was checked when the list was read, perhaps for somebody
// with other rights.
func (a *Authority) Refuses(r record.Record) string {
	if r.Kind == record.Staff && !a.Operator.May(MayCreateStaff) {
		return fmt.Sprintf("%s may not create staff", a.Operator.Email)
	}
	if r.Status == "blocked" && !a.Operator.May(MayBlock) {
		return fmt.Sprintf("%s may not block anybody", a.Operator.Email)
	}
	role, known := a.roleFor(r)
	if !known {
		return fmt.Sprintf("there is no role %q", r.Role)
	}
	if why := a.withholds(role); why != "" {
		return why
	}
	if i := slices.IndexFunc(r.Products, func(p string) bool { return !a.gives(p) }); i >= 0 {
		return fmt.Sprintf("%s has not got product %q, and may give only their own", a.Operator.Email, r.Products[i])
	}
	for _, slug := range r.Brands {
		if b, known := a.brands[Fold(slug)]; !known || !a.sees(b) {
			return fmt.Sprintf("%s is not assigned to brand %q", a.Operator.Email, slug)
		}
	}
	return ""
}
