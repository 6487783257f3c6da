package directory

import (
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/importer/spelling"
	"muster/provision"
	"muster/provision/locale"
)

// How much an organization may ask people, and in how many characters.
const (
	mostFields  = 20
	mostChoices = 200
	longestText = 200
)

// checkPage says what is wrong with where people are sent, and with what the
// page behind a link asks them.
func checkPage(o provision.Organization, seen names) error {
	for _, a := range []struct{ key, address string }{
		{"member_url", o.MemberURL}, {"dashboard_url", o.DashboardURL}, {"sso_url", o.SSOURL},
	} {
		if err := checkAddress(place{a.key}, a.key, a.address); err != nil {
			return err
		}
	}
	if o.Language != "" {
		if err := checkLanguage(place{"language"}, o.Language); err != nil {
			return err
		}
	}
	if t := o.Terms; t != nil {
		if (t.URL == "") != (t.Version == "") {
			return wrong(place{"terms"}, "terms: give url and version, or neither for no terms")
		}
		if err := checkAddress(place{"terms", "url"}, "terms: url", t.URL); err != nil {
			return err
		}
	}
	if len(o.SignUpFields) > mostFields {
		return wrong(place{"sign_up_fields", mostFields}, "sign_up_fields: nobody fills in more than %d fields", mostFields)
	}
	for i, f := range o.SignUpFields {
		if err := checkField(f, place{"sign_up_fields", i}, seen); err != nil {
			return err
		}
	}
	return nil
}

// checkAddress refuses what is no address of a web page. People type a password
// behind it: only this machine may be reached without TLS.
func checkAddress(at place, key, address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && isHere(u.Hostname())) {
		return wrong(at, "%s %q: give it like https://www.example.com/sign-in", key, address)
	}
	return nil
}

func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func checkLanguage(at place, language string) error {
	var known []string
	for _, l := range locale.Languages() {
		known = append(known, string(l))
	}
	if slices.Contains(known, language) {
		return nil
	}
	return wrong(at, "people are not spoken to in language %q; there are: %s", language, strings.Join(known, ", "))
}

// checkField says what is wrong with something that people are asked for.
func checkField(f provision.SignUpField, at place, seen names) error {
	if !isSlug(strings.ReplaceAll(f.Name, "_", "-")) {
		return wrong(at.to("name"), "sign-up field %q: name it with small letters, digits, dashes and underscores", f.Name)
	}
	if err := seen.once(at.to("name"), "sign-up field", f.Name); err != nil {
		return err
	}
	if len(f.Label) == 0 {
		return wrong(at, "sign-up field %q: say in label what people read, like label: {en: City}", f.Name)
	}
	for _, language := range slices.Sorted(maps.Keys(f.Label)) {
		there := at.to("label", language)
		if err := checkLanguage(there, language); err != nil {
			return err
		}
		if !readable(f.Label[language]) {
			return wrong(there, "sign-up field %q: its label has 1 to %d characters, on one line", f.Name, longestText)
		}
	}
	return checkKind(f, at)
}

// checkKind says what is wrong with what a sign-up field takes.
func checkKind(f provision.SignUpField, at place) error {
	kinds := []string{string(provision.TextField), string(provision.ChoiceField), string(provision.DateField)}
	if f.Kind != "" && !slices.Contains(kinds, string(f.Kind)) {
		text := "use " + strings.Join(kinds, ", ")
		if near := spelling.Nearest(string(f.Kind), kinds); near != "" {
			text = "did you mean " + near + "?"
		}
		return wrong(at.to("kind"), "sign-up field %q: there is no kind %q; %s", f.Name, f.Kind, text)
	}
	if f.Kind != provision.ChoiceField {
		if len(f.Choices) > 0 {
			return wrong(at.to("choices"), "sign-up field %q: only one of kind choice has choices", f.Name)
		}
		return nil
	}
	if len(f.Choices) < 2 || len(f.Choices) > mostChoices {
		return wrong(at, "sign-up field %q: give it 2 to %d choices", f.Name, mostChoices)
	}
	seen := names{}
	for i, c := range f.Choices {
		there := at.to("choices", i)
		if !readable(c) {
			return wrong(there, "sign-up field %q: a choice has 1 to %d characters, on one line", f.Name, longestText)
		}
		if err := seen.once(there, "choice of "+f.Name, c); err != nil {
			return err
		}
	}
	return nil
}

// readable reports whether a text can stand on the page: something, on one
// line, and not too long.
func readable(text string) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= longestText &&
		!strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) })
}
