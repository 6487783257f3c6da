// Package directory takes in what the platform knows already: its export of
// accounts, the file of an organization, and what first use needs. What follows
// from them is decided here, by pure functions; the store only writes it.
package directory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/failure"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// directoryColumns are the columns of an export of the platform's accounts.
// Only the email is needed; a missing column leaves its field empty.
var directoryColumns = []string{"email", "name", "status", "external_id", "connected_profiles", "declared_profiles", "organization", "brand", "kind", "role"}

// A ExportError names a cell of an export that cannot be read.
type ExportError struct {
	record.Place
	Column, Msg, Hint string
}

func (e *ExportError) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s", e.File, e.Line, e.Column, e.Msg)
}

// Failure says that the export cannot be used as it is.
func (e *ExportError) Failure() (failure.Class, string) { return failure.Input, e.Hint }

// LoadDirectory takes in an export of accounts the platform has. The file is
// read whole before anything is written; loading it again changes nothing.
// Rows that contradict each other are left out: whose they are is not guessed,
// and no status or block of theirs goes anywhere.
func Load(ctx context.Context, e *provision.Engine, path, organization string) (provision.DirectoryLoad, error) {
	var total provision.DirectoryLoad
	own, err := e.Organization(ctx, organization)
	if err != nil {
		return total, err
	}
	l, err := importer.Open(path, importer.Options{})
	if err != nil {
		return total, err
	}
	defer l.Close()
	total.Columns = l.Info().Columns
	d := directory{own: own, columns: directoryIndex(total.Columns), wanted: map[string][]string{}}
	if _, ok := d.columns["email"]; !ok {
		return total, &provision.HeaderError{File: path, Column: "email", Msg: "the export has no such column", Hint: "its columns are: " + join(directoryColumns)}
	}
	found, err := d.contradictions(ctx, l)
	if err != nil {
		return total, err
	}
	by := provision.Author{Source: "directory load", At: e.Now()}
	if err := d.settle(ctx, e, by); err != nil {
		return total, err
	}
	chunk := make([]Account, 0, directoryChunk)
	flush := func() error {
		counts, err := LoadAccounts(ctx, e.Store, chunk, by, e.NewID)
		if errors.Is(err, provision.ErrMoved) { // an id of before may belong to somebody who has another address by now
			for i := range chunk {
				chunk[i].ID = e.NewID()
			}
			counts, err = LoadAccounts(ctx, e.Store, chunk, by, e.NewID)
		}
		total.Added, total.Updated, total.Unchanged = total.Added+counts.Added, total.Updated+counts.Updated, total.Unchanged+counts.Unchanged
		chunk = chunk[:0]
		return err
	}
	err = d.each(ctx, l, func(row record.Row, a Account) error {
		if code, why, rejected := found.rejects(a, d.slug(row)); rejected {
			total.Rejected = append(total.Rejected, provision.RejectedAccount{Place: row.Place, Cells: slices.Clone(row.Cells), Reason: code, Why: why})
			return nil
		}
		a.ID = directoryID(a)
		a.Before = a.ID
		if chunk = append(chunk, a); len(chunk) == directoryChunk {
			return flush()
		}
		return nil
	})
	if err == nil && len(chunk) > 0 {
		err = flush()
	}
	if err == nil && total.Added+total.Updated >= provision.ManyRows {
		e.Refreshed(e.Store.Refresh(ctx))
	}
	return total, err
}

// directoryID is the id that an account of an export gets where it is new: the
// same wherever it is loaded, so that a plan made on a copy of the database,
// or before there was one, holds once the export is loaded for good.
func directoryID(a Account) string {
	known := a.Email.Value
	switch {
	case known != "":
	case a.ExternalID != "":
		known = dedupe.ExternalSpace(a.Organization) + "\x00" + a.ExternalID
	default:
		k := a.Connected[0].Key()
		known = k.Space + "\x00" + k.Value
	}
	return uuid.NewSHA1(directorySpace, []byte(known)).String()
}

// directorySpace keeps these ids apart from anybody else's made the same way.
var directorySpace = uuid.MustParse("6d757374-6572-8000-8000-646972656374")

// directoryChunk is how many accounts of an export go into one transaction.
const directoryChunk = 1000

func directoryIndex(headers []string) map[string]int {
	index := map[string]int{}
	for i, h := range headers {
		name := strings.ReplaceAll(strings.ReplaceAll(provision.Fold(h), " ", "_"), "-", "_")
		if slices.Contains(directoryColumns, name) {
			index[name] = i
		}
	}
	return index
}

// directory is an export being read.
type directory struct {
	own           provision.Organization
	columns       map[string]int
	wanted        map[string][]string               // brands named, by organization
	organizations map[string]provision.Organization // by slug, once settled
}

// contradictions reads the export whole, and once more where it seems to
// contradict itself.
func (d *directory) contradictions(ctx context.Context, l *importer.List) (*contradictions, error) {
	c := newContradictions()
	err := d.each(ctx, l, func(row record.Row, a Account) error {
		c.suspect(a, d.slug(row))
		return nil
	})
	if c.first = nil; err != nil || len(c.suspects) == 0 {
		return c, err
	}
	return c, d.each(ctx, l, func(row record.Row, a Account) error {
		c.look(a, d.slug(row), row.Place)
		return nil
	})
}

