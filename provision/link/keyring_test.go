package link

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"muster/importer/identity"
)

func TestCreateThenLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.key")
	made, err := CreateKeyring(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	loaded, err := LoadKeyring(path, false)
	if err != nil {
		t.Fatal(err)
	}
	if made.Active() != loaded.Active() || made.Check(made.Active()) != loaded.Check(made.Active()) {
		t.Errorf("made %v, loaded %v", made, loaded)
	}
	if keys := loaded.Keys(); len(keys) != 1 || keys[0].State != Active || keys[0].Created.IsZero() {
		t.Errorf("keys %+v", keys)
	}
	before, _ := os.ReadFile(path)
	_, err = CreateKeyring(path)
	if fault, ok := errors.AsType[*KeyringError](err); !ok || fault.Fault != ErrKeyringExists || fault.Path != path || hintOf(fault) == "" {
		t.Errorf("a second time: %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the keyring was written over")
	}
	if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

func TestOneKeyringComesOfMany(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.key")
	var made sync.Map
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			r, err := CreateKeyring(path)
			if err != nil {
				r, err = LoadKeyring(path, false)
			}
			if err != nil {
				t.Error(err)
				return
			}
			made.Store(r.Active(), true)
		})
	}
	wait.Wait()
	n := 0
	made.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d different keys", n)
	}
}

func entry(master []byte, state string) string {
	id := newSecret(master).kid()
	return fmt.Sprintf(`{"kid":%q,"created":"2030-01-02T03:04:05Z","state":%q,"master":%q}`,
		hex.EncodeToString(id[:]), state, base64.StdEncoding.EncodeToString(master))
}

func ring(entries ...string) string {
	return `{"version":1,"keys":[` + strings.Join(entries, ",") + `]}`
}

func TestLoadRefuses(t *testing.T) {
	good, other := sampleMaster(), append(sampleMaster()[1:], 99)
	short := `{"kid":"345a75c6","created":"2030-01-02T03:04:05Z","state":"active","master":"` + base64.StdEncoding.EncodeToString(good[:31]) + `"}`
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		want error
	}{
		"a file others may read":       {ring(entry(good, "active")), 0o604, ErrKeyringOpen},
		"a file the group may read":    {ring(entry(good, "active")), 0o640, ErrKeyringOpen},
		"an executable file":           {ring(entry(good, "active")), 0o700, ErrKeyringOpen},
		"an empty file":                {"", 0o600, ErrKeyringFormat},
		"half a file":                  {ring(entry(good, "active"))[:80], 0o600, ErrKeyringFormat},
		"something behind the ring":    {ring(entry(good, "active")) + "{}", 0o600, ErrKeyringFormat},
		"a field nobody knows":         {`{"version":1,"keys":[],"extra":1}`, 0o600, ErrKeyringFormat},
		"a later version":              {`{"version":2,"keys":[]}`, 0o600, ErrKeyringFormat},
		"a master that is not base64":  {strings.Replace(ring(entry(good, "active")), "AAEC", "A*EC", 1), 0o600, ErrKeyringFormat},
		"a file far too long":          {ring(entry(good, "active")) + strings.Repeat(" ", maxKeyring), 0o600, ErrKeyringFormat},
		"a master too short":           {ring(short), 0o600, ErrKeyLength},
		"a master of zeros":            {ring(entry(make([]byte, 32), "active")), 0o600, ErrKeyWeak},
		"a master under another's id":  {strings.Replace(ring(entry(good, "active")), "345a75c6", "00000000", 1), 0o600, ErrKeyMismatch},
		"one key twice":                {ring(entry(good, "active"), entry(good, "verify")), 0o600, ErrKeyDuplicate},
		"a state nobody knows":         {ring(entry(good, "spare")), 0o600, ErrKeyState},
		"no keys":                      {ring(), 0o600, ErrNoActiveKey},
		"no active key":                {ring(entry(good, "verify"), entry(other, "retired")), 0o600, ErrNoActiveKey},
		"two active keys":              {ring(entry(good, "active"), entry(other, "active")), 0o600, ErrTwoActiveKeys},
		"a key pasted in the id field": {strings.Replace(ring(entry(good, "spare")), `"345a75c6"`, `"sekrit"`, 1), 0o600, ErrKeyState},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "muster.key")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, c.mode); err != nil {
				t.Fatal(err)
			}
			_, err := LoadKeyring(path, false)
			fault, ok := errors.AsType[*KeyringError](err)
			if !ok || !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if hintOf(fault) == "" || fault.Path != path {
				t.Errorf("hint %q, path %q", hintOf(fault), fault.Path)
			}
			if strings.Contains(err.Error(), "sekrit") || strings.Contains(err.Error(), "AAEC") {
				t.Errorf("the error quotes the file: %v", err)
			}
		})
	}
	if _, err := LoadKeyring(filepath.Join(t.TempDir(), "none"), false); !errors.Is(err, ErrKeyringMissing) {
		t.Errorf("no file: %v", err)
	}
	if _, err := LoadKeyring(t.TempDir(), false); !errors.Is(err, ErrKeyringFile) {
		t.Errorf("a folder: %v", err)
	}
}

