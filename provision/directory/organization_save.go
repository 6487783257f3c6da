package directory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// SaveOrganizationAction is what the audit calls that an organization file was
// applied.
const SaveOrganizationAction change.Action = "organization saved"

// OrganizationChanges says what an organization file changes, or has changed, as
// words for people.
type OrganizationChanges struct {
	Organization provision.Organization
	Changes      []string // "brand \"summer\" added"
	New          bool     // there was no such organization before
}

// SaveOrganization makes an organization what a file says, in one transaction:
// difference.compare has the rules, and appoint those of the people it names.
// It returns the organization as it is then, and words that say what has
// changed; saving the same file again changes nothing. It asks nobody's rights:
// ApplyOrganization does.
func SaveOrganization(
	ctx context.Context, w provision.Writer, file provision.Organization, by provision.Author, newID func() string,
) (OrganizationChanges, error) {
	return saving{file: file, by: by, newID: newID}.in(ctx, w)
}

// in saves the organization in one transaction.
func (s saving) in(ctx context.Context, w provision.Writer) (done OrganizationChanges, err error) {
	if s.file.Slug == "" {
		return done, errors.New("saving an organization: it has no slug")
	}
	if s.administrators, err = administratorEmails(s.file.Administrators); err != nil {
		return done, fmt.Errorf("saving organization %q: %w", s.file.Slug, err)
	}
	err = provision.Retry(func() error {
		return w.InTx(ctx, func(tx provision.Tx) (err error) {
			once := s
			once.tx = tx
			done, err = once.save(ctx)
			return err
		})
	})
	if config := (*provision.ConfigError)(nil); errors.As(err, &config) {
		return OrganizationChanges{}, err // it says all there is to say
	}
	if err != nil && !errors.Is(err, errRehearsed) {
		return OrganizationChanges{}, fmt.Errorf("saving organization %q: %w", s.file.Slug, err)
	}
	return done, nil
}

// errRehearsed takes back what was only to be seen.
var errRehearsed = errors.New("rehearsed")

func (c *OrganizationChanges) say(changes []OrganizationChange) {
	for _, change := range changes {
		c.Changes = append(c.Changes, change.String())
	}
}

// A saving is one transaction that saves an organization.
type saving struct {
	tx             provision.Tx
	file           provision.Organization
	administrators []identity.Email
	by             provision.Author
	newID          func() string
	links          provision.LinkMaker // who knows those who were erased; nil where nobody does

	editor    *provision.Operator // on whose authority; nil asks for no rights
	rehearses bool                // nothing is kept
	prunes    bool                // what the file lacks is put away
	agreed    []string            // what it was agreed to change; nil for whatever it does
}

// save writes what differs: the organization first, then its administrators,
// who need its brands, then logins, which may act as them.
func (s *saving) save(ctx context.Context) (OrganizationChanges, error) {
	var done OrganizationChanges
	now, err := s.read(ctx)
	if err != nil {
		return done, err
	}
	done.New = now.ID == ""
	administered, err := s.administered(ctx, now)
	if err != nil {
		return done, err
	}
	changes, err := s.itself(ctx, now)
	if err != nil {
		return done, err
	}
	if done.Organization, err = s.read(ctx); err != nil {
		return done, err
	}
	done.say(changes)
	var seats map[record.Kind]int // its first administrators it has whatever its plan says
	if administered {
		seats = done.Organization.Limits()
	}
	made, err := s.appoint(ctx, now, done.Organization, seats)
	if err != nil {
		return done, err
	}
	done.Changes = append(done.Changes, made...)
	logins, err := s.logins(ctx, now, done.Organization)
	if err != nil {
		return done, err
	}
	done.say(logins)
	if err := s.audit(ctx, append(changes, logins...)); err != nil {
		return done, err
	}
	if administered {
		if err := s.tx.Administered(ctx, now.ID); err != nil {
			return done, err
		}
	}
	return done, s.end(done)
}

// archive reads what is put away of the organization.
func (s *saving) archive(ctx context.Context, now provision.Organization) (provision.Archive, error) {
	if now.ID == "" {
		return provision.Archive{}, nil
	}
	return s.tx.Archived(ctx, now.ID)
}

// administered reports whether an organization had an administrator before: then
// it keeps one, whatever becomes of its roles.
func (s *saving) administered(ctx context.Context, now provision.Organization) (bool, error) {
	if now.ID == "" {
		return false, nil
	}
	err := s.tx.Administered(ctx, now.ID)
	if _, none := errors.AsType[*provision.LastAdministratorError](err); none {
		return false, nil
	}
	return err == nil, err
}

