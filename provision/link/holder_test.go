package link

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// mounted is a keyring as Kubernetes mounts a Secret: the name leads through a
// link of all files to a folder of this version. Another version is swapped in
// by putting another link into its place.
type mounted struct {
	t    *testing.T
	dir  string
	made int
}

func (m *mounted) path() string { return filepath.Join(m.dir, "muster.key") }

// swap mounts a version whose keyring is made by the given function.
func (m *mounted) swap(keyring func(path string)) {
	m.t.Helper()
	m.made++
	version := filepath.Join(m.dir, "..version-"+string(rune('0'+m.made)))
	if err := os.Mkdir(version, 0o700); err != nil {
		m.t.Fatal(err)
	}
	keyring(filepath.Join(version, "muster.key"))
	next, data := filepath.Join(m.dir, "..data_tmp"), filepath.Join(m.dir, "..data")
	if err := errors.Join(os.Symlink(filepath.Base(version), next), os.Rename(next, data)); err != nil {
		m.t.Fatal(err)
	}
	if m.made == 1 {
		if err := os.Symlink(filepath.Join("..data", "muster.key"), m.path()); err != nil {
			m.t.Fatal(err)
		}
	}
}

func (m *mounted) fresh(path string) {
	if _, err := CreateKeyring(path); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mounted) broken(path string) {
	if err := os.WriteFile(path, []byte(`{"version": 1, "keys": [`), 0o600); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mounted) absent(string) {}

func anyRing(*Keyring) error { return nil }

func TestAHolderFollowsAMountedSecret(t *testing.T) {
	m := &mounted{t: t, dir: t.TempDir()}
	m.swap(m.fresh)
	h, err := Hold(m.path(), false, anyRing)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name  string
		swap  func(path string)
		other bool  // another keyring is in use afterwards
		fault error // told once
	}{
		{"another version is read", m.fresh, true, nil},
		{"a broken version changes nothing", m.broken, false, ErrKeyringFormat},
		{"nor does one without the file", m.absent, false, ErrKeyringMissing},
		{"a whole one after that is read", m.fresh, true, nil},
	} {
		before := h.Ring()
		m.swap(step.swap)
		news, err := h.look()
		if !news || !errors.Is(err, step.fault) || (h.Ring() != before) != step.other {
			t.Errorf("%s: told %v, %v, another ring %v", step.name, news, err, h.Ring() != before)
		}
		if wrong := h.Wrong(); !errors.Is(wrong, step.fault) {
			t.Errorf("%s: wrong is %v", step.name, wrong)
		}
		if news, _ := h.look(); news {
			t.Errorf("%s: told twice", step.name)
		}
	}
}

func TestAHolderSeesWhateverHappensToAFile(t *testing.T) {
	other := filepath.Join(t.TempDir(), "other.key")
	made, err := CreateKeyring(other)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(path string) error{
		"another one is renamed over it": func(path string) error { return os.Rename(other, path) },
		"it is written over in place":    func(path string) error { return os.WriteFile(path, text, 0o600) },
		"it is removed and made again": func(path string) error {
			return errors.Join(os.Remove(path), os.WriteFile(path, text, 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "muster.key")
			if _, err := CreateKeyring(path); err != nil {
				t.Fatal(err)
			}
			h, err := Hold(path, false, anyRing)
			if err != nil {
				t.Fatal(err)
			}
			if err := change(path); err != nil {
				t.Fatal(err)
			}
			if news, err := h.look(); !news || err != nil || h.Ring().Active() != made.Active() {
				t.Errorf("told %v, %v, active %s", news, err, h.Ring().Active())
			}
		})
	}
}

func TestAHolderKeepsItsRingWhereAnotherIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.key")
	first, err := CreateKeyring(path)
	if err != nil {
		t.Fatal(err)
	}
	foreign := errors.New("the keys of another database")
	h, err := Hold(path, false, func(r *Keyring) error {
		if r.Active() != first.Active() {
			return foreign
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if news, err := h.look(); !news || !errors.Is(err, ErrKeyringOpen) {
		t.Errorf("a file that others may read by now: told %v, %v", news, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := CreateKeyring(path); err != nil {
		t.Fatal(err)
	}
	if news, err := h.look(); !news || !errors.Is(err, foreign) || h.Ring().Active() != first.Active() {
		t.Errorf("another keyring: told %v, %v", news, err)
	}
	if _, err := Hold(path, false, func(*Keyring) error { return foreign }); !errors.Is(err, foreign) {
		t.Errorf("to begin with: %v", err)
	}
}

func TestWatchingTellsOfEveryRing(t *testing.T) {
	m := &mounted{t: t, dir: t.TempDir()}
	m.swap(m.fresh)
	h, err := Hold(m.path(), false, anyRing)
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan error)
	watch := func(every time.Duration, now <-chan os.Signal) (stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan bool)
		go func() {
			defer close(ended)
			h.Watch(ctx, every, now, func(_ *Keyring, err error) { told <- err })
		}()
		return func() { cancel(); <-ended }
	}

	stop := watch(time.Millisecond, nil)
	before := h.Ring().Active()
	m.swap(m.fresh)
	if err := <-told; err != nil || h.Ring().Active() == before {
		t.Errorf("a swap is told with %v", err)
	}
	stop()

	now := make(chan os.Signal)
	stop = watch(time.Hour, now)
	now <- syscall.SIGHUP
	if err := <-told; err != nil {
		t.Errorf("who asks is answered with %v", err)
	}
	stop()
}
