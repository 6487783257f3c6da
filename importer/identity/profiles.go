package identity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/importer/reason"
)

// ParseProfiles reads a cell that may hold several profiles, one per line or
// separated by commas, semicolons, bars or spaces. White space separates only
// before something that looks like a value of its own: "Jane Doe" is one
// (refused) name, "@jane @joe" are two. Placeholders are left out, a profile
// that stands there twice comes back once, and every part that gave none has
// its refusal.
func ParseProfiles(cell, hint string) ([]Profile, []*Refusal) {
	var profiles []Profile
	var refusals []*Refusal
	parts := splitValues(cell)
	if len(parts) > 1 && isPersonName(clean(cell)) {
		return nil, []*Refusal{nameRefused()}
	}
	for _, part := range parts {
		if len(parts) > 1 && isCount(strings.TrimSpace(part)) {
			continue
		}
		p, _, err := ParseProfile(part, hint)
		refusal, _ := err.(*Refusal)
		switch {
		case refusal == nil:
			if !contains(profiles, p.Key()) {
				profiles = append(profiles, p)
			}
		case refusal.Reason != reason.Placeholder:
			refusal.Text = strings.TrimSpace(part)
			refusals = append(refusals, refusal)
		}
	}
	return profiles, refusals
}

// nameRefused refuses a person's name where a handle should stand.
func nameRefused() *Refusal {
	return &Refusal{Reason: reason.BadHandle, Looks: "this looks like a name, not like a handle"}
}

// isPersonName reports whether a text has the look of a person's name: words
// that each begin with a capital and go on in small letters, with a comma or
// a sign between them.
func isPersonName(s string) bool {
	capitals := 0
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(" ,&+/-", r) }) {
		first, size := utf8.DecodeRuneInString(word)
		rest := strings.TrimSuffix(word[size:], ".")
		switch {
		case unicode.IsUpper(first) && strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLower(r) }) < 0:
			capitals++
		case !nameParticles[word]:
			return false
		}
	}
	return capitals > 1
}

// nameParticles are the small words inside names.
var nameParticles = set("von van de der den da di del della do dos das la le und and y e et bin al el")

// ParseProfilesOf reads a cell of a column that is for several networks. Links
// and labels go by their own network. Names typed alone belong to the networks
// in their order where there are as many; else to the first that has such
// names and none yet, and these come back in assumed too where others have
// them as well.
func ParseProfilesOf(cell string, hints []string) (profiles, assumed []Profile, refusals []*Refusal) {
	parts := slices.DeleteFunc(splitValues(cell), func(part string) bool { return isCount(strings.TrimSpace(part)) })
	for i, part := range parts {
		tried := hints
		if len(parts) == len(hints) {
			tried = hints[i : i+1]
		}
		p, fits, refusal := firstFit(part, tried, profiles)
		switch {
		case refusal != nil && refusal.Reason == reason.Placeholder:
		case refusal != nil:
			refusal.Text = strings.TrimSpace(part)
			refusals = append(refusals, refusal)
		case !contains(profiles, p.Key()):
			profiles = append(profiles, p)
			if fits > 1 {
				assumed = append(assumed, p)
			}
		}
	}
	return profiles, assumed, refusals
}

// firstFit reads a part as one of the first network that takes it and has
// nothing yet; fits says how many would, 1 for what names its own network.
func firstFit(part string, hints []string, taken []Profile) (first Profile, fits int, refused *Refusal) {
	second := false // first is of a network that has a profile already
	for _, hint := range hints {
		p, _, err := ParseProfile(part, hint)
		if refusal, is := err.(*Refusal); is {
			refused = refusal
			continue
		}
		if p.Network != hint {
			return p, 1, nil
		}
		has := slices.ContainsFunc(taken, func(q Profile) bool { return q.Network == hint })
		if fits++; fits == 1 || second && !has {
			first, second = p, has
		}
	}
	if fits > 0 {
		refused = nil
	}
	return first, fits, refused
}

