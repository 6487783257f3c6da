package link

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// RotateKeyring adds a fresh key to a keyring: new links are made with it from
// then on, and with the key that was active before they are only checked. A
// *KeyringError says why the file cannot be changed; it is as it was then.
func RotateKeyring(path string, allowGroup bool) (*Keyring, error) {
	return changeKeyring(path, allowGroup, func(file *keyringFile) error {
		for i := range file.Keys {
			if file.Keys[i].State == Active {
				file.Keys[i].State = Verify
			}
		}
		file.Keys = append(file.Keys, freshKey())
		return nil
	})
}

// RetireKey ends what a key of a keyring is good for: no link that was made with
// it opens any more. The key stays in the file, because marks of people who were
// erased are found by it. The active key cannot be retired. A *KeyringError
// says why the file cannot be changed; it is as it was then.
func RetireKey(path string, allowGroup bool, kid string) (*Keyring, error) {
	return changeKeyring(path, allowGroup, func(file *keyringFile) error {
		ring, err := file.keyring()
		if err == nil {
			err = ring.Retirable(kid)
		}
		if err != nil {
			return err
		}
		file.Keys[ring.byID[kid]].State = Retired
		return nil
	})
}

// Retirable is a *KeyringError where a key cannot be retired: one that is not
// there, or the active one.
func (r *Keyring) Retirable(kid string) error {
	switch i, there := r.byID[kid]; {
	case !there:
		return &KeyringError{Fault: ErrKeyAbsent}
	case i == r.active:
		return &KeyringError{KeyID: kid, Fault: ErrKeyActive}
	}
	return nil
}

// changeKeyring changes a keyring file: whoever reads it meanwhile has all of
// the former keys or all of the new ones. One changes it at a time: whoever made
// the file that takes its place.
func changeKeyring(path string, allowGroup bool, change func(*keyringFile) error) (*Keyring, error) {
	ring, err := changedKeyring(path, allowGroup, change)
	if fault, ok := errors.AsType[*KeyringError](err); ok {
		fault.Path = path
	}
	return ring, err
}

func changedKeyring(path string, allowGroup bool, change func(*keyringFile) error) (*Keyring, error) {
	if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, &KeyringError{Fault: ErrKeyringLink}
	}
	next, err := os.OpenFile(changedName(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, &KeyringError{Fault: ErrKeyringBusy}
	}
	if err != nil {
		return nil, fmt.Errorf("changing the keyring: %w", err)
	}
	ring, err := putInPlace(path, allowGroup, next, change)
	if err != nil {
		_ = next.Close() // it may be closed
		return nil, errors.Join(err, os.Remove(next.Name()))
	}
	return ring, syncDir(filepath.Dir(path))
}

// putInPlace writes a changed keyring into a file and gives it the name.
func putInPlace(path string, allowGroup bool, next *os.File, change func(*keyringFile) error) (*Keyring, error) {
	text, was, err := readKeyring(path, allowGroup)
	if err != nil {
		return nil, err
	}
	ring, text, err := changedText(text, change)
	if err != nil {
		return nil, err
	}
	if err := writeLike(next, text, was); err != nil {
		return nil, fmt.Errorf("changing the keyring: %w", err)
	}
	if is, err := os.Lstat(path); err != nil || !sameFile(was, is) {
		return nil, &KeyringError{Fault: ErrKeyringSwapped}
	}
	if err := errors.Join(next.Close(), os.Rename(next.Name(), path)); err != nil {
		return nil, fmt.Errorf("changing the keyring: %w", err)
	}
	return ring, nil
}

// changedName is the file that takes the place of a keyring.
func changedName(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".new")
}

// changedText is a keyring as it is after a change, and its text.
func changedText(text []byte, change func(*keyringFile) error) (*Keyring, []byte, error) {
	file, err := decodeKeyring(text)
	if err != nil {
		return nil, nil, err
	}
	if err := change(&file); err != nil {
		return nil, nil, err
	}
	if text, err = file.encode(); err != nil {
		return nil, nil, err
	}
	ring, err := file.keyring()
	return ring, text, err
}

// writeLike writes a file whole, with owner and mode of the one whose place it
// takes: the programs that read that one are to read this one.
func writeLike(f *os.File, text []byte, like fs.FileInfo) error {
	_, err := f.Write(text)
	return errors.Join(err, giveTo(f, like), f.Chmod(like.Mode().Perm()), f.Sync())
}
