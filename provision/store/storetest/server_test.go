package storetest

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"
)

// TestServerEndsWithAKilledProcess starts a server in a process of its own
// and kills that without a chance to clean up.
func TestServerEndsWithAKilledProcess(t *testing.T) {
	if os.Getenv("MUSTER_TEST_SERVER") != "" {
		s, err := Start(context.Background(), Hasty)
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString(s.dir)
		time.Sleep(time.Minute)
		return
	}
	if _, err := binaries(); errors.Is(err, ErrNoServer) && os.Getenv("CI") == "" {
		t.Skipf("NOT TESTED ON POSTGRESQL: %v", err)
	}
	c := exec.Command(os.Args[0], "-test.run", "^TestServerEndsWithAKilledProcess$")
	c.Env = append(os.Environ(), "MUSTER_TEST_SERVER=1")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	name := make([]byte, 200)
	n, err := io.ReadAtLeast(out, name, len("/tmp/muster-pg-"))
	if err != nil {
		t.Fatal(err)
	}
	dir := string(name[:n])
	if _, err := os.Stat(dir + "/data/postmaster.pid"); err != nil {
		t.Fatal(err)
	}
	c.Process.Kill()
	c.Wait()
	for range 100 {
		if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s is still there", dir)
}
