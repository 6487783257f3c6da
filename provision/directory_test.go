package provision_test

import (
	"reflect"
	"testing"

	"muster/provision"
	"muster/provision/directory"
)

// Somebody else declared the one thing an account is known by, and owns its
// key: the account is the same all the same, every night.
func TestLoadingAnExportAgainAddsNobody(t *testing.T) {
	b := newBench(t)
	path := b.file("directory.csv", `email,name,connected_profiles,declared_profiles
ana@example.com,Ana Lima,,https://www.tiktok.com/@ana.talks
,Ana Lima,https://www.tiktok.com/@ana.talks,
`)
	for night, want := range []provision.LoadCounts{{Added: 2}, {Unchanged: 2}, {Unchanged: 2}} {
		if got, err := directory.Load(t.Context(), b.Engine, path, provision.Terms{}); err != nil || !reflect.DeepEqual(got.LoadCounts, want) {
			t.Errorf("night %d: %+v, want %+v, %v", night+1, got, want, err)
		}
	}
}
