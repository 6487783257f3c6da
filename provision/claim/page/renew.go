package page

import (
	"net/http"
	"strings"
)

// renew sends a new link, where that may be. Everybody is told the same,
// whatever comes of it.
func (s *site) renew(v *visit) answer {
	token := v.token
	v.token = ""
	return s.asked(v, func() { s.Claims.Renew(v.Context(), token) })
}

// askAddress asks somebody who forgot the password for their address. Whether
// there is such an organization is not told.
func (s *site) askAddress(v *visit) answer {
	organization := strings.TrimPrefix(v.path, forgotPath+"/")
	return answer{
		status:  http.StatusOK,
		said:    "forgot",
		screen:  forgotScreen,
		heading: text{key: "forgot.title"},
		body:    struct{ Organization string }{organization},
	}
}

// forgot sends a link to choose a new password, where that may be. Everybody is
// told the same, whatever comes of it.
func (s *site) forgot(v *visit) answer {
	return s.asked(v, func() { s.Claims.Forgot(v.Context(), v.form.Get("organization"), v.form.Get("address")) })
}

// asked is what everybody is told who asks for a mail. For who asks for one
// person after the other nothing is done any more: only the log says so.
func (s *site) asked(v *visit, do func()) answer {
	a := sent.answer(v)
	if !s.mails.allow(v.client, s.Now()) {
		a.said = "asks too often"
		return a
	}
	do()
	return a
}