func (d *directory) each(ctx context.Context, l *importer.List, f func(record.Row, Account) error) error {
	for row, err := range l.Rows(ctx) {
		if err != nil {
			return err
		}
		a, err := d.account(row)
		if err != nil {
			return err
		}
		if err := f(row, a); err != nil {
			return err
		}
	}
	return nil
}

// settle makes the organizations and brands that the export names and the
// database lacks; those of the run's own organization must exist.
func (d *directory) settle(ctx context.Context, e *provision.Engine, by provision.Author) error {
	all, err := e.Store.Organizations(ctx)
	if err != nil {
		return err
	}
	d.organizations = map[string]provision.Organization{}
	for _, o := range all {
		d.organizations[o.Slug] = o
	}
	for slug, brands := range d.wanted {
		o, known := d.organizations[slug]
		if !known {
			o = provision.Organization{Slug: slug, Name: slug, SignIn: provision.PasswordSignIn}
		}
		missing := false
		for _, b := range brands {
			if !slices.Contains(o.BrandSlugs(), b) {
				o.Brands = append(o.Brands, provision.Brand{Slug: b, Name: b})
				missing = true
			}
		}
		if known && !missing {
			continue
		}
		changed, err := SaveOrganization(ctx, e.Store, o, by, e.NewID)
		if err != nil {
			return err
		}
		d.organizations[slug] = changed.Organization
	}
	return nil
}

func (d *directory) account(row record.Row) (Account, error) {
	cell := func(column string) string { return d.cell(row, column) }
	wrong := func(column, hint, format string, args ...any) error {
		return &ExportError{Place: row.Place, Column: column, Msg: fmt.Sprintf(format, args...), Hint: hint}
	}
	a := Account{Name: cell("name"), ExternalID: cell("external_id"), Status: dedupe.Created, Kind: cmp.Or(cell("kind"), "creator"), Role: cmp.Or(cell("role"), provision.MemberRole)}
	if text := cell("email"); text != "" {
		email, _, err := identity.ParseEmail(text)
		if err != nil {
			return a, wrong("email", "correct the address", "%q is no email address", text)
		}
		a.Email = email
	}
	switch status := cell("status"); status {
	case "":
	case "blocked":
		a.Blocked = true
	case "created", "invited", "registering", "registered":
		a.Status = dedupe.Status(status)
	default:
		return a, wrong("status", "use created, invited, registering, registered or blocked", "%q is no status", status)
	}
	if kind := record.Kind(a.Kind); kind != record.Creator && kind != record.Staff && kind != record.Client {
		return a, wrong("kind", "use creator, staff or client", "%q is no kind", a.Kind)
	}
	var err error
	if a.Connected, err = profilesOf(cell("connected_profiles")); err != nil {
		return a, wrong("connected_profiles", "write whole links, separated by spaces", "%v", err)
	}
	if a.Declared, err = profilesOf(cell("declared_profiles")); err != nil {
		return a, wrong("declared_profiles", "write whole links, separated by spaces", "%v", err)
	}
	if a.Email.IsZero() && a.ExternalID == "" && len(a.Connected) == 0 {
		return a, wrong("email", "give an email, an external id or a connected profile", "nothing to know the account by")
	}
	return a, d.place(&a, d.slug(row), cell("brand"), wrong)
}

func (d *directory) cell(row record.Row, column string) string {
	i, ok := d.columns[column]
	if !ok || i >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[i])
}

// slug names the organization whose the account of a row is.
func (d *directory) slug(row record.Row) string {
	return cmp.Or(d.cell(row, "organization"), d.own.Slug)
}

// place settles whose the account is, and which brand it is in.
func (d *directory) place(a *Account, organization, brand string, wrong func(column, hint, format string, args ...any) error) error {
	if !isSlug(organization) {
		return wrong("organization", "use the organization's slug", "%q is no slug", organization)
	}
	if brand != "" && !isSlug(brand) {
		return wrong("brand", "use the brand's slug", "%q is no slug", brand)
	}
	if d.organizations == nil { // first reading: collect
		if organization == d.own.Slug && brand != "" && !slices.Contains(d.own.BrandSlugs(), brand) {
			return wrong("brand", "its brands are: "+join(d.own.BrandSlugs()), "organization %q has no brand %q", organization, brand)
		}
		if brand != "" && !slices.Contains(d.wanted[organization], brand) {
			d.wanted[organization] = append(d.wanted[organization], brand)
		} else if d.wanted[organization] == nil {
			d.wanted[organization] = []string{}
		}
		return nil
	}
	o := d.organizations[organization]
	a.Organization = o.ID
	for _, b := range o.Brands {
		if b.Slug == brand {
			a.Brand = b.ID
		}
	}
	return nil
}

func profilesOf(cell string) ([]identity.Profile, error) {
	profiles, refused := identity.ParseProfiles(cell, "")
	for _, r := range refused {
		if r.Reason != reason.Placeholder {
			return nil, errors.New(reason.Of(r.Reason).Meaning)
		}
	}
	return profiles, nil
}
