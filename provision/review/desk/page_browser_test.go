//go:build browser

package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/provision/claim/page/pagetest"
)

// Every page, narrow and wide: nothing sticks out to the side, nothing comes from
// elsewhere, and nothing is forbidden to it. Where MUSTER_SHOTS names a folder,
// pictures are left there.
func TestBrowserEveryPageFits(t *testing.T) {
	tab := pagetest.Start(t).Open(t)
	w := open(t, 2000)
	tab.Go(w.address)
	room := w.base + w.desk.door.room
	look := func(name string) {
		t.Helper()
		for _, size := range []struct {
			name          string
			width, height int64
		}{{"narrow", 390, 844}, {"wide", 1200, 900}} {
			tab.Size(size.width, size.height)
			if wide := pagetest.Eval[int64](tab, "document.documentElement.scrollWidth"); wide > size.width {
				t.Errorf("%s: %d pixels wide, on a screen of %d", name, wide, size.width)
			}
			if shots := os.Getenv("MUSTER_SHOTS"); shots != "" {
				tab.Picture(filepath.Join(shots, name+"-"+size.name+".png"))
				tab.Prefers("prefers-color-scheme", "dark")
				tab.Picture(filepath.Join(shots, name+"-"+size.name+"-dark.png"))
				tab.Prefers("prefers-color-scheme", "light")
			}
		}
	}
	look("list")
	for row, name := range map[string]string{"1": "looks-like", "2": "conflict", "4": "shared", "5": "hostile"} {
		tab.Go(room + "/row/" + row)
		look("row-" + name)
	}
	if n := pagetest.Eval[int](tab, "document.querySelectorAll('img, [onerror], script:not([src])').length"); n != 0 {
		t.Errorf("%d elements came of names", n)
	}
	for _, row := range []string{"1", "3", "4"} {
		tab.Go(room + "/row/" + row)
		tab.Follow("button[data-key='1']")
	}
	tab.Go(room + "/row/1")
	look("row-decided")
	tab.Go(room + "/apply")
	look("check")
	tab.Follow("button.main")
	look("plan")
	tab.Follow("button.main")
	look("done")
	tab.Follow("button.main")
	look("closed")
	for _, url := range tab.Requests() {
		if !strings.HasPrefix(url, w.base) && !strings.HasPrefix(url, "data:") {
			t.Errorf("asked for %s", url)
		}
	}
	for _, said := range tab.Refused() {
		t.Errorf("the browser refuses: %s", said)
	}
}

// By the keyboard alone a row is decided, undone, left for later, and all of it
// applied.
func TestBrowserByKeyboard(t *testing.T) {
	tab := pagetest.Start(t).Open(t)
	w := open(t, 2)
	tab.Go(w.address)
	for _, step := range []struct{ keys, title string }{
		{"g", "Row 1 of 2"}, {"j", "Row 2 of 2"}, {"k", "Row 1 of 2"}, {"1", "Row 2 of 2"}, {"u", "Row 1 of 2"},
		{"n", "Row 2 of 2"}, {"2", "Apply what was decided"}, {"l", "Review: who are these?"}, {"a", "Apply what was decided"},
		{"\r", "What will happen"}, {"n", "Apply what was decided"}, {"\r", "What will happen"}, {"y", "Done"}, {"\r", "Review"},
	} {
		tab.PressOn(step.keys)
		if got := tab.Title(); got != step.title {
			t.Fatalf("%q leads to %q, not to %q", step.keys, got, step.title)
		}
	}
	if c := <-w.closed; !c.Applied || len(w.applied) != 1 || w.applied[0].All[0].Decision != "claim B" {
		t.Errorf("closed %+v, applied %+v", c, w.applied)
	}
}

// Nothing of it needs JavaScript.
func TestBrowserWithoutScript(t *testing.T) {
	tab := pagetest.Start(t).Open(t)
	tab.NoScript()
	w := open(t, 1)
	tab.Go(w.address)
	for _, step := range []struct{ press, title string }{
		{"a.main", "Row 1 of 1"}, {"button[value=create]", "Apply what was decided"}, {"form[action$=undo] button", "Row 1 of 1"},
		{"button[value='claim A']", "Apply what was decided"}, {"button.main", "What will happen"}, {"button[value=yes]", "Done"},
		{"button.main", "Review"},
	} {
		tab.Follow(step.press)
		if got := tab.Title(); got != step.title {
			t.Fatalf("%s leads to %q, not to %q", step.press, got, step.title)
		}
	}
}
