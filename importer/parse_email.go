package importer

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"muster/importer/identity"
	"muster/importer/reason"
)

// email reads an email cell. The first address of the row wins; a link wins
// over a text that is no address.
func (s *parsing) email(c column, cell, link string) {
	cell = s.linked(cell, link)
	if first, others, several := strings.Cut(cell, ownSeparator); several {
		s.email(c, first, "")
		for other := range strings.SplitSeq(others, ownSeparator) {
			s.email(c, other, "")
		}
		return
	}
	e, doubt, err := identity.ParseEmail(cell)
	if err != nil {
		if r := refusal(err); r.Reason != reason.Placeholder {
			s.problem(c, emailCode(r), true, emailFault(cell, r))
		}
		return
	}
	if isExampleAddress(e.Value) {
		s.problem(c, reason.EmailMalformed, true,
			fmt.Sprintf("%q is the address of an example of the template", e.Address))
		return
	}
	if s.rec.Email.Value != "" {
		if e.Value != s.rec.Email.Value {
			s.problem(c, reason.SecondEmail, false,
				fmt.Sprintf("%q differs from the address before it, which was used", e.Address))
		}
		return
	}
	if s.doubtful(c, e, doubt) {
		return
	}
	s.rec.Email = e
	s.mailName, _ = identity.SplitAddress(cell)
}

// ownSeparator stands between several values of one person in a cell, and nowhere else:
// in contacts of Google. The first is the one that counts.
const ownSeparator = " ::: "

// doubtful reports whether an address may not be used, and records what speaks
// against one that may.
func (s *parsing) doubtful(c column, e identity.Email, doubt *identity.Doubt) bool {
	if doubt == nil || slices.Contains(s.allowed, e.Domain()) {
		return false
	}
	fatal := doubt.Reason == reason.EmailMisspelled
	s.problem(c, doubt.Reason, fatal, fmt.Sprintf("%q: %s%s", e.Address, doubt.Why, didYouMean(doubt.Meant)))
	return fatal
}

// emailCode is the code of an email cell that was refused.
func emailCode(r *identity.Refusal) reason.Code {
	if r.Reason == reason.SeveralAddresses || r.Reason == reason.SpreadsheetDamage {
		return r.Reason
	}
	return reason.EmailMalformed
}

// emailFault says what is wrong with an email cell that was refused.
func emailFault(cell string, r *identity.Refusal) string {
	if emailCode(r) != reason.EmailMalformed {
		return fmt.Sprintf("%q: %s", shorten(cell), reason.Of(r.Reason).Meaning)
	}
	return fmt.Sprintf("%q is not a valid email address: %s%s",
		shorten(cell), reason.Of(r.Reason).Meaning, didYouMean(r.Suggestion))
}

// didYouMean asks for what may have been meant.
func didYouMean(suggestion string) string {
	if suggestion == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", suggestion)
}

// contact reads the address of an agency or manager. Of several the first is
// kept: it is only ever shown.
func (s *parsing) contact(c column, cell, link string) {
	cell = s.linked(cell, link)
	e, _, err := identity.ParseEmail(cell)
	if err == nil {
		s.rec.ContactEmail = e.Address
		return
	}
	r := refusal(err)
	if r.Reason == reason.SeveralAddresses {
		for _, part := range splitAddresses(cell) {
			if e, _, err := identity.ParseEmail(part); err == nil {
				s.rec.ContactEmail = e.Address
				s.problem(c, reason.SecondContact, false,
					fmt.Sprintf("%q: %s", shorten(cell), reason.Of(reason.SecondContact).Meaning))
				return
			}
		}
	}
	if r.Reason != reason.Placeholder {
		s.problem(c, emailCode(r), false, emailFault(cell, r))
	}
}

// linked puts the address that a cell's link leads to in place of a text that
// is none.
func (s *parsing) linked(cell, link string) string {
	to := mailTarget(link)
	if to == "" || looksLikeAddress(cell) {
		return cell
	}
	s.keep(to)
	return to
}

// mailTarget is the address of a mailto: link, or "".
func mailTarget(link string) string {
	if len(link) < 8 || !strings.EqualFold(link[:7], "mailto:") {
		return ""
	}
	addr, _, _ := strings.Cut(link[7:], "?")
	if plain, err := url.PathUnescape(addr); err == nil {
		addr = plain
	}
	return strings.TrimSpace(addr)
}