// end says whether what was written is kept.
func (s *saving) end(done OrganizationChanges) error {
	switch {
	case s.rehearses:
		return errRehearsed
	case s.agreed != nil && !slices.Equal(s.agreed, done.Changes):
		return &provision.StalePlanError{
			Msg:  "the organization has changed since it was shown what the file would do",
			Hint: "apply the file again, and look at what it does now",
		}
	}
	return nil
}

// appoint makes the administrators of the file, as far as the editor may.
func (s *saving) appoint(ctx context.Context, now, then provision.Organization, seats map[record.Kind]int) ([]string, error) {
	owners, err := owners(ctx, s.tx, s.administrators)
	if err == nil {
		err = unerased(ctx, s.tx, s.links, then, newcomers(s.administrators, owners))
	}
	if err != nil {
		return nil, err
	}
	if s.editor != nil {
		for _, e := range s.administrators {
			if err := mayAppoint(*s.editor, now, e, owners[e.Key()]); err != nil {
				return nil, err
			}
			if err := mayTakeIn(now, then, e, owners[e.Key()]); err != nil {
				return nil, err
			}
		}
	}
	return appointAll(ctx, s.tx, then, seats, s.administrators, owners, s.by, s.newID)
}

// read finds the organization as it stands, the zero value for none.
func (s *saving) read(ctx context.Context) (provision.Organization, error) {
	all, err := s.tx.Organizations(ctx)
	i := slices.IndexFunc(all, func(o provision.Organization) bool { return o.Slug == s.file.Slug })
	if err != nil || i < 0 {
		return provision.Organization{}, err
	}
	return all[i], nil
}

// itself writes those rows of the organization that differ, and ends its live
// links where it goes over to single sign-on.
func (s *saving) itself(ctx context.Context, now provision.Organization) ([]OrganizationChange, error) {
	var live []provision.LiveLink
	if signsOn(now, s.file) {
		var err error
		if live, err = s.tx.LiveLinks(ctx, now.ID, ""); err != nil {
			return nil, err
		}
	}
	archive, err := s.archive(ctx, now)
	if err != nil {
		return nil, err
	}
	rows, changes := difference{now: now, file: s.file, archive: archive, newID: s.newID}.compare(len(live))
	rows.At = s.by.At
	away, err := s.putAway(ctx, now, &rows)
	if err != nil {
		return nil, err
	}
	changes = append(changes, away...)
	if err := checkAgainst(now, rows); err != nil {
		return nil, err
	}
	if s.editor != nil {
		if err := mayEdit(*s.editor, now, rows, changes); err != nil {
			return nil, err
		}
	}
	s.by.Organization = rows.ID
	if err := s.tx.SaveOrganization(ctx, rows); err != nil {
		return nil, err
	}
	return changes, s.endLinks(ctx, now, live)
}

// checkAgainst refuses what fits within the file and not with what there is.
func checkAgainst(now provision.Organization, rows provision.OrganizationRows) error {
	then := now
	then.Roles = append(slices.Clone(rows.Roles), now.Roles...) // the first of a name counts
	if rows.Itself != nil {
		then.DefaultRoles, then.Access = rows.Itself.DefaultRoles, rows.Itself.Access
	}
	if err := checkDefaults(then); err != nil && (rows.Itself != nil || len(rows.Roles) > 0) {
		return &provision.ConfigError{Msg: err.Error(), Hint: "name another role under default_roles, or take it away from that one"}
	}
	if err := checkPatterns(then.Access); err != nil && rows.Itself != nil {
		return &provision.ConfigError{Msg: err.Error(), Hint: "say permission_tree in the organization file, with all that is named"}
	}
	return nil
}

// endLinks revokes live links of an organization: nobody sets a password there
// any more. Links of other organizations to the same people stay.
func (s *saving) endLinks(ctx context.Context, o provision.Organization, live []provision.LiveLink) error {
	batches, err := change.Ending{
		Organization: o,
		Why:          provision.EndSignOn,
		Reason:       reason.SingleSignOn,
		By:           s.by,
		NewID:        s.newID,
	}.Batches(live)
	if err != nil {
		return err
	}
	for _, b := range batches {
		if err := s.tx.Apply(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// audit writes one entry where the organization has changed.
func (s *saving) audit(ctx context.Context, changes []OrganizationChange) error {
	if len(changes) == 0 {
		return nil
	}
	kept := make([]OrganizationChange, len(changes))
	for i, c := range changes {
		kept[i] = c.audited()
	}
	detail, err1 := json.Marshal(kept)
	whole, err2 := json.Marshal(struct {
		Changes []OrganizationChange `json:"changes"`
	}{changes})
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	row := provision.AuditRow{ID: s.newID(), Action: string(SaveOrganizationAction), Detail: detail, Private: whole}
	return s.tx.Apply(ctx, provision.Batch{By: s.by, Audit: []provision.AuditRow{row}})
}
