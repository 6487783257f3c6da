//go:build browser

package page

import (
	"strings"
	"testing"

	"muster/provision/claim/page/pagetest"
)

func TestBrowserShowsNamesAsText(t *testing.T) {
	base, _ := open(t)
	tab := pagetest.Start(t).Open(t)
	tab.Go(base + "/c/hostile")
	if got := tab.Text("h1"); got != "<script>alert(1)</script>" {
		t.Errorf("the name reads %q", got)
	}
	if got := tab.Text("form"); !strings.Contains(got, `"><img src=x onerror=alert(2)>`) {
		t.Errorf("the other name is not there: %s", got)
	}
	if n := pagetest.Eval[int](tab, "document.querySelectorAll('script, img, [onerror]').length"); n != 0 {
		t.Errorf("%d elements came of names", n)
	}
}

func TestBrowserTurnsDark(t *testing.T) {
	base, _ := open(t)
	tab := pagetest.Start(t).Open(t)
	tab.Go(base + "/c/password")
	ground := func(scheme string) string {
		tab.Prefers("prefers-color-scheme", scheme)
		return pagetest.Eval[string](tab, "getComputedStyle(document.body).backgroundColor")
	}
	if light, dark := ground("light"), ground("dark"); light != "rgb(242, 243, 247)" || dark != "rgb(15, 18, 23)" {
		t.Errorf("light %s, dark %s", light, dark)
	}
}

// By the keyboard alone: everything can be reached, in the order in which it is
// read, and it shows where one is.
func TestBrowserByKeyboard(t *testing.T) {
	base, fake := open(t)
	tab := pagetest.Start(t).Open(t)
	tab.Go(base + "/c/profile")
	const focus = "document.activeElement"
	var order []string
	for range 8 {
		tab.Press("\t")
		order = append(order, pagetest.Eval[string](tab, focus+".id || "+focus+".tagName"))
		// Within a date the browser shows itself where one is.
		if !pagetest.Eval[bool](tab, "getComputedStyle("+focus+").outlineStyle == 'solid' || "+focus+".type == 'date'") {
			t.Errorf("%s: the focus does not show", order[len(order)-1])
		}
	}
	// A date has a stop for its day, month and year, and one for its calendar.
	want := "name answer.city answer.size answer.born answer.born answer.born answer.born terms"
	if got := strings.Join(order, " "); got != want {
		t.Errorf("order %s", got)
	}
	tab.Press(" \t\t")
	tab.PressOn("\r")
	if got := pagetest.Eval[string](tab, focus+".id"); got != "name" {
		t.Errorf("the focus is on %q, not on the first fault", got)
	}
	tab.Press("Ana\tBerlin")
	tab.PressOn("\r")
	if got := tab.Text("h2"); got != "Choose your password" {
		t.Errorf("then comes %q", got)
	}
	if got := strings.Join(fake.asked(), ", "); got != "open profile, begin profile, begin profile" {
		t.Errorf("asked: %s", got)
	}
}

// At a zoom of 200 % a window of 640 pixels has room for 320.
func TestBrowserZoomedHasNoSidewaysScrolling(t *testing.T) {
	base, _ := open(t)
	tab := pagetest.Start(t).Open(t)
	tab.Size(640, 900)
	tab.Go(base + "/c/long")
	pagetest.Eval[string](tab, "document.documentElement.style.fontSize = '200%'")
	if wide := pagetest.Eval[int](tab, "document.documentElement.scrollWidth"); wide > 640 {
		t.Errorf("%d pixels wide, on a screen of 640", wide)
	}
}
