package link

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"muster/importer/identity"
)

// states are the states of the keys of a ring, in the order of the file.
func states(r *Keyring) (all []State) {
	for _, k := range r.Keys() {
		all = append(all, k.State)
	}
	return all
}

// madeRing is the path of a fresh keyring, and its key.
func madeRing(t *testing.T) (path, kid string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "muster.key")
	ring, err := CreateKeyring(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, ring.Active()
}

// sampleOf is a subject whose link is made with a key.
func sampleOf(kid string) Subject {
	s := sample()
	s.KeyID = kid
	return s
}

func TestARotatedRingStillOpensWhatItOpened(t *testing.T) {
	path, former := madeRing(t)
	before, err := LoadKeyring(path, false)
	if err != nil {
		t.Fatal(err)
	}
	s := sampleOf(former)
	token, err := before.Token(s)
	if err != nil {
		t.Fatal(err)
	}
	rotated, err := RotateKeyring(path, false)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := LoadKeyring(path, false)
	if err != nil || loaded.Active() != rotated.Active() || loaded.Active() == former {
		t.Fatalf("active %s, %v", loaded.Active(), err)
	}
	if got := states(loaded); !slices.Equal(got, []State{Verify, Active}) {
		t.Errorf("states %q", got)
	}
	if again, err := loaded.Token(s); err != nil || again != token {
		t.Errorf("a link of before is another one now: %v", err)
	}
}

func TestARetiredKeyOpensNothingAndFindsTheErased(t *testing.T) {
	path, former := madeRing(t)
	before, err := LoadKeyring(path, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := RotateKeyring(path, false); err != nil {
		t.Fatal(err)
	}
	for range 2 { // again is no error: a retirement that was cut off is gone on with
		ring, err := RetireKey(path, false, former)
		if err != nil || ring.Opens(former) || !slices.Equal(states(ring), []State{Retired, Active}) {
			t.Fatalf("states %q, %v", states(ring), err)
		}
	}
	ring, err := LoadKeyring(path, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ring.Token(sampleOf(former)); !errors.Is(err, ErrRetiredKey) {
		t.Errorf("a link of before: %v", err)
	}
	key := identity.Key{Space: "email", Value: "ana@example.com"}
	if !slices.Contains(ring.Marks(key, "o"), before.Mark(key, "o")) {
		t.Error("a mark of before is not found any more")
	}
}

func TestAKeyringThatCannotBeChangedStaysAsItIs(t *testing.T) {
	for name, c := range map[string]struct {
		kid   func(active string) string
		spoil func(path string) error
		fault error
	}{
		"the active key is not retired": {
			kid: func(active string) string { return active }, fault: ErrKeyActive,
		},
		"a key that is not there": {
			kid: func(string) string { return "0a0b0c0d" }, fault: ErrKeyAbsent,
		},
		"somebody is changing it": {
			spoil: func(path string) error { return os.WriteFile(changedName(path), nil, 0o600) },
			fault: ErrKeyringBusy,
		},
		"its name is a link": {
			spoil: func(path string) error {
				other := filepath.Join(filepath.Dir(path), "other")
				return errors.Join(os.Rename(path, other), os.Symlink(other, path))
			},
			fault: ErrKeyringLink,
		},
		"others may read it": {
			spoil: func(path string) error { return os.Chmod(path, 0o640) },
			fault: ErrKeyringOpen,
		},
		"it is none": {
			spoil: func(path string) error { return os.WriteFile(path, []byte("{}"), 0o600) },
			fault: ErrKeyringFormat,
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, active := madeRing(t)
			if c.spoil != nil {
				if err := c.spoil(path); err != nil {
					t.Fatal(err)
				}
			}
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			change := func() error { _, err := RotateKeyring(path, false); return err }
			if c.kid != nil {
				change = func() error { _, err := RetireKey(path, false, c.kid(active)); return err }
			}
			if err := change(); !errors.Is(err, c.fault) {
				t.Errorf("%v", err)
			}
			if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
				t.Errorf("the file was changed: %v", err)
			}
			if _, err := os.Stat(changedName(path)); err == nil && c.fault != ErrKeyringBusy {
				t.Error("something is left beside it")
			}
		})
	}
}

// Whoever rotates at the same moment is told so, and no key gets lost.
func TestRotationsDoNotLoseKeys(t *testing.T) {
	path, _ := madeRing(t)
	var done sync.WaitGroup
	rotated := make(chan string, 8)
	for range cap(rotated) {
		done.Go(func() {
			ring, err := RotateKeyring(path, false)
			switch {
			case err == nil:
				rotated <- ring.Active()
			case !errors.Is(err, ErrKeyringBusy) && !errors.Is(err, ErrKeyringSwapped):
				t.Error(err)
			}
		})
	}
	done.Wait()
	close(rotated)
	ring, err := LoadKeyring(path, false)
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	for kid := range rotated {
		made++
		if !ring.Opens(kid) {
			t.Errorf("key %s is lost", kid)
		}
	}
	if made == 0 || len(ring.Keys()) != made+1 {
		t.Errorf("%d rotations left %d keys", made, len(ring.Keys()))
	}
}

func TestAChangedKeyringKeepsItsMode(t *testing.T) {
	path, _ := madeRing(t)
	if os.Getuid() != 0 {
		t.Skip("only root may lend a keyring to a group")
	}
	if err := errors.Join(os.Chown(path, 0, 1), os.Chmod(path, 0o640)); err != nil {
		t.Fatal(err)
	}
	if _, err := RotateKeyring(path, true); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 || !ownedByRoot(info) {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
