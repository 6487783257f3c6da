package view

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"muster/provision/claim/page"
)

// requestLine is a request as JSON.
type requestLine struct {
	Method  string `json:"method"`
	Path    string `json:"path"`
	Status  int    `json:"status"`
	Page    string `json:"page"`
	Link    string `json:"link,omitempty"` // fingerprint
	Client  string `json:"client"`
	Elapsed int64  `json:"elapsed_ms"`
}

// Requests tells of each request that was answered, in a line. What all pages
// have in common, and who only asks whether all is well, is told in the log of
// level debug alone.
func (o *Output) Requests() func(page.Request) {
	var mu sync.Mutex
	return func(r page.Request) {
		mu.Lock()
		defer mu.Unlock()
		line := requestLine{r.Method, r.Path, r.Status, r.Said, r.Link, r.Client.String(), r.Took.Milliseconds()}
		level := slog.LevelInfo
		if r.Aside && r.Status == http.StatusOK {
			level = slog.LevelDebug
		}
		slog.Default().Log(context.Background(), level, "request", "method", line.Method, "path", line.Path,
			"status", line.Status, "page", line.Page, "link", line.Link, "client", line.Client, "elapsed_ms", line.Elapsed)
		switch {
		case level == slog.LevelDebug:
		case o.common.JSON:
			o.Emit("request", o.Event(""), line)
		default:
			o.Say("%s %s %s %d %s %s %s %s", r.Time.Local().Format(time.TimeOnly), r.Client, r.Method, r.Status, r.Path,
				fmt.Sprintf("%q", r.Said), r.Link, r.Took.Round(time.Millisecond))
		}
	}
}
