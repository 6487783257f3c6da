package page

import (
	"net/http"
	"strings"
)

// renew sends a new link, where that may be. Everybody is told the same,
// whatever comes of it.
func (s *site) renew(v *visit) answer {
	if err := s.Claims.Renew(v.Context(), v.token); err != nil {
		s.Fault(err)
	}
	v.token = ""
	return asked(v)
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
	if err := s.Claims.Forgot(v.Context(), v.form.Get("organization"), v.form.Get("address")); err != nil {
		s.Fault(err)
	}
	return asked(v)
}

// asked is what everybody is told who asked for a mail. Nobody may go on asking
// for one person after the other.
func asked(v *visit) answer {
	a := sent.answer(v)
	a.counts = true
	return a
}
