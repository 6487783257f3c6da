package page

import "net/http"

// contentPolicy lets a page have nothing but our style sheet and icon, and send its
// forms nowhere but here.
const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; " +
	"frame-ancestors 'none'"

// oneYear is how long a browser is to insist on https.
const oneYear = "max-age=31536000"

// harden sets what every answer has: no page may be kept, framed, read by
// another origin or named to one.
func (s *site) harden(h http.Header) {
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if s.secure {
		h.Set("Strict-Transport-Security", oneYear)
	}
}
