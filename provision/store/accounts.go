package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// The statements that read accounts whole. Each takes the ids as {rows} and
// the organization, and shows only what is the organization's to see: its own
// brands, campaigns, products, external ids and blocks. Of others it learns
// one thing, that a membership stands under single sign-on, because that
// forbids a link: such a membership is read, and goes no further.
//
// Here and wherever {rows} is joined, it is a CROSS JOIN with its condition
// under WHERE: SQLite keeps the order of a cross join, and would otherwise
// like to begin with all members of a brand and look for each of them among
// the rows. To PostgreSQL the two spellings are the same.
const (
	accountsSQL = `SELECT a.id, a.version, a.status, a.address, a.email, a.mailbox, a.email_role, a.name,
		a.first_name, a.last_name, a.contact_email, a.language, a.time_zone, a.picture,
		COALESCE(a.owner_id = CAST($2 AS {uuid}), false) AND a.status <> 'registered' AS owned,
		EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.lifted_at IS NULL
			AND x.organization_id IN (CAST($2 AS {uuid}), CAST($3 AS {uuid}))) AS blocked,
		EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.lifted_at IS NULL
			AND x.organization_id = CAST($3 AS {uuid})) AS barred,
		l.id IS NOT NULL OR EXISTS (SELECT 1 FROM links AS e WHERE e.account_id = a.id) AS ever,
		CASE WHEN l.purpose = 1 AND l.organization_id = CAST($2 AS {uuid}) THEN ''
		ELSE COALESCE((SELECT CASE WHEN y.state = 'revoked' THEN y.end_reason END FROM links AS y WHERE y.account_id = a.id
			AND y.organization_id = CAST($2 AS {uuid}) AND y.purpose = 1
			ORDER BY CASE y.state WHEN 'live' THEN 0 ELSE 1 END, y.created_at DESC, y.id LIMIT 1), '') END AS ended_why,
		COALESCE(l.id, '') AS link,
		COALESCE(l.organization_id = CAST($2 AS {uuid}), false) AS link_here,
		CASE WHEN l.generated_at IS NOT NULL THEN l.expires_at END AS link_expires
		FROM {rows} AS r CROSS JOIN accounts AS a
		LEFT JOIN links AS l ON l.account_id = a.id AND l.state = 'live'
		WHERE a.id = CAST(r.value->>0 AS {uuid}) ORDER BY a.id`

	profilesSQL = `SELECT p.account_id, p.network, p.kind, p.value, p.shared, p.display, p.url, p.connected
		FROM {rows} AS r CROSS JOIN profiles AS p
		WHERE p.account_id = CAST(r.value->>0 AS {uuid}) ORDER BY p.account_id, p.network, p.kind, p.value`

	externalSQL = `SELECT k.account_id, k.value AS name
		FROM {rows} AS r CROSS JOIN account_key AS k
		WHERE k.account_id = CAST(r.value->>0 AS {uuid}) AND k.space = $2 ORDER BY k.account_id, k.value`

	membershipsSQL = `SELECT m.account_id, b.slug AS brand, m.kind, m.role, m.permissions, o.sign_in = 'sso' AS sso,
		b.organization_id = CAST($2 AS {uuid}) AND b.archived_at IS NULL AS here
		FROM {rows} AS r CROSS JOIN memberships AS m CROSS JOIN brands AS b CROSS JOIN organizations AS o
		WHERE m.account_id = CAST(r.value->>0 AS {uuid}) AND b.id = m.brand_id AND o.id = b.organization_id
		AND (b.organization_id = CAST($2 AS {uuid}) AND b.archived_at IS NULL OR o.sign_in = 'sso')
		ORDER BY m.account_id, b.slug`

	attributesSQL = `SELECT m.account_id, b.slug AS brand, m.attributes
		FROM {rows} AS r CROSS JOIN brands AS b CROSS JOIN memberships AS m
		WHERE b.organization_id = CAST($2 AS {uuid}) AND b.slug = r.value->>1
		AND m.account_id = CAST(r.value->>0 AS {uuid}) AND m.brand_id = b.id AND m.attributes IS NOT NULL
		ORDER BY m.account_id, b.slug`

	openOffersSQL = `SELECT f.account_id, b.slug AS brand, f.link_id, COALESCE(f.end_reason, '') = 'declined' AS declined, f.expires_at
		FROM {rows} AS r CROSS JOIN membership_offers AS f CROSS JOIN brands AS b
		WHERE f.account_id = CAST(r.value->>0 AS {uuid}) AND b.id = f.brand_id AND b.organization_id = CAST($2 AS {uuid})
		AND (f.state = 'live' OR f.end_reason = 'declined') ORDER BY f.account_id, b.slug`

	campaignsSQL = `SELECT g.account_id, b.slug || '/' || c.slug AS name
		FROM {rows} AS r CROSS JOIN campaign_access AS g CROSS JOIN campaigns AS c CROSS JOIN brands AS b
		WHERE g.account_id = CAST(r.value->>0 AS {uuid}) AND c.id = g.campaign_id AND b.id = c.brand_id AND b.organization_id = CAST($2 AS {uuid})
		AND b.archived_at IS NULL AND c.archived_at IS NULL ORDER BY g.account_id, b.slug, c.slug`

	productsSQL = `SELECT g.account_id, g.product AS name
		FROM {rows} AS r CROSS JOIN product_access AS g
		WHERE g.account_id = CAST(r.value->>0 AS {uuid}) AND g.organization_id = CAST($2 AS {uuid}) ORDER BY g.account_id, g.product`
)

