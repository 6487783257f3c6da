package store

import (
	"context"
	"fmt"

	"muster/importer/record"
)

// seatsSQL counts people, not memberships: whoever was offered one has a seat
// until they have declined.
const seatsSQL = `SELECT s.kind, count(*) AS taken FROM (
	SELECT m.kind, m.account_id FROM brands AS b JOIN memberships AS m ON m.brand_id = b.id
		WHERE b.organization_id = CAST($1 AS {uuid}) AND b.archived_at IS NULL AND m.kind <> 'creator'
	UNION SELECT f.kind, f.account_id FROM brands AS b JOIN membership_offers AS f ON f.brand_id = b.id
		WHERE b.organization_id = CAST($1 AS {uuid}) AND f.kind <> 'creator' AND f.state = 'live'
	) AS s GROUP BY s.kind`

// Seats counts the staff and the clients of an organization.
func (d directory) Seats(ctx context.Context, organization string) (map[record.Kind]int, error) {
	return d.seats(ctx, organization)
}

// Seats counts them as they are within the transaction. Nobody else counts until
// it ends, so that of two who take the last seat at once one is refused.
func (t tx) Seats(ctx context.Context, organization string) (map[record.Kind]int, error) {
	var locked string
	if err := t.one(ctx, &locked, countingSQL, organization); err != nil {
		return nil, fmt.Errorf("counting seats: %w", err)
	}
	return t.seats(ctx, organization)
}

func (q session) seats(ctx context.Context, organization string) (map[record.Kind]int, error) {
	var found []struct {
		Kind  record.Kind `db:"kind"`
		Taken int         `db:"taken"`
	}
	if err := q.all(ctx, &found, seatsSQL, organization); err != nil {
		return nil, fmt.Errorf("counting seats: %w", err)
	}
	seats := map[record.Kind]int{}
	for _, s := range found {
		seats[s.Kind] = s.Taken
	}
	return seats, nil
}
