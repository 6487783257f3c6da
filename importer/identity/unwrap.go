package identity

import (
	"strings"

	"muster/importer/reason"
)

// unwrap takes off what people and programs put around a value: quotes,
// brackets, markdown and HTML links, "Instagram: …", final punctuation. label
// is the network that such a label names.
func unwrap(s string) (text string, label *network) {
	for range 6 {
		before := s
		s = strings.ReplaceAll(s, "&amp;", "&")
		if s = trimTail(s); s == "" {
			break
		}
		s = unquote(s)
		if rest, n := labelBehind(s); n != nil {
			s, label = rest, n
		}
		if inner, ok := markdown(s); ok {
			s = inner
		}
		s = trimCount(s)
		if rest, n := unlabel(s); n != nil {
			s, label = rest, n
		}
		if s == before {
			break
		}
	}
	return s, label
}

// trimTail takes punctuation off the end that belongs to the sentence around
// the value. A bracket stays where it closes one inside the value.
func trimTail(s string) string {
	for s != "" {
		switch c := s[len(s)-1]; c {
		case ' ', '\n', '\t', ',', ';', '.', '!', '|', '`', '*':
		case ')':
			if strings.Count(s, "(") >= strings.Count(s, ")") {
				return s
			}
		case ']':
			if strings.Count(s, "[") >= strings.Count(s, "]") {
				return s
			}
		case '>':
			if strings.Contains(s, "<") {
				return s
			}
		case '"', '\'':
			if s[0] == c && len(s) > 1 {
				return s
			}
		default:
			return s
		}
		s = s[:len(s)-1]
	}
	return s
}

// quotes are the pairs that may stand around a value.
var quotes = []string{`""`, `''`, "``", "<>", "()", "[]", "{}", "“”", "„“", "‘’", "«»", "»«", "‹›", "「」", "『』", "【】", "《》"}

func unquote(s string) string {
	if c := s[0]; isAlnum(c) || c == '@' {
		return s
	}
	for _, q := range quotes {
		open, shut := q[:len(q)/2], q[len(q)/2:]
		inner, ok := strings.CutPrefix(s, open)
		if !ok {
			continue
		}
		if closed, ok := strings.CutSuffix(inner, shut); ok && !strings.Contains(closed, shut) {
			return strings.TrimSpace(closed)
		}
		if !strings.Contains(inner, shut) {
			return strings.TrimSpace(inner) // the other one was cut off
		}
	}
	return strings.TrimLeft(s, "*`,;!")
}

// markdown reads [text](link) and <a href="link">text</a>, and the link out of
// "text <link>" and "link (text)".
func markdown(s string) (string, bool) {
	if s == "" {
		return s, false
	}
	if s[0] == '[' {
		if _, rest, ok := strings.Cut(s, "]("); ok {
			target, _, _ := strings.Cut(rest, ")")
			return strings.TrimSpace(target), target != ""
		}
	}
	if i := strings.Index(s, `href="`); s[0] == '<' && i > 0 {
		target, _, _ := strings.Cut(s[i+len(`href="`):], `"`)
		return strings.TrimSpace(target), target != ""
	}
	if i := strings.IndexByte(s, '<'); i > 0 && s[len(s)-1] == '>' {
		return strings.TrimSpace(s[i+1 : len(s)-1]), true
	}
	if i := strings.Index(s, " ("); i > 0 && s[len(s)-1] == ')' && strings.Count(s, "(") == 1 {
		return s[:i], true
	}
	return s, false
}

// unlabel takes a network's name off the front: "IG: @jane".
func unlabel(s string) (string, *network) {
	if front, rest, ok := strings.Cut(s, " "); ok && len(front) < 20 {
		rest = strings.TrimLeft(rest, " -–—")
		if slug, ok := NetworkOf(front); ok && isValue(rest) && !strings.Contains(rest, " ") {
			return rest, bySlug[slug]
		}
	}
	i := strings.IndexByte(s, ':')
	if i <= 0 || i > 40 || i == len(s)-1 || strings.HasPrefix(s[i:], "://") {
		return s, nil
	}
	front := s[:i]
	if appSchemes[fold(front)] && (s[i+1] == '/' || same(front, "spotify")) || strings.ContainsAny(front, "/@.") {
		return s, nil
	}
	slug, ok := NetworkOf(front)
	if !ok {
		return s, nil
	}
	return strings.TrimSpace(s[i+1:]), bySlug[slug]
}

// labelBehind takes a network's name in brackets off the end: "@jane (IG)".
func labelBehind(s string) (string, *network) {
	i := strings.LastIndex(s, " (")
	if i <= 0 || s[len(s)-1] != ')' || len(s)-i > 40 {
		return s, nil
	}
	slug, ok := NetworkOf(s[i+2 : len(s)-1])
	if !ok {
		return s, nil
	}
	return strings.TrimSpace(s[:i]), bySlug[slug]
}

// severalOrSpaced tells a cell of several values from one with a space in it.
func severalOrSpaced(s string) reason.Code {
	values := 0
	for token := range strings.FieldsFuncSeq(s, isSeparator) {
		if isValue(token) {
			values++
		}
	}
	switch {
	case values > 1 || strings.ContainsAny(s, "\n|") || separated(s) || strings.Contains(s, " / ") || strings.Contains(s, " & "):
		return reason.SeveralValues
	case strings.ContainsAny(s, " \t"):
		return reason.BadHandle
	}
	return ""
}

func isSeparator(r rune) bool { return strings.ContainsRune(" \t\n|,;", r) }

// separated reports whether a comma or semicolon stands between two values
// rather than inside a link.
func separated(s string) bool {
	i := strings.IndexAny(s, ",;")
	return i >= 0 && (!strings.ContainsAny(s[:i], "/?") || strings.HasPrefix(s[i+1:], " "))
}

// isValue reports whether a word has the look of a link, an @name or an email.
func isValue(token string) bool {
	return hasScheme(token) || startsWith(token, "www.") || strings.Contains(token, "@") ||
		strings.Contains(token, ".") && strings.Contains(token, "/")
}