// Accounts reads accounts, sorted by id, as the organization may see them:
// seven statements, however many accounts. An id that does not exist is left
// out.
func (d directory) Accounts(
	ctx context.Context, organization string, ids []string, _ time.Time,
) ([]dedupe.Account, error) {
	return d.accounts(ctx, organization, ids)
}

func (q session) accounts(ctx context.Context, organization string, ids []string) ([]dedupe.Account, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var r rows
	for _, id := range unique(ids) {
		r.add(id)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	w := whole{q: q, ids: param, number: int(r.n), organization: organization}
	for _, read := range []func(context.Context) error{
		w.readAccounts, w.readProfiles, w.readMemberships, w.readOffers, w.readNames,
	} {
		if err := read(ctx); err != nil {
			return nil, fmt.Errorf("reading accounts: %w", err)
		}
	}
	for i := range w.all {
		w.all[i].Known = w.all[i].OwnedHere || len(w.all[i].Memberships) > 0
	}
	return w.all, nil
}

// whole puts accounts together from the statements above.
type whole struct {
	q            session
	ids          string // as {rows}
	number       int    // of them
	organization string
	all          []dedupe.Account
	at           map[string]int // account → its place in all
}

func (w *whole) readAccounts(ctx context.Context) error {
	type account struct {
		ID          string        `db:"id"`
		Version     int64         `db:"version"`
		Status      dedupe.Status `db:"status"`
		Address     string        `db:"address"`
		Email       string        `db:"email"`
		Mailbox     string        `db:"mailbox"`
		EmailRole   bool          `db:"email_role"`
		Name        string        `db:"name"`
		First       string        `db:"first_name"`
		Last        string        `db:"last_name"`
		Contact     string        `db:"contact_email"`
		Language    string        `db:"language"`
		TimeZone    string        `db:"time_zone"`
		Picture     string        `db:"picture"`
		Owned       bool          `db:"owned"`
		Blocked     bool          `db:"blocked"`
		Barred      bool          `db:"barred"`
		Ever        bool          `db:"ever"`
		EndedWhy    string        `db:"ended_why"`
		Link        string        `db:"link"`
		LinkHere    bool          `db:"link_here"`
		LinkExpires moment        `db:"link_expires"`
	}
	all := make([]account, 0, w.number)
	if err := w.q.all(ctx, &all, accountsSQL, w.ids, w.organization, everywhere); err != nil {
		return err
	}
	w.at = make(map[string]int, len(all))
	w.all = make([]dedupe.Account, len(all))
	for i, a := range all {
		w.at[a.ID] = i
		w.all[i] = dedupe.Account{
			ID:      a.ID,
			Version: a.Version,
			Status:  a.Status,
			Name:    a.Name,
			Email:   identity.Email{Address: a.Address, Value: a.Email, Mailbox: a.Mailbox, Role: a.EmailRole},
			Details: dedupe.Details{
				FirstName:    a.First,
				LastName:     a.Last,
				ContactEmail: a.Contact,
				Language:     a.Language,
				TimeZone:     a.TimeZone,
				Picture:      a.Picture,
			},
			OwnedHere: a.Owned,
			Blocked:   a.Blocked,
			Barred:    a.Barred,
			Link: dedupe.LinkState{
				Ever: a.Ever, Withdrawn: provision.EndedForGood(a.EndedWhy), Taken: provision.EndedWithAccess(a.EndedWhy), ID: a.Link, Here: a.LinkHere, ExpiresAt: a.LinkExpires.Time,
			},
		}
	}
	return nil
}

func (w *whole) readProfiles(ctx context.Context) error {
	type profile struct {
		Account   string `db:"account_id"`
		Network   string `db:"network"`
		Kind      string `db:"kind"`
		Value     string `db:"value"`
		Shared    bool   `db:"shared"`
		Display   string `db:"display"`
		URL       string `db:"url"`
		Connected bool   `db:"connected"`
	}
	all := make([]profile, 0, 2*w.number)
	if err := w.q.all(ctx, &all, profilesSQL, w.ids); err != nil {
		return err
	}
	for _, p := range all {
		at, there := w.at[p.Account]
		if !there { // somebody deleted the account by hand, and its profiles have no foreign key
			continue
		}
		a := &w.all[at]
		a.Profiles = append(a.Profiles, dedupe.AccountProfile{
			Connected: p.Connected,
			Profile: identity.Profile{
				Network: p.Network,
				Kind:    p.Kind,
				Value:   p.Value,
				Shared:  p.Shared,
				Display: p.Display,
				URL:     p.URL,
			},
		})
	}
	return nil
}

func (w *whole) readMemberships(ctx context.Context) error {
	type membership struct {
		Account string      `db:"account_id"`
		Brand   string      `db:"brand"`
		Kind    record.Kind `db:"kind"`
		Role    string      `db:"role"`
		SSO     bool        `db:"sso"`  // of the brand's organization
		Here    bool        `db:"here"` // in the organization that reads

		Permissions document `db:"permissions"`
	}
	all := make([]membership, 0, w.number)
	if err := w.q.all(ctx, &all, membershipsSQL, w.ids, w.organization); err != nil {
		return err
	}
	for _, m := range all {
		a := &w.all[w.at[m.Account]]
		a.SSO = a.SSO || m.SSO
		if !m.Here {
			continue
		}
		held := dedupe.Membership{Brand: m.Brand, Kind: m.Kind, Role: m.Role}
		if err := m.Permissions.into(&held.Permissions); err != nil {
			return err
		}
		a.Memberships = append(a.Memberships, held)
	}
	return nil
}

// readOffers reads memberships that wait for an answer, or were declined.
func (w *whole) readOffers(ctx context.Context) error {
	var all []struct {
		Account  string `db:"account_id"`
		Brand    string `db:"brand"`
		Link     string `db:"link_id"`
		Declined bool   `db:"declined"`
		Expires  moment `db:"expires_at"`
	}
	if err := w.q.all(ctx, &all, openOffersSQL, w.ids, w.organization); err != nil {
		return err
	}
	for _, o := range all {
		a := &w.all[w.at[o.Account]]
		open := dedupe.OpenOffer{Brand: o.Brand, Link: o.Link, Declined: o.Declined, ExpiresAt: o.Expires.Time}
		a.Offers = append(a.Offers, open)
	}
	return nil
}

// readNames reads what is one word an item.
func (w *whole) readNames(ctx context.Context) error {
	for _, step := range []struct {
		text, scope string
		of          func(*dedupe.Account) *[]string
	}{
		{externalSQL, dedupe.ExternalSpace(w.organization), func(a *dedupe.Account) *[]string { return &a.ExternalIDs }},
		{campaignsSQL, w.organization, func(a *dedupe.Account) *[]string { return &a.Campaigns }},
		{productsSQL, w.organization, func(a *dedupe.Account) *[]string { return &a.Products }},
	} {
		var all []struct {
			Account string `db:"account_id"`
			Name    string `db:"name"`
		}
		if err := w.q.all(ctx, &all, step.text, w.ids, step.scope); err != nil {
			return err
		}
		for _, n := range all {
			if i, ok := w.at[n.Account]; ok {
				list := step.of(&w.all[i])
				*list = append(*list, n.Name)
			}
		}
	}
	return nil
}

// Attributes reads what memberships keep of free columns: one statement,
// however many there are.
func (d directory) Attributes(
	ctx context.Context, organization string, of []provision.Membership,
) ([]provision.Attributes, error) {
	if len(of) == 0 {
		return nil, nil
	}
	var r rows
	for _, m := range sorted(of, compareMemberships) {
		r.add(m.Account, m.Brand)
	}
	param, err := r.param()
	if err != nil {
		return nil, err
	}
	var all []struct {
		Account    string   `db:"account_id"`
		Brand      string   `db:"brand"`
		Attributes document `db:"attributes"`
	}
	if err := d.all(ctx, &all, attributesSQL, param, organization); err != nil {
		return nil, fmt.Errorf("reading free columns: %w", err)
	}
	kept := make([]provision.Attributes, len(all))
	for i, a := range all {
		kept[i].Membership = provision.Membership{Account: a.Account, Brand: a.Brand}
		if err := a.Attributes.into(&kept[i].Columns); err != nil {
			return nil, fmt.Errorf("reading free columns of account %s in brand %q: %w", a.Account, a.Brand, err)
		}
	}
	return kept, nil
}

func compareMemberships(x, y provision.Membership) int {
	return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Brand, y.Brand))
}
