package provision

import "time"

// A source is overdue whose lists have stopped coming: after so many times as long as
// one usually takes, but not before so long; and where that is not known, after so long.
const (
	overdueAfter   = 8
	overdueAtLeast = 8 * 24 * time.Hour
	overdueUnknown = 14 * 24 * time.Hour
)

// UsualBy is how long a complete list usually takes to come again, once one has come
// to its end at a moment: as long as this one did, or half as long as it was, if that
// is more. A list that is read twice in an hour is none of every hour.
func (s Source) UsualBy(at time.Time) time.Duration {
	if s.LastAt.IsZero() {
		return s.Usual
	}
	return max(at.Sub(s.LastAt), s.Usual/2).Truncate(time.Second)
}

// Awaited is since when a complete list of the source is waited for.
func (s Source) Awaited() time.Time {
	if s.LastAt.IsZero() {
		return s.CreatedAt
	}
	return s.LastAt
}

// Overdue reports whether the source has had no complete list for longer than can be
// meant. One that was ended waits for none.
func (s Source) Overdue(now time.Time) bool {
	patience := overdueUnknown
	if s.Usual > 0 {
		patience = max(overdueAfter*s.Usual, overdueAtLeast)
	}
	return !s.Ended() && now.Sub(s.Awaited()) > patience
}

// A LateSource is a source that is overdue.
type LateSource struct {
	Source string    `json:"source"`
	Since  time.Time `json:"since"` // of its last complete list, or else of itself
	Days   int       `json:"days"`
	None   bool      `json:"none,omitempty"` // it has never had one
}

// LateSources are those of some sources that are overdue.
func LateSources(all []Source, now time.Time) []LateSource {
	var late []LateSource
	for _, s := range all {
		if since := s.Awaited(); s.Overdue(now) {
			late = append(late, LateSource{Source: s.Name, Since: since, Days: int(now.Sub(since).Hours() / 24), None: s.LastAt.IsZero()})
		}
	}
	return late
}
