package plan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"muster/provision"
	"muster/provision/source"
)

// remember looks at the runs that counted people missing: those that read the very
// lists that are read now, not long ago.
func (p *planner) remember(ctx context.Context, page []provision.SourcePerson) error {
	s := p.sourced
	for _, person := range page {
		if _, looked := s.again[person.Run]; looked || person.Run == "" || person.Absences >= provision.RemovedAfter {
			continue
		}
		before, err := p.runs.Run(ctx, person.Run)
		if err != nil && !errors.Is(err, provision.ErrNotFound) {
			return err
		}
		var read []provision.ListInfo
		if len(before.Lists) > 0 {
			if err := json.Unmarshal(before.Lists, &read); err != nil {
				return fmt.Errorf("reading the lists of run %s: %w", provision.ShortRun(before.ID), err)
			}
		}
		s.again[person.Run] = source.Again(p.w.summary.Lists, read, p.policy.Now.Sub(before.StartedAt))
	}
	return nil
}
