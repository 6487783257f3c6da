package store

import (
	"context"
	"fmt"
	"strings"

	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/provision"
)

// operatorsSQL reads the memberships, in the brands of one organization, of
// accounts that $3 names, or that have a role above "member" where it is "".
// The partial index on those roles keeps it short beside a million creators.
const operatorsSQL = `SELECT a.id, a.address, b.slug AS brand, m.role, COALESCE(r.rank, 0) AS rank,
	COALESCE(r.dashboard, false) AS dashboard, r.capabilities, m.permissions,
	EXISTS (SELECT 1 FROM blocks AS x WHERE x.account_id = a.id AND x.lifted_at IS NULL
		AND x.organization_id IN (CAST($1 AS {uuid}), CAST($2 AS {uuid}))) AS blocked,
	EXISTS (SELECT 1 FROM platform_operators AS p WHERE p.account_id = a.id) AS platform
	FROM accounts AS a JOIN memberships AS m ON m.account_id = a.id JOIN brands AS b ON b.id = m.brand_id
	LEFT JOIN roles AS r ON r.organization_id = b.organization_id AND r.name = m.role
	WHERE b.organization_id = CAST($1 AS {uuid}) AND b.archived_at IS NULL AND a.id IN (`

const (
	aboveMemberSQL = `SELECT e.account_id FROM brands AS f JOIN memberships AS e ON e.brand_id = f.id AND e.role <> 'member'
		JOIN roles AS h ON h.organization_id = f.organization_id AND h.name = e.role
		WHERE f.organization_id = CAST($1 AS {uuid}) AND f.archived_at IS NULL AND h.rank > (SELECT l.rank FROM roles AS l
			WHERE l.organization_id = CAST($1 AS {uuid}) AND l.name = 'member')`

	byEmailSQL = `SELECT k.account_id FROM account_key AS k WHERE k.space = 'email' AND k.value = $3`

	byAccountSQL = `CAST($3 AS {uuid})`

	operatorsOrderSQL = `) ORDER BY a.address, a.id, COALESCE(r.rank, 0) DESC, b.slug`
)

type operatorRow struct {
	ID           string   `db:"id"`
	Address      string   `db:"address"`
	Brand        string   `db:"brand"`
	Role         string   `db:"role"`
	Rank         int      `db:"rank"`
	Dashboard    bool     `db:"dashboard"`
	Capabilities document `db:"capabilities"`
	Permissions  document `db:"permissions"`
	Blocked      bool     `db:"blocked"`
	Platform     bool     `db:"platform"`
}

// Operators lists the members with a role above "member", sorted by address,
// each with the highest of its roles and every brand it is a member of.
func (s *Store) Operators(ctx context.Context, organization string) ([]provision.Operator, error) {
	return s.reading().operators(ctx, operatorsSQL+aboveMemberSQL+operatorsOrderSQL, organization, everywhere)
}

// Operator reads one member, whatever its role; provision.ErrNotFound where
// the address belongs to no member of the organization.
func (s *Store) Operator(ctx context.Context, organization string, email identity.Email) (provision.Operator, error) {
	all, err := s.reading().operators(ctx, operatorsSQL+byEmailSQL+operatorsOrderSQL, organization, everywhere, email.Value)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("operator: %w", provision.ErrNotFound)
	}
	if err != nil {
		return provision.Operator{}, err
	}
	return all[0], nil
}

// operator is the operator whose highest role is that of the row.
func (r operatorRow) operator() (provision.Operator, error) {
	role, err := r.role()
	return provision.Operator{
		Account:  r.ID,
		Email:    r.Address,
		Blocked:  r.Blocked,
		Platform: r.Platform,
		Role:     role,
		Roles:    map[string]provision.Role{},
	}, err
}

func (r operatorRow) role() (provision.Role, error) {
	role := provision.Role{Name: r.Role, Rank: r.Rank, Dashboard: r.Dashboard}
	return role, r.Capabilities.into(&role.Capabilities)
}

// member adds the membership of the row to its operator.
func (r operatorRow) member(o *provision.Operator) error {
	role, err := r.role()
	if err != nil {
		return err
	}
	o.Roles[r.Brand] = role
	o.Brands = append(o.Brands, r.Brand)
	if r.Dashboard {
		o.Manages = append(o.Manages, r.Brand)
	}
	var given *permission.Grant
	if err := r.Permissions.into(&given); err != nil || given == nil {
		return err
	}
	if o.Permissions == nil {
		o.Permissions = map[string]permission.Grant{}
	}
	o.Permissions[r.Brand] = *given
	return nil
}

// productsOf reads the products that operators may use themselves.
func (q session) productsOf(ctx context.Context, all []provision.Operator, organization any) error {
	if len(all) == 0 {
		return nil
	}
	var r rows
	for _, o := range all {
		r.add(o.Account)
	}
	param, err := r.param()
	if err != nil {
		return err
	}
	var found []struct {
		Account string `db:"account_id"`
		Name    string `db:"name"`
	}
	if err := q.all(ctx, &found, productsSQL, param, organization); err != nil {
		return fmt.Errorf("reading the products of operators: %w", err)
	}
	for _, p := range found {
		for i := range all {
			if all[i].Account == p.Account {
				all[i].Products = append(all[i].Products, p.Name)
			}
		}
	}
	return nil
}

// Operator reads a member by the id of the account.
func (t tx) Operator(ctx context.Context, organization, account string) (provision.Operator, error) {
	all, err := t.operators(ctx, operatorsSQL+byAccountSQL+operatorsOrderSQL, organization, everywhere, account)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("operator: %w", provision.ErrNotFound)
	}
	if err != nil {
		return provision.Operator{}, err
	}
	return all[0], nil
}

func (q session) operators(ctx context.Context, text string, args ...any) ([]provision.Operator, error) {
	var found []operatorRow
	if err := q.all(ctx, &found, text, args...); err != nil {
		return nil, fmt.Errorf("reading operators: %w", err)
	}
	var all []provision.Operator
	for _, r := range found {
		if n := len(all); n == 0 || all[n-1].Account != r.ID {
			o, err := r.operator()
			if err != nil {
				return nil, err
			}
			all = append(all, o)
		}
		if err := r.member(&all[len(all)-1]); err != nil {
			return nil, err
		}
	}
	if err := q.productsOf(ctx, all, args[0]); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Brands = unique(all[i].Brands)
		all[i].Manages = unique(all[i].Manages)
	}
	return sorted(all, func(x, y provision.Operator) int { return strings.Compare(x.Email, y.Email) }), nil
}
