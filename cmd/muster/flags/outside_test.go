package flags

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// written writes a file that its owner alone reads.
func written(t *testing.T, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "url")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAddressesOfReceivers(t *testing.T) {
	const direct, filed = "https://direct.example.com/a", "https://filed.example.com/a\n"
	for _, c := range []struct {
		name    string
		o       Outside
		from    Sources
		want    string // host that is told, "" for none
		refused string
	}{
		{name: "nobody"},
		{"typed", Outside{Heartbeat: direct}, Sources{"heartbeat-url": fromFlag}, "direct", ""},
		{"in a file", Outside{HeartbeatFile: written(t, filed, 0o600)}, Sources{"heartbeat-url-file": fromFlag}, "filed", ""},
		{"a mounted secret, for its group", Outside{HeartbeatFile: written(t, filed, 0o440)}, nil, "filed", ""},
		{"the command line goes before the environment", Outside{Heartbeat: direct, HeartbeatFile: written(t, filed, 0o600)},
			Sources{"heartbeat-url": fromEnvironment, "heartbeat-url-file": fromFlag}, "filed", ""},
		{"both alike", Outside{Heartbeat: direct, HeartbeatFile: written(t, filed, 0o600)},
			Sources{"heartbeat-url": fromFile, "heartbeat-url-file": fromFile}, "", "both name a URL"},
		{"a password that everybody sees", Outside{Heartbeat: "https://a:secret@direct.example.com"},
			Sources{"heartbeat-url": fromFlag}, "", "holds a password"},
		{"a password in the environment", Outside{Heartbeat: "https://a:secret@direct.example.com"},
			Sources{"heartbeat-url": fromEnvironment}, "direct", ""},
		{"no address", Outside{Heartbeat: "secret"}, nil, "", "is no address"},
		{"a file that others read", Outside{HeartbeatFile: written(t, filed, 0o604)}, nil, "", "can be read by others"},
		{"a file with something else", Outside{HeartbeatFile: written(t, "secret and more", 0o600)}, nil, "", "is no address"},
		{"a name", Outside{WatchAs: "creators/eu 2"}, nil, "", ""},
		{"the address of somebody for a name", Outside{WatchAs: "secret@example.com"}, nil, "", "is no name of a job"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := c.o.Settings(c.from)
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) || strings.Contains(err.Error(), "secret") {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Heartbeat.String(); c.want != "" && !strings.Contains(got, c.want) || c.want == "" && got != "" {
				t.Errorf("told is %q", got)
			}
		})
	}
}

// What is right of the settings counts where something else is wrong.
func TestWhoCanBeToldIsKnownBesideAnError(t *testing.T) {
	o := Outside{MetricsFile: "muster.prom", Heartbeat: "https://direct.example.com", Notify: "wrong"}
	s, err := o.Settings(nil)
	if err == nil || s.MetricsFile == "" || s.Heartbeat.IsZero() || !s.Notify.IsZero() {
		t.Errorf("%+v, %v", s, err)
	}
}

// Outside of Kubernetes nothing is left where it would look.
func TestTheLastWordsGoWhereTheyAreLookedFor(t *testing.T) {
	t.Setenv("KUBERNETES_SERVICE_HOST", "")
	if got := (&Outside{}).termination(); got != "" {
		t.Errorf("%q", got)
	}
	if got := (&Outside{Termination: "last"}).termination(); got != "last" {
		t.Errorf("%q", got)
	}
}
