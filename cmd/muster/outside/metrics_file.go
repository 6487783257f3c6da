package outside

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// A line is a value that an earlier start wrote.
type line struct{ family, job, text string }

// written finds the parts of such a line.
var written = regexp.MustCompile(`^(muster_[a-z_]+)\{(command="(?:[^"\\]|\\.)*",source="(?:[^"\\]|\\.)*"(?:,shard="[^"]*")?)[,}].* [0-9.]+$`)

// errForeign keeps what is no file of metrics.
var errForeign = errors.New("holds something else than metrics of muster, and is left as it is")

// earlierLines reads what earlier starts wrote.
func earlierLines(text string) ([]line, error) {
	if text != "" && !strings.HasPrefix(text, "# HELP muster_") {
		return nil, errForeign
	}
	var lines []line
	for l := range strings.Lines(text) {
		l = strings.TrimSuffix(l, "\n")
		if m := written.FindStringSubmatch(l); m != nil {
			lines = append(lines, line{m[1], m[2], l})
		}
	}
	return lines, nil
}

// writeMetrics writes the file that a node exporter reads: whole or not at all,
// with what other jobs wrote there, and the last success where this was none.
func writeMetrics(path string, r Report) error {
	if is, err := os.Stat(path); err == nil && !is.Mode().IsRegular() {
		return fmt.Errorf("--metrics-file: %s is no file", path)
	}
	err := alone(path, func() error {
		before, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		earlier, err := earlierLines(string(before))
		if err != nil {
			return fmt.Errorf("%s %w", path, err)
		}
		return replace(path, exposition(r, earlier))
	})
	if err != nil {
		return fmt.Errorf("--metrics-file: %w", err)
	}
	return nil
}

// alone lets one job at a time write a file: jobs that share it end at the same
// time when they were started at the same time. Who holds it longer than anybody
// may take was killed.
func alone(path string, write func() error) error {
	lock := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".lock")
	for {
		f, err := os.OpenFile(lock, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		switch {
		case err == nil:
			defer os.Remove(lock)
			return errors.Join(f.Close(), write())
		case !errors.Is(err, fs.ErrExist):
			return err
		}
		if held, err := os.Stat(lock); err == nil && time.Since(held.ModTime()) > patience {
			_ = os.Remove(lock)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// replace writes a file that is complete whenever somebody looks. Everybody may
// read it, as the exporter has to. Its name before it is done ends as no
// exporter looks for.
func replace(path, text string) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// push hands the metrics to a Pushgateway. It adds: what a start says nothing
// new about, like the last success after a failure, stays there.
func push(ctx context.Context, to Address, r Report) error {
	group := []string{"metrics", "job", "muster", "command@base64", coded(r.Command), "source@base64", coded(r.Source)}
	if r.Shard != "" {
		group = append(group, "shard@base64", coded(r.Shard))
	}
	return post(ctx, "--metrics-push", to, to.below(group...), "text/plain; version=0.0.4", []byte(exposition(r, nil)))
}

// coded is a label as a Pushgateway takes it in a path, whatever is in it.
func coded(label string) string { return base64.URLEncoding.EncodeToString([]byte(label)) }
