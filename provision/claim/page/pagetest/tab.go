//go:build browser

package pagetest

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Tab is a page of the browser that knows nothing of any other. Whatever does
// not work in it ends its test.
type Tab struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string
	refused  []string
}

// Open opens a tab, which is closed with the test.
func (b *Browser) Open(t testing.TB) *Tab {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	tab := &Tab{t: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, tab.listen); err != nil {
		t.Fatal(err)
	}
	tab.do(call(network.Enable, network.EnableParams{}), call(log.Enable, cdp.Empty{}))
	return tab
}

// listen notes what the page asks for, and what it is not allowed to.
func (p *Tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *log.EventEntryAdded:
		if strings.Contains(e.Entry.Text, "Content Security Policy") {
			p.refused = append(p.refused, e.Entry.Text)
		}
	}
}

// call is a command of the browser as a step.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

func (p *Tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

func run[T any](p *Tab, a chromedp.Action[T]) T {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	value, err := chromedp.Run(ctx, a)
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// Go opens an address.
func (p *Tab) Go(url string) {
	p.t.Helper()
	p.do(chromedp.Navigate(url))
}

// Follow clicks what leads to another page, and waits for that.
func (p *Tab) Follow(selector string) {
	p.t.Helper()
	p.leave(chromedp.Click(chromedp.CSS(selector)))
}

// PressOn presses keys of which the last leads to another page.
func (p *Tab) PressOn(keys string) {
	p.t.Helper()
	p.leave(chromedp.KeyEvent(keys))
}

func (p *Tab) leave(step chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	if _, err := chromedp.RunResponse(ctx, step); err != nil {
		p.t.Fatal(err)
	}
}

// Press presses keys, wherever the focus is.
func (p *Tab) Press(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// Type types into a field.
func (p *Tab) Type(selector, text string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Text is what can be read in an element.
func (p *Tab) Text(selector string) string {
	p.t.Helper()
	return run(p, chromedp.Text(chromedp.CSS(selector)))
}

// Title is the title of the window.
func (p *Tab) Title() string {
	p.t.Helper()
	return run(p, chromedp.Title())
}

// Eval is the value of an expression of JavaScript.
func Eval[T any](p *Tab, expression string) T {
	p.t.Helper()
	return run(p, chromedp.Evaluate[T](expression))
}

// Size makes the window so large, in pixels.
func (p *Tab) Size(width, height int64) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(width, height))
}

// Prefers says what its person prefers, as a feature of media queries.
func (p *Tab) Prefers(feature, value string) {
	p.t.Helper()
	p.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
	}))
}

// OnPaper makes the page look as it is printed, so many pixels wide, until Prefers is called.
func (p *Tab) OnPaper(width int64) {
	p.t.Helper()
	p.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	p.Size(width, width*297/210)
}

// NoScript switches JavaScript off.
func (p *Tab) NoScript() {
	p.t.Helper()
	p.do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
}

// Picture saves a picture of the whole page.
func (p *Tab) Picture(path string) {
	p.t.Helper()
	if err := os.WriteFile(path, run(p, chromedp.FullScreenshot(100)), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// Requests are the addresses that were asked for so far.
func (p *Tab) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// Refused are the words of the browser about what the page was not allowed to.
func (p *Tab) Refused() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.refused)
}
