package store_test

import (
	"testing"

	"muster/provision"
	"muster/provision/store/storetest"
)

func TestSQLite(t *testing.T) {
	open := func(t *testing.T) provision.Store {
		s := storetest.Open(t, storetest.SQLite(t))
		s.Narrow() // what is done in parts is done in many
		return s
	}
	storetest.Run(t, open)
	storetest.RunGone(t, open)
	storetest.RunPrivacy(t, open)
	storetest.RunClaims(t, open)
}

func TestPostgres(t *testing.T) {
	open := func(t *testing.T) provision.Store { return storetest.Open(t, storetest.Postgres(t)) }
	storetest.Run(t, open)
	storetest.RunGone(t, open)
	storetest.RunPrivacy(t, open)
	storetest.RunClaims(t, open)
}
