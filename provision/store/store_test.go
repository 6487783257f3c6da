package store_test

import (
	"testing"

	"muster/provision"
	"muster/provision/store/storetest"
)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) provision.Store { return storetest.Open(t, storetest.SQLite(t)) })
}

func TestPostgres(t *testing.T) {
	storetest.Run(t, func(t *testing.T) provision.Store { return storetest.Open(t, storetest.Postgres(t)) })
}
