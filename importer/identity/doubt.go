package identity

import (
	"fmt"
	"strings"

	"muster/importer/reason"
)

// Doubt is what speaks against an address that is valid: its domain is a mail
// provider's as people mistype it (reason.EmailMisspelled), or one that mail
// hardly ever reaches (reason.EmailSuspicious).
type Doubt struct {
	Reason reason.Code
	Why    string // what is odd about the domain, as the end of a sentence
	Meant  string // the address that may have been meant, "" where it cannot be told
}

// doubt says what speaks against a valid address, nil for nothing.
func doubt(e Email) *Doubt {
	at := strings.LastIndexByte(e.Value, '@')
	local, domain := e.Value[:at+1], e.Value[at+1:]
	if right, known := misspelled(domain); known {
		return &Doubt{reason.EmailMisspelled, fmt.Sprintf("the domain %q is nearly always a misspelling of %q", domain, right), local + right}
	}
	ending := domain[strings.LastIndexByte(domain, '.')+1:]
	switch {
	case reservedEndings[ending]:
		return &Doubt{Reason: reason.EmailSuspicious, Why: fmt.Sprintf("the ending %q is reserved for tests and private networks: no mail arrives there", "."+ending)}
	case !isTopLevel(domain):
		d := &Doubt{Reason: reason.EmailSuspicious, Why: fmt.Sprintf("there is no ending %q on the internet", "."+ending)}
		if right, known := mistypedEndings[ending]; known {
			d.Meant = local + strings.TrimSuffix(domain, ending) + right
		}
		return d
	}
	if right, near := nearProvider(domain); near {
		return &Doubt{reason.EmailSuspicious, fmt.Sprintf("the domain %q is one letter away from %q", domain, right), local + right}
	}
	return nil
}

// misspelled gives the right domain of a mail provider for a known
// misspelling of it: one of the table, or the provider's own name with an
// ending that slips off the fingers.
func misspelled(domain string) (right string, known bool) {
	if right, known = misspellings[domain]; known {
		return right, true
	}
	name, ending, _ := strings.Cut(domain, ".")
	if right = name + ".com"; comProviders[right] && (slippedCom[ending] || mistypedEndings[ending] == "com") {
		return right, true
	}
	return "", false
}

// comProviders are the mail providers whose domain ends in .com alone, and
// slippedCom the endings of countries that stand for it when a letter is lost.
var (
	comProviders = set("gmail.com googlemail.com hotmail.com outlook.com yahoo.com icloud.com protonmail.com aol.com")
	slippedCom   = set("co cm om")
)

// misspellings maps domains as people mistype them to the right one.
var misspellings = byValue(`
	gmail.com: gmial.com gmal.com gmai.com gmil.com gmaill.com gmali.com gmail.de gmail.fr gmail.es gmail.it gnail.com gamil.com gmaul.com
		ggmail.com gmsil.com gimail.com gmaio.com gmeil.com gemail.com gmael.com gmail.comcom
	googlemail.com: googlmail.com googelmail.com googlemail.de googlemial.com
	hotmail.com: hotmial.com hotmal.com hotmil.com hotmai.com hotmaill.com hotamil.com hotmali.com homail.com hotmsil.com hotnail.com
		hormail.com htomail.com hitmail.com hotmeil.com
	outlook.com: outlok.com outllook.com outloo.com otulook.com oulook.com outlock.com outook.com outlool.com
	yahoo.com: yaho.com yahooo.com yhaoo.com yhoo.com yaoo.com yahho.com yhaho.com
	ymail.com: ymial.com
	icloud.com: iclod.com icoud.com iclould.com icloud.de icluod.com iclaud.com
	protonmail.com: protonmial.com protonmai.com
	gmx.de: gmx.d gxm.de gmx.dee
	web.de: web.d wbe.de
	t-online.de: t-onlin.de t-online.d tonline.de`)

// byValue reads lines of "right: wrong wrong …" into wrong → right.
func byValue(table string) map[string]string {
	index, right := map[string]string{}, ""
	for word := range strings.FieldsSeq(table) {
		if name, heads := strings.CutSuffix(word, ":"); heads {
			right = name
			continue
		}
		index[word] = right
	}
	return index
}

// reservedEndings are set aside for documentation, tests and private networks
// (RFC 2606 and 6761, and what network devices use).
var reservedEndings = set("example test invalid localhost local internal lan home corp intranet")

// mistypedEndings are endings that no registry has, with the one behind them.
var mistypedEndings = byValue(`
	com: con cmo ocm vom xom comm cpm cim coom comn ccom dom
	net: nte ent neet nett
	org: ogr rog orgg
	de: dee ded
	es: ess
	fr: frr
	it: itt`)

// nearProvider finds a great mail provider of which a domain is one slip away:
// a letter too many, too few, another one, or two that changed places.
func nearProvider(domain string) (right string, near bool) {
	if realNeighbours[domain] {
		return "", false
	}
	for _, right := range greatProviders {
		if domain != right && oneSlip(domain, right) {
			return right, true
		}
	}
	return "", false
}

// greatProviders are domains long enough for a neighbour to be a slip, and
// realNeighbours the providers that really are that near to one.
var (
	greatProviders = []string{"gmail.com", "googlemail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "protonmail.com", "freenet.de", "t-online.de", "laposte.net", "wanadoo.fr", "libero.it"}
	realNeighbours = set("mail.com email.com ymail.com fmail.com zmail.com")
)

// oneSlip reports whether one letter too many, too few or exchanged, or two
// neighbours in the wrong order, make b of a.
func oneSlip(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) != len(b):
		return a[i+1:] == b[i:]
	case i == len(b):
		return false
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
