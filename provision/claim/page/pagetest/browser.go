//go:build browser

package pagetest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long a step in the browser may take: far longer than any.
const patience = 20 * time.Second

// Browser is a Chromium without a window.
type Browser struct{ ctx context.Context }

// Start starts a browser with a profile of its own, which ends with the test.
// Where there is none the test is skipped, and fails where CI is set.
func Start(t *testing.T) *Browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	switch {
	case err != nil && os.Getenv("CI") != "":
		t.Fatal("CI is set, and there is no chromium: make browser installs it")
	case err != nil:
		t.Skip("NO BROWSER: there is no chromium here; make browser installs it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("lang", "en-GB"), chromedp.Flag("accept-lang", "en-GB"))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		stop()
		stopAllocator()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting %s: %v", path, err)
	}
	return &Browser{ctx}
}
