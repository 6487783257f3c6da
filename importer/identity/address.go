package identity

import "strings"

// SplitAddress takes the wrappers off one address: Name <a@b>, "Doe, Jane"
// <a@b>, a@b (Jane), mailto:a@b?subject=…, quotes, angle brackets, markdown,
// =HYPERLINK("mailto:…"), final punctuation. name is the display name, "" where
// there is none; address is what remains, not yet checked.
func SplitAddress(cell string) (name, address string) {
	s := cleanAddress(cell)
	if s != "" && s[0] == '=' {
		if target, code := formula(s); code == "" {
			s = target
		}
	}
	for range 4 {
		before := s
		if s = trimTail(s); s == "" {
			break
		}
		if i := strings.LastIndexByte(s, '<'); i >= 0 && strings.Contains(s[i:], "@") && s[len(s)-1] == '>' {
			if i > 0 {
				name = displayName(s[:i])
			}
			s = strings.TrimSpace(s[i+1 : len(s)-1])
		} else if i := strings.IndexByte(s, '('); i > 0 && s[len(s)-1] == ')' && strings.Contains(s[:i], "@") && s[i-1] != '@' {
			if !strings.Contains(s[:i], "](") && s[i-1] != ']' {
				name, s = displayName(s[i+1:len(s)-1]), strings.TrimSpace(s[:i])
			}
		}
		if s != "" && s[0] == '[' {
			s, _ = markdown(s)
		}
		if s != "" && (s[0] == '<' || !strings.Contains(s, "@\"") && strings.IndexByte("\"'`(“„‘«‹", s[0]) >= 0) {
			s = unquoteAddress(s)
		}
		s = unmail(s)
		s = withoutTelephone(s)
		if s == before {
			break
		}
	}
	return name, s
}

// withoutTelephone takes telephone numbers off that stand beside the only address of
// a cell: "a@b / 0170 5550123", "E-Mail: a@b, WhatsApp: +44 7700 900001".
func withoutTelephone(s string) string {
	if strings.Count(s, "@") != 1 || !strings.ContainsFunc(s, func(r rune) bool { return r >= '0' && r <= '9' }) {
		return s
	}
	address := ""
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("/|;,\n", r) }) {
		switch part = strings.TrimSpace(part); {
		case strings.Contains(part, "@"):
			address = part
		case part != "" && !isTelephone(part):
			return s
		}
	}
	if front, behind, ok := strings.Cut(address, " "); ok && strings.Contains(front, "@") && isTelephone(strings.TrimSpace(behind)) {
		return front
	}
	return address
}

// unquoteAddress takes quotes off that stand around the whole address; those
// around a local part alone are part of it.
func unquoteAddress(s string) string {
	if s[0] == '"' {
		if i := strings.IndexByte(s[1:], '"'); i >= 0 && strings.HasPrefix(s[i+2:], "@") {
			return s
		}
	}
	return unquote(s)
}

// unmail takes mailto: and what may follow the address in such a link off, and
// the words "E-Mail:" in front.
func unmail(s string) string {
	if startsWith(s, "mailto:") {
		s = s[len("mailto:"):]
		s, _, _ = strings.Cut(strings.TrimLeft(s, "/ "), "?")
		if strings.Contains(s, "%40") && !strings.Contains(s, "@") {
			s = strings.Replace(s, "%40", "@", 1)
		}
		return strings.TrimSpace(s)
	}
	if i := strings.IndexByte(s, ':'); i > 0 && i < 20 && isEmailHeader(s[:i]) {
		return strings.TrimSpace(s[i+1:])
	}
	return s
}

// displayName cleans the name beside an address.
func displayName(s string) string {
	s = strings.TrimSpace(s)
	for len(s) > 1 && (s[0] == '"' && s[len(s)-1] == '"' || s[0] == '\'' && s[len(s)-1] == '\'') {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	s = strings.ReplaceAll(s, `\"`, `"`)
	return strings.Join(strings.Fields(strings.Trim(s, `",;`)), " ")
}
