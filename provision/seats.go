package provision

import (
	"context"

	"muster/importer/record"
)

// WithinSeats writes what may take seats of some kinds, and makes sure that it gives an
// organization no more people of them than its plan allows; otherwise it is a
// *PlanLimitError. That there are too many already is nobody's fault who takes no seat.
func WithinSeats(
	ctx context.Context, tx Tx, organization string, limits map[record.Kind]int, kinds []record.Kind, write func() error,
) error {
	var limited []record.Kind
	for _, kind := range kinds {
		if _, is := limits[kind]; is {
			limited = append(limited, kind)
		}
	}
	if len(limited) == 0 {
		return write()
	}
	before, err := tx.Seats(ctx, organization)
	if err != nil {
		return err
	}
	if err := write(); err != nil {
		return err
	}
	after, err := tx.Seats(ctx, organization)
	if err != nil {
		return err
	}
	for _, kind := range limited {
		if over := min(after[kind]-limits[kind], after[kind]-before[kind]); over > 0 {
			return &PlanLimitError{Kind: kind, Limit: limits[kind], Over: over}
		}
	}
	return nil
}
