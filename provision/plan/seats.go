package plan

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
)

// countSeats counts the seats that are taken, where the plan of the organization
// limits them.
func (p *planner) countSeats(ctx context.Context) error {
	if len(p.organization.Limits()) == 0 {
		return nil
	}
	p.seated = map[int]record.Kind{}
	err := provision.Persist(ctx, func() error {
		return p.store.Snapshot(ctx, func(d provision.Directory) (err error) {
			p.seats, err = d.Seats(ctx, p.organization.ID)
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("counting seats: %w", err)
	}
	return nil
}

// seat is the step that carries a decision out. Where the last seat is taken
// whoever comes later in the lists is rejected.
func (p *planner) seat(d dedupe.Decision) change.Step {
	limit, limited := p.organization.Limits()[d.Seat]
	if d.Seat == "" || !limited {
		return p.step(d)
	}
	if p.seats[d.Seat] >= limit {
		return p.step(seatless(d, limit))
	}
	p.seats[d.Seat]++
	p.seated[d.Rows[0]] = d.Seat
	return p.step(d)
}

// nearlyTaken are the seats of which few are left, of the kinds that the plan
// takes some of.
func (p *planner) nearlyTaken() []provision.SeatsTaken {
	var all []provision.SeatsTaken
	for _, kind := range slices.Sorted(maps.Keys(p.organization.Limits())) {
		s := provision.SeatsTaken{Kind: kind, Taken: p.seats[kind], Limit: p.organization.Limits()[kind]}
		if s.Nearly() && slices.Contains(slices.Collect(maps.Values(p.seated)), kind) {
			all = append(all, s)
		}
	}
	return all
}

// release frees the seats of people about whom is decided anew.
func (p *planner) release(revised dedupe.Revised) {
	for first, kind := range p.seated {
		if _, anew := revised[first]; anew {
			p.seats[kind]--
		}
	}
}

// seatless rejects somebody for whom there is no seat.
func seatless(d dedupe.Decision, limit int) dedupe.Decision {
	problem := record.Problem{Code: reason.PlanLimit, Message: provision.NoSeat(d.Seat, limit), Fatal: true}
	return dedupe.Decision{Rows: d.Rows, Action: dedupe.Reject, Reason: reason.PlanLimit, Path: d.Path, Notes: d.Notes,
		Marks: d.Marks, Problems: []record.Problem{problem}}
}
