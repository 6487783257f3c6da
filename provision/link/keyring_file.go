package link

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// maxKeyring is far more than any keyring needs; a longer file is none.
const maxKeyring = 1 << 20

// keyringFile is the keyring as JSON. Masters are standard base64, padded.
type keyringFile struct {
	Version int        `json:"version"`
	Keys    []keyEntry `json:"keys"`
}

type keyEntry struct {
	ID      string    `json:"kid"`
	Created time.Time `json:"created"`
	State   State     `json:"state"`
	Master  string    `json:"master"`
}

// LoadKeyring reads a keyring. It refuses, with a *KeyringError, a file others
// may read and keys that cannot be right. With allowGroup the group may read
// the file too where it belongs to root: a secret that Kubernetes mounts.
func LoadKeyring(path string, allowGroup bool) (*Keyring, error) {
	r, err := loadKeyring(path, allowGroup)
	if fault, ok := errors.AsType[*KeyringError](err); ok {
		fault.Path = path
	}
	return r, err
}

func loadKeyring(path string, allowGroup bool) (*Keyring, error) {
	text, _, err := readKeyring(path, allowGroup)
	if err != nil {
		return nil, err
	}
	return parseKeyring(text)
}

// readKeyring reads the text of a keyring, and what the system says of the file.
func readKeyring(path string, allowGroup bool) ([]byte, fs.FileInfo, error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, &KeyringError{Fault: ErrKeyringMissing}
	case err != nil:
		return nil, nil, fmt.Errorf("reading the keyring: %w", err)
	}
	defer f.Close()

	// What is checked is what was opened, not what the name leads to later.
	info, err := f.Stat()
	if err != nil {
		return nil, nil, fmt.Errorf("reading the keyring: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, nil, &KeyringError{Fault: ErrKeyringFile}
	}
	if !private(info, allowGroup) {
		return nil, nil, &KeyringError{Fault: ErrKeyringOpen, Cause: fmt.Errorf("its mode is %04o", info.Mode().Perm())}
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKeyring+1))
	if err != nil {
		return nil, nil, fmt.Errorf("reading the keyring: %w", err)
	}
	return text, info, nil
}

// private reports whether nobody but the owner may read the file, or, where
// that is allowed, nobody but root and a group.
func private(info fs.FileInfo, allowGroup bool) bool {
	mode := info.Mode().Perm()
	return mode&^0o600 == 0 || allowGroup && mode&^0o640 == 0 && ownedByRoot(info)
}

// parseKeyring reads the JSON text, and checks it.
func parseKeyring(text []byte) (*Keyring, error) {
	file, err := decodeKeyring(text)
	if err != nil {
		return nil, err
	}
	return file.keyring()
}

// decodeKeyring reads the JSON text. Errors of the decoders are not passed on:
// they may quote what they could not read.
func decodeKeyring(text []byte) (keyringFile, error) {
	var file keyringFile
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if len(text) > maxKeyring || dec.Decode(&file) != nil || dec.More() || file.Version != 1 {
		return file, &KeyringError{Fault: ErrKeyringFormat}
	}
	return file, nil
}

// keyring checks the keys and derives what is needed from them.
func (file keyringFile) keyring() (*Keyring, error) {
	keys := make([]subkeys, 0, len(file.Keys))
	for i, entry := range file.Keys {
		k, err := entry.key()
		if err != nil {
			return nil, &KeyringError{KeyID: entry.place(i), Fault: err}
		}
		keys = append(keys, k)
	}
	return newKeyring(keys)
}

// key checks one entry and derives what is needed from it.
func (e keyEntry) key() (subkeys, error) {
	master, err := base64.StdEncoding.Strict().DecodeString(e.Master)
	switch {
	case err != nil:
		return subkeys{}, ErrKeyringFormat
	case len(master) != keyLength:
		return subkeys{}, ErrKeyLength
	case weak(master):
		return subkeys{}, ErrKeyWeak
	case e.State != Active && e.State != Verify && e.State != Retired:
		return subkeys{}, ErrKeyState
	}
	s := newSecret(master)
	if id := s.kid(); e.ID != hex.EncodeToString(id[:]) {
		return subkeys{}, ErrKeyMismatch
	}
	return derive(Key{ID: e.ID, Created: e.Created, State: e.State}, s), nil
}

// place names an entry by its id where that can be nothing else, otherwise by
// its number: somebody may have pasted a key into the wrong field.
func (e keyEntry) place(i int) string {
	if id, err := hex.DecodeString(e.ID); err == nil && len(id) == 4 {
		return e.ID
	}
	return fmt.Sprintf("number %d", i+1)
}

// freshKey is a new active key.
func freshKey() keyEntry {
	master := make([]byte, keyLength)
	rand.Read(master) // never fails
	id := newSecret(master).kid()
	return keyEntry{
		ID:      hex.EncodeToString(id[:]),
		Created: time.Now().UTC().Truncate(time.Second),
		State:   Active,
		Master:  base64.StdEncoding.EncodeToString(master),
	}
}

// encode is the text of the file.
func (file keyringFile) encode() ([]byte, error) {
	text, err := json.MarshalIndent(file, "", "  ")
	return append(text, '\n'), err
}

// CreateKeyring makes a keyring with one fresh active key, readable by its
// owner alone, and never writes over a file. The file has its name only once
// it is whole, so that whoever loads it meanwhile finds all of it or nothing.
func CreateKeyring(path string) (*Keyring, error) {
	file := keyringFile{Version: 1, Keys: []keyEntry{freshKey()}}
	text, err := file.encode()
	if err != nil {
		return nil, err
	}
	if err := writeNew(path, text); err != nil {
		return nil, err
	}
	return parseKeyring(text)
}

// writeNew writes a file that must not be there yet: under a temporary name
// first, then linked, which fails where the name is taken.
func writeNew(path string, text []byte) error {
	dir := filepath.Dir(path)
	temp := filepath.Join(dir, "."+filepath.Base(path)+"."+rand.Text()[:12])
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("making a keyring: %w", err)
	}
	defer os.Remove(temp)
	_, err = f.Write(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("making a keyring: %w", err)
	}
	switch err := os.Link(temp, path); {
	case errors.Is(err, fs.ErrExist):
		return &KeyringError{Path: path, Fault: ErrKeyringExists}
	case err != nil:
		return fmt.Errorf("making a keyring: %w", err)
	}
	return syncDir(dir)
}

// syncDir makes the new name survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("making a keyring: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