func TestGroupMayReadOnlyWhatRootOwnsAndOnlyWhenAllowed(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root to give a file away")
	}
	path := filepath.Join(t.TempDir(), "muster.key")
	if err := os.WriteFile(path, []byte(ring(entry(sampleMaster(), "active"))), 0o600); err != nil {
		t.Fatal(err)
	}
	try := func(mode os.FileMode, uid int, allow, want bool) {
		t.Helper()
		if err := errors.Join(os.Chmod(path, mode), os.Chown(path, uid, -1)); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadKeyring(path, allow); (err == nil) != want {
			t.Errorf("mode %o, owner %d, allowed %v: %v", mode, uid, allow, err)
		}
	}
	try(0o440, 0, true, true)
	try(0o440, 0, false, false)
	try(0o440, 12345, true, false)
	try(0o444, 0, true, false)
	try(0o460, 0, true, false)
	try(0o400, 0, false, true)
}

func TestNothingPrintsAKey(t *testing.T) {
	r := sampleRing(t, Active)
	var out strings.Builder
	log := slog.New(slog.NewJSONHandler(&out, nil))
	log.Info("ring", "ring", r, "value", *r)
	slog.New(slog.NewTextHandler(&out, nil)).Info("ring", "ring", r, "value", *r)
	holder := struct {
		ring  *Keyring
		value Keyring
		key   subkeys
		bare  secret
	}{r, *r, r.keys[0], r.keys[0].mac}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%X", "%q", "%d"} {
		for _, v := range []any{r, *r, holder, &holder, r.keys[0], r.keys[0].mac, []secret{r.keys[0].mac}} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	for _, v := range []any{r, *r, r.keys, r.keys[0].mac, map[string]any{"a": r}} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(text)
	}
	for _, k := range []secret{newSecret(sampleMaster()), r.keys[0].mac, r.keys[0].suppression, r.keys[0].pseudonym, r.keys[0].check} {
		b := k.reveal()
		spaced, hexed := fmt.Sprintf("%d", b[:6]), hex.EncodeToString(b[:6])
		for _, form := range []string{string(b[:6]), strings.Trim(spaced, "[]"), hexed, strings.ToUpper(hexed), base64.StdEncoding.EncodeToString(b[:6])} {
			if strings.Contains(out.String(), form) {
				t.Errorf("key bytes appear as %q", form)
			}
		}
	}
}

func TestMarks(t *testing.T) {
	r := sampleRing(t, Active)
	key := identity.Key{Space: "email", Value: "ana@example.com"}
	mark := r.Mark(key, "org_1")
	if !strings.HasPrefix(mark, r.Active()+"-") || len(mark) != 8+1+64 || strings.Contains(mark, "ana") {
		t.Errorf("mark %q", mark)
	}
	different := map[string]bool{mark: true}
	for _, other := range []string{
		r.Mark(key, "org_2"), r.Mark(key, ""),
		r.Mark(identity.Key{Space: "mailbox", Value: key.Value}, "org_1"),
		r.Mark(identity.Key{Space: "emai", Value: "l" + key.Value}, "org_1"),
		r.Mark(identity.Key{Space: "email", Value: "eve@example.com"}, "org_1"),
	} {
		if different[other] {
			t.Errorf("%s marks two things", other)
		}
		different[other] = true
	}
	if got := r.Marks(key, "org_1"); len(got) != 1 || got[0] != mark {
		t.Errorf("marks %v", got)
	}
	for _, state := range []State{Verify, Retired} {
		if got := sampleRing(t, state).Marks(key, "org_1"); len(got) != 2 || got[1] != mark {
			t.Errorf("after rotation: %v, want %s last", got, mark)
		}
	}
	r.Mark(identity.Key{Space: "website", Value: strings.Repeat("x", 100_000)}, "org_1") // as long as it likes
	if p := r.Pseudonym("ana@example.com"); len(p) != 12 || p != r.Pseudonym("ana@example.com") {
		t.Errorf("pseudonym %q", p)
	}
}

func hintOf(e *KeyringError) string {
	_, hint := e.Failure()
	return hint
}