func contains(profiles []Profile, k Key) bool {
	for i := range profiles {
		if profiles[i].Key() == k {
			return true
		}
	}
	return false
}

// splitValues cuts a cell into the parts that may each be a profile.
func splitValues(cell string) []string {
	text := clean(cell)
	if strings.HasPrefix(text, "=") || strings.HasPrefix(text, "[") && strings.Contains(text, "](") || len(text) > longest {
		return []string{text}
	}
	var parts []string
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '|' || r == '\t' }) {
		for _, piece := range splitMarks(line) {
			for _, part := range splitSpaces(piece) {
				parts = append(parts, splitSigns(part)...)
			}
		}
	}
	return parts
}

// splitMarks cuts at commas and semicolons, but not inside a link:
// profile.php?v=info;id=5 is one.
func splitMarks(s string) (parts []string) {
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] != ',' && s[i] != ';' {
			continue
		}
		rest := s[i+1:]
		inLink := strings.ContainsAny(s[start:i], "/?") && rest != "" && rest[0] != ' ' && !beginsValue(rest)
		if !inLink && !strings.HasSuffix(s[:i+1], "&amp;") {
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

// splitSpaces cuts at white space before a link, an @name or a label that
// names a network; a label stays with what follows it.
func splitSpaces(s string) (parts []string) {
	var part []string
	flush := func() {
		if len(part) > 0 {
			parts = append(parts, strings.Join(part, " "))
			part = nil
		}
	}
	open := 0 // brackets: "link (a note)" stays together
	if strings.HasPrefix(s, "@") {
		s = strings.ReplaceAll(s, "/@", " @")
	}
	for _, word := range strings.Fields(s) {
		if n := len(part); open == 0 && n > 0 && beginsValue(word) {
			switch {
			case n > 1 && joins[part[n-1]] && (isValue(part[n-2]) || strings.HasSuffix(part[n-2], ")")):
				part = part[:n-1]
				flush()
			case !isLabel(part[n-1]) && !isDash(part[n-1]):
				flush()
			}
		}
		open = max(0, open+strings.Count(word, "(")+strings.Count(word, "<")-strings.Count(word, ")")-strings.Count(word, ">"))
		part = append(part, word)
	}
	flush()
	return parts
}

// beginsValue reports whether s starts with something that is a value however
// it goes on.
func beginsValue(s string) bool {
	word, _, _ := strings.Cut(strings.TrimLeft(s, " "), " ")
	return strings.HasPrefix(word, "@") && len(word) > 1 || isValue(word) && !strings.HasPrefix(word, "(") && !strings.HasPrefix(word, "<") ||
		strings.HasSuffix(word, ":") && isLabel(word) || labelled(word)
}

// splitSigns cuts at a sign between single words: "jane / joe" are two names.
// A word like "and" between two is part of a name.
func splitSigns(s string) []string {
	words := strings.Fields(s)
	if len(words)%2 == 0 || len(words) < 3 || isLabel(words[0]) {
		return []string{s}
	}
	var parts []string
	for i, word := range words {
		switch {
		case i%2 == 0:
			parts = append(parts, word)
		case !signs[word]:
			return []string{s}
		}
	}
	return parts
}

// signs are what stands between two values.
var signs = set("/ & + - – — • · // \\")

// isLabel reports whether a word announces a network: "IG:" or "IG".
func isLabel(word string) bool {
	_, ok := NetworkOf(strings.TrimSuffix(word, ":"))
	return ok
}

// labelled reports whether a word is a label and its value: "IG:@jane".
func labelled(word string) bool {
	front, _, ok := strings.Cut(word, ":")
	return ok && isLabel(front)
}

// joins are the words and signs between two values.
var joins = set("/ & + - – — and und et y e ed or oder ou o")

func isDash(word string) bool { return word == "-" || word == "–" || word == "—" || word == ":" }
