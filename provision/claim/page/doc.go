// Package page is the web site behind the links: it shows a form to whoever
// opens a link, and hands what they fill in to package claim.
//
//	GET  /c/{token}               the form behind a link, or a page that says why it does not open
//	POST /claim                   a step of the form: the profile, or the password. The token is in the body
//	POST /renew                   "send me a new link"
//	GET  /forgot/{organization}   "forgot your password?", where the organization offers that
//	POST /forgot                  the same, filled in
//	GET  /healthz, /readyz        for whoever watches the server
//
// In go requests, out come HTML pages in the language of the person. Only two
// things are ever told by a page: what Claims answers, and that something is
// wrong with the request. A GET changes nothing. Every answer, errors too, has
// the headers of headers.go, and every page works without JavaScript; there is
// none, and nothing comes from another origin.
//
// What never happens here: a decision about a link or a password, SQL, a
// session, a cookie, or a token in the log.
package page
