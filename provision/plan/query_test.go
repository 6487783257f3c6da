package plan

import (
	"context"
	"slices"
	"testing"

	"muster/importer/identity"
	"muster/provision"
)

// erasedOf is a directory with suppression marks on record.
type erasedOf struct {
	provision.Directory
	marks []string
}

func (e erasedOf) OnRecord(context.Context, string) (provision.OnRecord, error) {
	return provision.OnRecord{Erased: len(e.marks) > 0}, nil
}

func (e erasedOf) Suppressed(_ context.Context, _ string, marks []string) ([]string, error) {
	return slices.DeleteFunc(slices.Clone(marks), func(m string) bool { return !slices.Contains(e.marks, m) }), nil
}

func TestErasedPeopleAreMetUnderEveryMark(t *testing.T) {
	key := identity.Key{Space: "email", Value: "ana@example.com"}
	marks := func(k identity.Key, organization string) []string {
		return []string{"active " + organization + " " + k.Value, "retired " + organization + " " + k.Value}
	}
	for _, tt := range []struct {
		name string
		mark string
		want bool
	}{
		{"erased by the organization", "active here ana@example.com", true},
		{"erased by the organization, before the keys were rotated", "retired here ana@example.com", true},
		{"erased everywhere", "active  ana@example.com", true},
		{"erased everywhere, before the keys were rotated", "retired  ana@example.com", true},
		{"erased by another organization", "active there ana@example.com", false},
		{"somebody else was erased", "active here bob@example.com", false},
		{"nobody was erased", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := erasedOf{}
			if tt.mark != "" {
				d.marks = []string{tt.mark}
			}
			q := newQuery(nil, "here")
			q.keys = []identity.Key{key}
			if err := q.suppressed(t.Context(), d, marks); err != nil {
				t.Fatal(err)
			}
			if got := q.found.Erased[key]; got != tt.want {
				t.Errorf("erased: %v", got)
			}
		})
	}
}
