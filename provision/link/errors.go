package link

import (
	"errors"

	"muster/importer/failure"
)

// Errors about a single token. Whoever opened the link is told the same about
// all of them; they differ for the log and for tests.
var (
	ErrMalformed  = errors.New("this is not a muster link token")
	ErrNotGenuine = errors.New("the link token does not belong to this link")
	ErrUnknownKey = errors.New("the key of the link is not in the keyring")
	ErrRetiredKey = errors.New("the key of the link is retired")
)

// Errors about a keyring file, to be told apart with errors.Is on the
// KeyringError that wraps them.
var (
	ErrKeyringMissing = errors.New("there is no keyring")
	ErrKeyringExists  = errors.New("there is a file of this name already")
	ErrKeyringOpen    = errors.New("the keyring can be read by others")
	ErrKeyringFile    = errors.New("the keyring is not a regular file")
	ErrKeyringFormat  = errors.New("the file is not a keyring")
	ErrKeyLength      = errors.New("a master key is not 32 bytes long")
	ErrKeyWeak        = errors.New("a master key is one byte repeated")
	ErrKeyMismatch    = errors.New("a master key does not have the id written beside it")
	ErrKeyDuplicate   = errors.New("a key stands in the keyring twice")
	ErrKeyState       = errors.New("a key has an unknown state")
	ErrNoActiveKey    = errors.New("no key of the keyring is active")
	ErrTwoActiveKeys  = errors.New("more than one key of the keyring is active")
	ErrKeyringLink    = errors.New("the name of the keyring is a link")
	ErrKeyringBusy    = errors.New("the keyring is being changed")
	ErrKeyringSwapped = errors.New("somebody else changed the keyring meanwhile; nothing was written")
	ErrKeyAbsent      = errors.New("the keyring has no such key")
	ErrKeyActive      = errors.New("the key is the active one")
)

var hints = map[error]string{
	ErrKeyringMissing: "name the keyring with --key-file, or make one with: muster keys init",
	ErrKeyringExists:  "muster never writes over a keyring; choose another name, or use the one that is there",
	ErrKeyringOpen:    "chmod 600 the file; a secret mounted for root may be 0440 where that is allowed explicitly",
	ErrKeyringFile:    "name the keyring file itself",
	ErrKeyringFormat:  "restore the file from its backup; muster keys init makes a new one, but links made with the old keys die with them",
	ErrKeyLength:      "restore the file from its backup",
	ErrKeyWeak:        "this key was not made by muster; make a keyring with: muster keys init",
	ErrKeyMismatch:    "the file was edited; restore it from its backup",
	ErrKeyDuplicate:   "take one of the two entries out",
	ErrKeyState:       "a key is active, verify or retired",
	ErrNoActiveKey:    "set the state of exactly one key to active",
	ErrTwoActiveKeys:  "set the state of all keys but one to verify",
	ErrKeyringLink:    "name the file that it leads to; a mounted secret is changed where it is kept, and then mounted again",
	ErrKeyringSwapped: "look at it with muster keys check, then try again",
	ErrKeyAbsent:      "muster keys check lists its keys",
	ErrKeyActive:      "make another one first: muster keys rotate",
}

// A KeyringError says what is wrong with a keyring file. It never quotes the
// file.
type KeyringError struct {
	Path  string
	KeyID string // "" where the whole file is meant
	Fault error  // one of the errors above
	Cause error  // what the system said, if it said anything
}

func (e *KeyringError) Error() string {
	text := ""
	if e.Path != "" {
		text = e.Path + ": "
	}
	if e.KeyID != "" {
		text += "key " + e.KeyID + ": "
	}
	text += e.Fault.Error()
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap lets errors.Is find the fault and what the system said.
func (e *KeyringError) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Fault}
	}
	return []error{e.Fault, e.Cause}
}

// Failure says that the keyring has to be put right, and how.
func (e *KeyringError) Failure() (failure.Class, string) {
	if e.Fault == ErrKeyringBusy {
		return failure.Config, "wait; where nobody is at it, somebody was cut off: remove " + changedName(e.Path)
	}
	return failure.Config, hints[e.Fault]
}
