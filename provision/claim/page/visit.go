package page

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"muster/provision/link"
)

// The paths of the site, below its root.
const (
	linkPath   = "/c/"
	claimPath  = "/claim"
	renewPath  = "/renew"
	forgotPath = "/forgot"
	assetPath  = "/assets/"
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// maxForm is how much of a body is read: far more than two of the longest
// passwords.
const maxForm = 8 << 10

// visit is a request, taken apart.
type visit struct {
	*http.Request
	root   string // of the address it was sent to
	path   string // behind the root
	place  string // the path as it may be logged
	client netip.Addr
	form   url.Values // what was posted; empty for what was not
	token  string     // of the link it is about, "" for none
	link   string     // names the link in the log, "" for none
}

// Request is a request as it may be logged: nothing in it is secret.
type Request struct {
	Time   time.Time
	Took   time.Duration
	Method string // one of those that are answered, else "other"
	Path   string // one of the site's, without what is behind it; else "other"
	Status int
	Said   string     // which page was shown, in a word
	Link   string     // fingerprint of the token, "" without one
	Client netip.Addr // who asked
	Aside  bool       // for what all pages have in common, or whether all is well
}

func (s *site) visit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{Request: r, path: r.URL.Path, client: s.client(r), form: url.Values{}}
	for _, root := range s.roots {
		if below, found := strings.CutPrefix(r.URL.Path, root+"/"); found && len(root) >= len(v.root) {
			v.root, v.path = root, "/"+below
		}
	}
	v.Body = http.MaxBytesReader(w, r.Body, maxForm)
	v.place = place(v.path)
	if token, found := strings.CutPrefix(v.path, linkPath); found {
		v.about(token)
	}
	return v
}

// other stands in the log for whatever is none of ours: whoever asks can write
// into it what they like, a token, an address or a line of the log.
const other = "other"

// place is a path as it may be logged.
func place(path string) string {
	switch path {
	case claimPath, renewPath, forgotPath, healthPath, readyPath:
		return path
	}
	for _, prefix := range []string{linkPath, forgotPath + "/", assetPath} {
		if strings.HasPrefix(path, prefix) {
			return prefix + "…"
		}
	}
	return other
}

// method is the method of a request as it may be logged.
func method(said string) string {
	switch said {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return said
	}
	return other
}

// read reads the form of a POST. It fails where that is too large, or no form.
func (v *visit) read() error {
	if v.Method != http.MethodPost {
		return nil
	}
	if err := v.ParseForm(); err != nil {
		return err
	}
	v.form = v.PostForm
	v.about(v.form.Get("token"))
	return nil
}

// about says which link the visit is about. What writing programs leave at the
// end of an address they take for a sentence is no part of the token.
func (v *visit) about(token string) {
	if v.token = strings.TrimRight(token, ".,;:!?)>]}'\"”’»"); v.token != "" {
		v.link = link.Fingerprint(v.token)
	}
}

// language is the language somebody chose on a page, "" where nobody did.
func (v *visit) language() string {
	if v.Method == http.MethodPost {
		return v.form.Get("lang")
	}
	return v.URL.Query().Get("lang")
}
