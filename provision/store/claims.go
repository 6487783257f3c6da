package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"muster/importer/record"
	"muster/provision"
)

// The statements that read whoever a link is for: an account ($1), and what the
// link's organization ($2) has of it.
const (
	claimAccountSQL = `SELECT version, first_name, last_name, language, time_zone FROM accounts WHERE id = CAST($1 AS {uuid})`

	claimHandlesSQL = `SELECT display FROM profiles WHERE account_id = CAST($1 AS {uuid})
		ORDER BY network, kind, value`

	claimMembershipsSQL = `SELECT b.slug, m.kind, m.role, (SELECT count(*) FROM campaign_access AS x
		JOIN campaigns AS k ON k.id = x.campaign_id WHERE x.account_id = m.account_id AND k.brand_id = b.id) AS campaigns,
		COALESCE(g.name, '') AS granted_by
		FROM memberships AS m JOIN brands AS b ON b.id = m.brand_id LEFT JOIN accounts AS g ON g.id = m.granted_by
		WHERE m.account_id = CAST($1 AS {uuid}) AND b.organization_id = CAST($2 AS {uuid})
		AND b.archived_at IS NULL ORDER BY b.slug`

	claimAnswersSQL = `SELECT name, value FROM sign_up_answers
		WHERE account_id = CAST($1 AS {uuid}) AND organization_id = CAST($2 AS {uuid})`

	claimConsentsSQL = `SELECT document, version FROM consents
		WHERE account_id = CAST($1 AS {uuid}) AND organization_id = CAST($2 AS {uuid}) ORDER BY at, version`
)

// Claimant reads a link with its account and organization as they are in one
// snapshot.
func (s *Store) Claimant(ctx context.Context, link string) (provision.Claimant, error) {
	return s.claimant(ctx, func(q session, c *provision.Claimant) error {
		links, err := q.links(ctx, []string{link})
		if err != nil {
			return err
		}
		if len(links) == 0 {
			return provision.ErrNotFound
		}
		c.Link = links[0]
		return nil
	})
}

// claimant reads whoever a link is for, once find has read that.
func (s *Store) claimant(
	ctx context.Context, find func(session, *provision.Claimant) error,
) (provision.Claimant, error) {
	var c provision.Claimant
	err := s.transact(ctx, s.read, s.d.snapshot, func(q session) error {
		if err := find(q, &c); err != nil {
			return err
		}
		for _, read := range []func(context.Context, *provision.Claimant) error{
			q.claimOrganization, q.claimAccount, q.claimHandles, q.claimMemberships, q.claimAnswers,
		} {
			if err := read(ctx, &c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return provision.Claimant{}, fmt.Errorf("reading whoever a link is for: %w", err)
	}
	return c, nil
}

func (q session) claimOrganization(ctx context.Context, c *provision.Claimant) (err error) {
	c.Organization, err = q.organization(ctx, c.Link.Organization)
	return err
}

// organization reads the one of an id whole.
func (q session) organization(ctx context.Context, id string) (provision.Organization, error) {
	all, err := q.organizations(ctx, id)
	if err != nil || len(all) == 0 {
		return provision.Organization{}, cmp.Or(err, provision.ErrNotFound)
	}
	return all[0], nil
}

func (q session) claimAccount(ctx context.Context, c *provision.Claimant) error {
	var a struct {
		Version  int64  `db:"version"`
		First    string `db:"first_name"`
		Last     string `db:"last_name"`
		Language string `db:"language"`
		TimeZone string `db:"time_zone"`
	}
	err := q.one(ctx, &a, claimAccountSQL, c.Link.Account)
	c.Version = a.Version
	c.FirstName = a.First
	c.LastName = a.Last
	c.Language = a.Language
	c.TimeZone = a.TimeZone
	return err
}

func (q session) claimHandles(ctx context.Context, c *provision.Claimant) error {
	return q.all(ctx, &c.Handles, claimHandlesSQL, c.Link.Account)
}

func (q session) claimMemberships(ctx context.Context, c *provision.Claimant) error {
	var all []struct {
		Brand     string      `db:"slug"`
		Kind      record.Kind `db:"kind"`
		Role      string      `db:"role"`
		Campaigns int         `db:"campaigns"`
		GrantedBy string      `db:"granted_by"`
	}
	err := q.all(ctx, &all, claimMembershipsSQL, c.Link.Account, c.Link.Organization)
	for _, m := range all {
		c.Memberships = append(c.Memberships, provision.ClaimMembership(m))
	}
	return err
}

func (q session) claimAnswers(ctx context.Context, c *provision.Claimant) error {
	var said []struct {
		Name  string `db:"name"`
		Value string `db:"value"`
	}
	if err := q.all(ctx, &said, claimAnswersSQL, c.Link.Account, c.Link.Organization); err != nil {
		return err
	}
	c.Answers = make(map[string]string, len(said))
	for _, a := range said {
		c.Answers[a.Name] = a.Value
	}
	var agreed []struct {
		Document string `db:"document"`
		Version  string `db:"version"`
	}
	err := q.all(ctx, &agreed, claimConsentsSQL, c.Link.Account, c.Link.Organization)
	c.Agreed = make(map[string]string, len(agreed))
	for _, a := range agreed {
		c.Agreed[a.Document] = a.Version
	}
	return err
}

// CountOpening counts that the page of a link was opened.
func (s *Store) CountOpening(ctx context.Context, link string, at time.Time) error {
	_, err := s.writing().exec(ctx, `UPDATE links SET open_count = open_count + 1,
		opened_at = COALESCE(opened_at, CAST($2 AS {ts})) WHERE id = $1`, link, stamp(at))
	return err
}
