package directory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/failure"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// columns are those of an export of the platform's accounts. Only the email is
// needed; a missing column leaves its field empty.
var columns = []string{
	"email", "name", "status", "external_id", "connected_profiles", "declared_profiles",
	"organization", "brand", "kind", "role",
}

// An export is a file of accounts the platform has, being read.
type export struct {
	list          *importer.List
	authority     *provision.Authority
	own           provision.Organization            // its; whose accounts they are where a row does not say
	columns       map[string]int                    // name → place
	wanted        map[string][]string               // brands named, by slug of the organization
	organizations map[string]provision.Organization // by slug, once settled
	rights        *rights                           // once settled
}

func newExport(path string, l *importer.List, a *provision.Authority) (*export, error) {
	x := &export{list: l, authority: a, own: a.Organization, columns: map[string]int{}, wanted: map[string][]string{}}
	for i, h := range l.Info().Columns {
		name := strings.NewReplacer(" ", "_", "-", "_").Replace(provision.Fold(h))
		if slices.Contains(columns, name) {
			x.columns[name] = i
		}
	}
	if _, there := x.columns["email"]; !there {
		return nil, &provision.HeaderError{File: path, Column: "email", Msg: "the export has no such column",
			Hint: "its columns are: " + strings.Join(columns, ", ")}
	}
	return x, nil
}

// contradictions reads the export whole, and once more where it seems to
// contradict itself. What cannot be read in it is told together.
func (x *export) contradictions(ctx context.Context) (*contradictions, error) {
	c := newContradictions()
	var faults *ExportError
	err := x.each(ctx, func(row record.Row, a Account, fault error) error {
		switch found, is := errors.AsType[*ExportError](fault); {
		case fault == nil:
			c.suspect(a, x.slug(row))
			return nil
		case !is:
			return fault
		case faults == nil:
			faults = found
		default:
			faults.also(found)
		}
		return nil
	})
	if err == nil && faults != nil {
		err = faults
	}
	if c.first = nil; err != nil || len(c.suspects) == 0 {
		return c, err
	}
	return c, x.accounts(ctx, func(row record.Row, a Account) error {
		c.look(a, x.slug(row), row.Place)
		return nil
	})
}

// accounts reads an export that can be read from its beginning.
func (x *export) accounts(ctx context.Context, f func(record.Row, Account) error) error {
	return x.each(ctx, func(row record.Row, a Account, fault error) error {
		if fault != nil {
			return fault
		}
		return f(row, a)
	})
}

// each reads the export from its beginning, and says what is wrong with a row.
func (x *export) each(ctx context.Context, f func(record.Row, Account, error) error) error {
	for row, err := range x.list.Rows(ctx) {
		if err != nil {
			return err
		}
		a, fault := x.account(row)
		if err := f(row, a, fault); err != nil {
			return err
		}
	}
	return nil
}

// slug names the organization whose the account of a row is.
func (x *export) slug(row record.Row) string {
	return cmp.Or(cells{x, row}.at("organization"), x.own.Slug)
}

// account reads a row.
func (x *export) account(row record.Row) (Account, error) {
	c := cells{x, row}
	a := Account{
		Name:       c.at("name"),
		ExternalID: c.at("external_id"),
		Status:     dedupe.Created,
		Kind:       cmp.Or(record.Kind(c.at("kind")), record.Creator),
		Role:       cmp.Or(c.at("role"), provision.MemberRole),
	}
	for _, read := range []func(cells, *Account) error{readEmail, readStatus, readKind, readProfiles} {
		if err := read(c, &a); err != nil {
			return a, err
		}
	}
	if a.Email.IsZero() && a.ExternalID == "" && len(a.Connected) == 0 {
		return a, c.wrong("email", "give an email, an external id or a connected profile",
			"nothing to know the account by")
	}
	x.lower(c, &a)
	return a, x.place(c, &a)
}

// lower makes a member of somebody whose role the operator may not give: it
// ranks above them, or is of another organization, where they have no say.
func (x *export) lower(c cells, a *Account) {
	if provision.Fold(a.Role) == provision.MemberRole || x.slug(c.row) == x.own.Slug && x.authority.MayGive(a.Role) {
		return
	}
	a.Role = provision.MemberRole
	a.Lowered = true
}

func readEmail(c cells, a *Account) error {
	text := c.at("email")
	if text == "" {
		return nil
	}
	email, _, err := identity.ParseEmail(text)
	if err != nil {
		return c.wrong("email", "correct the address", "%q is no email address", text)
	}
	a.Email = email
	return nil
}

func readStatus(c cells, a *Account) error {
	switch status := c.at("status"); status {
	case "":
	case "blocked":
		a.Blocked = true
	case "created", "invited", "registering", "registered":
		a.Status = dedupe.Status(status)
	default:
		return c.wrong("status", "use created, invited, registering, registered or blocked", "%q is no status", status)
	}
	return nil
}

func readKind(c cells, a *Account) error {
	switch a.Kind {
	case record.Creator, record.Staff, record.Client:
		return nil
	default:
		return c.wrong("kind", "use creator, staff or client", "%q is no kind", a.Kind)
	}
}

func readProfiles(c cells, a *Account) error {
	a.Connected = profilesOf(c, "connected_profiles", a)
	a.Declared = profilesOf(c, "declared_profiles", a)
	return nil
}

// profilesOf reads the profiles of a cell; what is none goes into Unread.
func profilesOf(c cells, column string, a *Account) []identity.Profile {
	profiles, refused := identity.ParseProfiles(c.at(column), "")
	for _, r := range refused {
		r.Text = cmp.Or(r.Text, c.at(column))
		a.Unread = append(a.Unread, Unread{column, r})
	}
	return profiles
}

// cells are those of a row of an export.
type cells struct {
	*export
	row record.Row
}

// at is what stands in a column, "" where the export has none.
func (c cells) at(column string) string {
	i, there := c.columns[column]
	if !there || i >= len(c.row.Cells) {
		return ""
	}
	return strings.TrimSpace(c.row.Cells[i])
}

func (c cells) wrong(column, hint, format string, args ...any) error {
	return &ExportError{Place: c.row.Place, Column: column, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// An ExportError names a cell of an export that cannot be read, and where others like it are.
type ExportError struct {
	record.Place
	Column, Msg, Hint string

	others []string // the first few, as line and column
	more   int      // cells beyond them
}

func (e *ExportError) Error() string {
	text := fmt.Sprintf("%s:%d: %s: %s", e.File, e.Line, e.Column, e.Msg)
	if len(e.others) > 0 {
		text += "; and " + strings.Join(e.others, ", ")
	}
	if e.more > 0 {
		text += fmt.Sprintf(" and %d more", e.more)
	}
	return text
}

// also adds a cell that cannot be read, either.
func (e *ExportError) also(other *ExportError) {
	const shown = 5
	if len(e.others) == shown {
		e.more++
		return
	}
	e.others = append(e.others, fmt.Sprintf("line %d: %s: %s", other.Line, other.Column, other.Msg))
}

// Failure says that the export cannot be used as it is.
func (e *ExportError) Failure() (failure.Class, string) { return failure.Input, e.Hint }
