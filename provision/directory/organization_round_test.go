package directory_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.yaml.in/yaml/v3"

	"muster/dedupe/permission"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/directory"
	"muster/provision/store/storetest"
)

// An organization that is shown and applied again does not change, whatever is
// in it; and a file that is read says the same when it is written.
func TestWhatIsShownChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		by := provision.Author{At: time.Now().UTC()}
		apply := func(text []byte) directory.OrganizationChanges {
			o, err := directory.ReadOrganization(strings.NewReader(string(text)))
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			done, err := directory.SaveOrganization(t.Context(), s, o, by, uuid.NewString)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			return done
		}
		show := func(o provision.Organization) []byte {
			text, err := yaml.Marshal(o)
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
		random := rand.New(rand.NewPCG(1, 2))
		for n := range 60 {
			generated := show(anOrganization(random, fmt.Sprint("o", n)))
			apply(generated)
			again := show(anOrganization(random, fmt.Sprint("o", n))) // with changes in it
			shown := show(apply(again).Organization)
			if done := apply(shown); len(done.Changes) > 0 {
				t.Errorf("%q after\n%s\nthen\n%s\nshown as\n%s", done.Changes, generated, again, shown)
			}
			if done := apply(again); len(done.Changes) > 0 {
				t.Errorf("%q the second time after\n%s", done.Changes, again)
			}
		}
	})
}

// anOrganization is one of many that a file may describe.
func anOrganization(r *rand.Rand, slug string) provision.Organization {
	some := func() bool { return r.IntN(2) == 0 }
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	address := func() string { return pick("", "https://a.example.com/in?x=1", "http://localhost:8080") }
	name := func() string {
		return pick("", "yes", "1.0", "Ünïcode & <b>", "- dash: colon", "'quoted' \"twice\"", " padded ")
	}
	maybe := func() *bool {
		if some() {
			return nil
		}
		return new(some())
	}
	o := provision.Organization{
		Slug:         slug,
		Name:         name(),
		SignIn:       pick("", "password", "sso"),
		SignUpURL:    address(),
		Active:       maybe(),
		MemberURL:    address(),
		DashboardURL: address(),
		SSOURL:       address(),
		Products:     slices.Compact(slices.Sorted(slices.Values([]string{pick("ads", "chat"), pick("chat", "reports")}))),
		DefaultRoles: map[record.Kind]string{record.Staff: pick("member", "manager")},
		Roles: []provision.Role{
			{Name: "manager", Rank: 11 + r.IntN(89), Dashboard: some(), Capabilities: []string{pick("links:reissue", "*")}},
			{Name: "member", Rank: 10},
		},
		Page: provision.Page{
			Language:         pick("", "en", "de", "fr"),
			SelfServiceLinks: maybe(),
			SecondFactor:     maybe(),
		},
	}
	o.Access = someAccess(r)
	for _, login := range []string{"nightly", "yes"}[:r.IntN(3)] {
		o.Administrators = []string{"ada@example.com"}
		o.Logins = append(o.Logins, provision.Login{Login: login, As: "ada@example.com"})
	}
	if some() {
		o.Terms = &provision.Agreement{URL: pick("", "https://example.com/terms")}
		if o.Terms.URL != "" {
			o.Terms.Version = pick("1", "2026-01-01", "null")
		}
	}
	for _, field := range []string{"city", "size", "birthday"}[:r.IntN(4)] {
		f := provision.SignUpField{Name: field, Required: some(), Label: map[string]string{"en": pick("Your city", "yes", "#")}}
		f.Kind = provision.FieldKind(pick("", "text", "date", "choice"))
		if f.Kind == provision.ChoiceField {
			f.Choices = []string{pick("no", "0x1f"), pick("~", "M: L")}
		}
		o.SignUpFields = append(o.SignUpFields, f)
	}
	for i := range 1 + r.IntN(3) {
		b := provision.Brand{Slug: fmt.Sprint("b", i), Name: name(), MemberURL: address(), DashboardURL: address()}
		if some() {
			b.Campaigns = []provision.Campaign{{Slug: "launch", Name: name()}}
		}
		o.Brands = append(o.Brands, b)
	}
	return o
}

// someAccess is one of many ways to say who may do what.
func someAccess(r *rand.Rand) provision.Access {
	var a provision.Access
	leaves := []string{"messages.read", "messages.send", "on", "reports.1.null", "reports.view", "tasks"}
	for _, leaf := range leaves {
		if r.IntN(3) > 0 {
			a.PermissionTree = append(a.PermissionTree, leaf)
		}
	}
	if len(a.PermissionTree) > 0 {
		a.PermissionDefaultWithout = []string{a.PermissionTree[0]}
		a.Plan = &provision.Plan{Never: []string{a.PermissionTree[len(a.PermissionTree)-1]}}
	} else {
		a = provision.Access{Plan: &provision.Plan{}, PermissionTree: permission.Tree{}, PermissionDefaultWithout: []string{}}
	}
	if r.IntN(2) == 0 {
		a.Plan.Name = "team"
		a.Plan.Permissions = []permission.Mode{permission.Default, permission.Clone}
		a.Plan.Limits = map[record.Kind]int{record.Staff: r.IntN(9), record.Client: 0}
	}
	if r.IntN(2) == 0 {
		a.StaffDomains = []string{"example.com", "xn--mnchen-3ya.example"}
		a.ClaimConsent = new(r.IntN(2) == 0)
	}
	return a
}
