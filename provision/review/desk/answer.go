package desk

import (
	"bytes"
	"embed"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

//go:embed assets
var assets embed.FS

// assetTypes are the kinds of files a page may ask for.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// answer is what is to be sent: a screen, a file, or where to go on.
type answer struct {
	status int
	to     string // an address to go on at, "" for none
	screen string // a template, "" for none
	title  string // "" for that of all pages
	again  bool   // the page asks for itself again: what it waits for is under way
	body   any

	contentType string
	content     []byte
}

func seeOther(to string) answer { return answer{status: http.StatusSeeOther, to: to} }

// refusal is a page for somebody who is not let in, or whose form is not taken.
// Its sentences are in English: the page says them in its language.
func refusal(status int, sentences ...string) answer {
	return answer{status: status, screen: "notice", body: sentences}
}

// asset is a file of the pages.
func asset(path string) answer {
	content, err := assets.ReadFile(strings.TrimPrefix(path, "/"))
	dot := strings.LastIndexByte(path, '.')
	if err != nil || dot < 0 {
		return nothing
	}
	return answer{status: http.StatusOK, contentType: assetTypes[path[dot:]], content: content}
}

var nothing = refusal(http.StatusNotFound, "There is no such page in this review.")

// send writes an answer; v is nil for somebody who was not let in. The files of
// the pages may be kept: the last page is shown when nobody answers any more.
func (d *Desk) send(w http.ResponseWriter, v *visit, a answer) {
	if a.screen != "" {
		var page bytes.Buffer
		if err := d.screens.draw(&page, d.frame(v, a), a); err != nil {
			d.Fault(fmt.Errorf("drawing the page %s: %w", a.screen, err))
			a = answer{status: http.StatusInternalServerError, contentType: "text/plain; charset=utf-8",
				content: []byte(d.in.Say("Something is wrong here. Your answers are kept.") + "\n")}
		} else {
			a.contentType, a.content = "text/html; charset=utf-8", page.Bytes()
		}
	}
	if a.screen == "" && a.content != nil {
		w.Header().Set("Cache-Control", "private, max-age=3600")
	}
	if a.to != "" {
		w.Header().Set("Location", a.to)
	}
	if a.contentType != "" {
		w.Header().Set("Content-Type", a.contentType)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.content)))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.content) // whoever asked has gone, or there is nothing to do about it
}
