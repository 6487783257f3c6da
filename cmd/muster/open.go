package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/link"
	"muster/provision/store"
)

// openStore opens the database. What is wrong with its address is a matter of
// configuration; what is wrong with the network is not.
func openStore(ctx context.Context, d flags.Database, c store.Config) (*store.Store, error) {
	c.URL = d.URL
	s, err := store.Open(ctx, c)
	switch {
	case err == nil:
		return s, nil
	case errors.Is(err, provision.ErrNotFound):
		return nil, &provision.ConfigError{Msg: fmt.Sprintf("there is no database %s", d.URL),
			Hint: "muster import LIST makes it; or name another one with --db"}
	case errors.Is(err, provision.ErrSchema), errors.Is(err, provision.ErrDenied), errors.Is(err, provision.ErrAway),
		ctx.Err() != nil:
		return nil, err
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil, &provision.ConfigError{Msg: err.Error(),
			Hint: "go to a folder you may write to, or name a database in one with --db"}
	}
	return nil, &provision.ConfigError{Msg: err.Error(), Hint: "correct --db, --db-file or the environment"}
}

// keyring loads the keys of the links.
func (a *app) keyring(d flags.Database) (*link.Keyring, error) {
	return link.LoadKeyring(d.Keys, a.common.KeyFileGroup)
}

// keyringIfAny is for commands that only read: without a keyring there are no
// keys to read with.
func (a *app) keyringIfAny(d flags.Database) (*link.Keyring, error) {
	ring, err := a.keyring(d)
	if errors.Is(err, link.ErrKeyringMissing) && a.common.KeyFile == "" {
		return nil, nil
	}
	return ring, err
}

// firstKeyring loads the keys of an embedded database, and makes them where
// the database never had any.
func (a *app) firstKeyring(
	ctx context.Context, d flags.Database, s *store.Store,
) (ring *link.Keyring, made bool, err error) {
	ring, err = a.keyring(d)
	if !d.Embedded || !errors.Is(err, link.ErrKeyringMissing) {
		return ring, false, err
	}
	known, checkErr := s.KeyChecks(ctx)
	if checkErr != nil {
		return nil, false, errors.Join(checkErr, err)
	}
	if len(known) == 0 {
		if ring, err = link.CreateKeyring(d.Keys); !errors.Is(err, link.ErrKeyringExists) {
			return ring, err == nil, err
		}
	}
	ring, err = a.keyring(d) // somebody else may have been faster
	return ring, false, err
}
