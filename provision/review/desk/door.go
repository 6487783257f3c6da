package desk

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// openPath is before the word that opens the desk, once; assetPath is before the
// files that all pages have, in which nobody is named.
const (
	openPath  = "/open/"
	assetPath = "/assets/"
)

// cookieName is the cookie of whoever opened the desk.
const cookieName = "muster_review"

// maxForm is how much of a form is read: a decision is short.
const maxForm = 16 << 10

// A door lets one person in, and nobody else.
type door struct {
	hosts   []string // that a request may name
	token   string   // of the address that is printed
	room    string   // before every other path: a cookie of it is sent to no other server of this machine
	cookie  string
	form    string // what every form carries
	origins *http.CrossOriginProtection

	once   *sync.Mutex
	opened *bool
}

func newDoor() door {
	return door{
		token: strings.ToLower(word()), room: "/" + strings.ToLower(word())[:12], cookie: word(), form: word(),
		origins: http.NewCrossOriginProtection(), once: &sync.Mutex{}, opened: new(bool),
	}
}

// hosts are the names of this machine, with the port of an address.
func hosts(address string) []string {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return []string{address}
	}
	var all []string
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		all = append(all, net.JoinHostPort(name, port))
	}
	return all
}

// visit is a request of whoever sits at the desk.
type visit struct {
	*http.Request
	path string // within the room
	form url.Values
}

// visit lets a request in, or says what is answered instead.
func (d *Desk) visit(w http.ResponseWriter, r *http.Request) (*visit, answer) {
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	token, opens := strings.CutPrefix(r.URL.Path, openPath)
	path, inside := strings.CutPrefix(r.URL.Path, d.door.room)
	switch {
	case !slices.Contains(d.door.hosts, strings.ToLower(r.Host)):
		return nil, refusal(http.StatusMisdirectedRequest, "This is not the address of the review.")
	case opens && r.Method == http.MethodGet:
		return nil, d.open(w, token)
	case reads && strings.HasPrefix(r.URL.Path, assetPath):
		return nil, asset(r.URL.Path)
	case !inside || !strings.HasPrefix(path, "/"):
		return nil, refusal(http.StatusNotFound, "There is nothing here. The address of the review is the one that muster printed.")
	case !d.door.known(r):
		return nil, refusal(http.StatusForbidden, "This browser did not open the review.", ended)
	case !reads && (r.Method != http.MethodPost || d.door.origins.Check(r) != nil):
		return nil, refusal(http.StatusForbidden, "This does not come from a page of the review, so nothing was done.")
	}
	v := &visit{Request: r, path: path, form: url.Values{}}
	if reads {
		return v, answer{}
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return nil, refusal(http.StatusRequestEntityTooLarge, "That is no form of the review, so nothing was done.")
	}
	v.form = r.PostForm
	if !same(v.form.Get("form"), d.door.form) {
		return nil, refusal(http.StatusForbidden, "This does not come from a page of the review, so nothing was done.")
	}
	return v, answer{}
}

// ended says what to do where the address does not open.
const ended = "End the command with Ctrl-C and start it again: it prints a new address, and your answers are kept."

// open lets in whoever comes with the token first.
func (d *Desk) open(w http.ResponseWriter, token string) answer {
	if !same(token, d.door.token) {
		return refusal(http.StatusNotFound, "This is not the address that muster printed.")
	}
	d.door.once.Lock()
	defer d.door.once.Unlock()
	if *d.door.opened {
		return refusal(http.StatusGone, "This address was opened before, and opens once. If that was not you:", ended)
	}
	*d.door.opened = true
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: d.door.cookie, Path: d.door.room + "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	return seeOther(d.door.room + "/")
}

// known reports whether a request comes from the browser that opened the desk.
func (d door) known(r *http.Request) bool {
	c, err := r.Cookie(cookieName)
	return err == nil && same(c.Value, d.cookie)
}

// same compares secrets, in the same time for all of one length.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
