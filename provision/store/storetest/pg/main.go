// Command pg runs a command beside a throw-away PostgreSQL:
//
//	go run ./provision/store/storetest/pg -- muster import list.csv
//
// -durable keeps what is committed safe on disk, as a server in production
// does; without it the server is as fast as it can be.
//
// MUSTER_DB holds the URL of a fresh, migrated database, and PGHOST, PGUSER
// and PGDATABASE name it for psql. The server ends with the command, whose
// exit code comes back.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"time"

	"muster/provision/store/storetest"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	settings := storetest.Hasty
	if len(args) > 0 && args[0] == "-durable" {
		args, settings = args[1:], storetest.Durable
	}
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: go run ./provision/store/storetest/pg [-durable] -- command arguments…")
		return 2
	}
	code, err := beside(args, settings)
	if err != nil {
		fmt.Fprintln(os.Stderr, "pg: error:", err)
		return 1
	}
	return code
}

func beside(args []string, settings string) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	server, err := storetest.Start(ctx, settings)
	if err != nil {
		return 0, err
	}
	defer server.Stop()
	db, _, err := server.Database(ctx)
	if err != nil {
		return 0, err
	}
	u, err := url.Parse(db)
	if err != nil {
		return 0, err
	}
	c := exec.Command(args[0], args[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	c.Env = append(os.Environ(), "MUSTER_DB="+db, "PGHOST="+u.Query().Get("host"), "PGUSER="+u.User.Username(), "PGDATABASE="+u.Path[1:])
	// The terminal sends its interrupt to the command as well, which decides.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	var exit *exec.ExitError
	if err := c.Run(); errors.As(err, &exit) {
		return exit.ExitCode(), nil
	} else if err != nil {
		return 0, err
	}
	return 0, nil
}
