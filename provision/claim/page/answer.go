package page

import (
	"bytes"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"muster/provision/claim"
	"muster/provision/locale"
)

// answer is what is to be sent.
type answer struct {
	status     int
	said       string // which page it is, in a word for the log
	fails      bool   // counts against whoever asked: too many, and they are told only that
	retryAfter time.Duration

	screen  string // the template, "" where content is there already
	heading text
	faulty  bool       // something of the form is to be corrected
	view    claim.View // whose link it is, where that may be told
	body    any        // what the template shows beside the view

	contentType string
	content     []byte
}

// text is a text of the catalogue with its values.
type text struct {
	key    string
	values []any
}

// plain is an answer for programs.
func plain(status int, word string) answer {
	return answer{status: status, said: word, contentType: "text/plain; charset=utf-8", content: []byte(word + "\n")}
}

// retry says when to come back.
func (a answer) retry(after time.Duration) answer {
	a.retryAfter = after
	return a
}

// send writes an answer. A page that cannot be drawn is a mistake of ours, and
// whoever asked is told so in plain words.
func (s *site) send(w http.ResponseWriter, v *visit, a answer) {
	if a.screen != "" {
		var page bytes.Buffer
		if err := s.screens.draw(&page, v, a); err != nil {
			s.Fault(fmt.Errorf("drawing the page %s: %w", a.said, err))
			a = plain(http.StatusInternalServerError, "Something is wrong here. Your link stays good: please try again later.")
		} else {
			a.contentType, a.content = "text/html; charset=utf-8", page.Bytes()
		}
	}
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.content)))
	if a.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(a.retryAfter.Seconds()))))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.content) // whoever asked has gone, or there is nothing to do about it
}

// speech is the language of an answer: the one that was chosen on the page,
// else the person's, the browser's, the organization's.
func speech(v *visit, view claim.View) locale.Language {
	return locale.Match(v.language(), view.Language, v.Header.Get("Accept-Language"), view.OrganizationLanguage)
}
