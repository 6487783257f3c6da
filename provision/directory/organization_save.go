package directory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// SaveOrganizationAction is what the audit calls that an organization file was
// applied.
const SaveOrganizationAction change.Action = "organization saved"

// OrganizationChanges says what an organization file has changed, as words for
// people.
type OrganizationChanges struct {
	Organization provision.Organization
	Changes      []string // "brand \"summer\" added"
}

// SaveOrganization makes an organization what a file says, in one transaction:
// compareOrganization has the rules, and appoint those of the people it names.
// It returns the organization as it is then, and words that say what has
// changed; saving the same file again changes nothing.
func SaveOrganization(
	ctx context.Context, w provision.Writer, file provision.Organization, by provision.Author, newID func() string,
) (OrganizationChanges, error) {
	if file.Slug == "" {
		return OrganizationChanges{}, errors.New("saving an organization: it has no slug")
	}
	emails, err := administratorEmails(file.Administrators)
	if err != nil {
		return OrganizationChanges{}, fmt.Errorf("saving organization %q: %w", file.Slug, err)
	}
	var done OrganizationChanges
	err = provision.Retry(func() error {
		return w.InTx(ctx, func(tx provision.Tx) (err error) {
			s := saving{tx: tx, file: file, administrators: emails, by: by, newID: newID}
			done, err = s.save(ctx)
			return err
		})
	})
	if err != nil {
		return OrganizationChanges{}, fmt.Errorf("saving organization %q: %w", file.Slug, err)
	}
	return done, nil
}

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
}

// save writes what differs: the organization first, then its administrators,
// who need its brands, then logins, which may act as them.
func (s *saving) save(ctx context.Context) (OrganizationChanges, error) {
	var done OrganizationChanges
	changes, err := s.itself(ctx)
	if err != nil {
		return done, err
	}
	if done.Organization, err = s.read(ctx); err != nil {
		return done, err
	}
	done.say(changes)
	made, err := appointAll(ctx, s.tx, done.Organization, s.administrators, s.by, s.newID)
	if err != nil {
		return done, err
	}
	done.Changes = append(done.Changes, made...)
	logins, err := s.logins(ctx, done.Organization)
	if err != nil {
		return done, err
	}
	done.say(logins)
	return done, s.audit(ctx, append(changes, logins...))
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
func (s *saving) itself(ctx context.Context) ([]OrganizationChange, error) {
	now, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	var live []provision.LiveLink
	if signsOn(now, s.file) {
		if live, err = s.tx.LiveLinks(ctx, now.ID, ""); err != nil {
			return nil, err
		}
	}
	rows, changes := compareOrganization(now, s.file, len(live), s.newID)
	if err := checkAgainst(rows); err != nil {
		return nil, err
	}
	s.by.Organization = rows.ID
	if err := s.tx.SaveOrganization(ctx, rows); err != nil {
		return nil, err
	}
	return changes, s.endLinks(ctx, now, live)
}

// checkAgainst refuses what fits within the file and not with what there is.
func checkAgainst(rows provision.OrganizationRows) error {
	if rows.Itself == nil {
		return nil
	}
	if err := checkPatterns(rows.Itself.Access); err != nil {
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
	detail, err := json.Marshal(changes)
	if err != nil {
		return err
	}
	row := provision.AuditRow{ID: s.newID(), Action: string(SaveOrganizationAction), Detail: detail}
	return s.tx.Apply(ctx, provision.Batch{By: s.by, Audit: []provision.AuditRow{row}})
}
