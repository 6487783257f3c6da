package identity

import (
	"strings"
	"unicode"
)

// mailbox applies what providers document about their own addresses in their
// help pages; value is a whole address in the form it is compared in.
// Elsewhere a plus or a dot is part of somebody's name.
func mailbox(value string) string {
	at := strings.LastIndexByte(value, '@')
	local, domain := value[:at], value[at+1:]
	switch {
	case domain == "gmail.com" || domain == "googlemail.com":
		base, _, _ := strings.Cut(local, "+")
		if base = strings.ReplaceAll(base, ".", ""); base == "" {
			return value // nothing but a tag: no rule says whose it is
		}
		return base + "@gmail.com"
	case plusTags[domain] || countryMail(domain):
		if base, _, tagged := strings.Cut(local, "+"); tagged && base != "" && base[len(base)-1] != '.' {
			return base + "@" + domain
		}
	}
	return value
}

// plusTags are the domains whose provider documents that name+tag is name's
// mailbox.
var plusTags = set("msn.com icloud.com me.com mac.com fastmail.com fastmail.fm proton.me protonmail.com pm.me")

// countryMail recognises outlook.*, hotmail.* and live.*: com or a country's
// ending.
func countryMail(domain string) bool {
	name, suffix, _ := strings.Cut(domain, ".")
	return (name == "outlook" || name == "hotmail" || name == "live") && isCountry(suffix)
}

// isRole reports whether a local part names an office or a team; a tag after
// it changes nothing.
func isRole(local string) bool {
	base, _, _ := strings.Cut(local, "+")
	return roles[base]
}

// roles are local parts that stand for an office and not for a person, with
// their usual translations.
var roles = set(`info infos information hello hallo hola ola hi hey ciao bonjour salut contact contacts contactus contact-us contacto contato contatto kontakt kontact
	office buero admin administrator administration administracion amministrazione team staff crew mail email e-mail post inbox postmaster webmaster hostmaster root
	booking bookings book reservations business biz work collab collabs collaboration collaborations colab cooperation kooperation kooperationen koop pr press presse prensa imprensa stampa
	media marketing management mgmt manager managers agency agentur agence agencia talent talents creator creators influencer influencers partner partners partnership partnerships
	sponsor sponsors sponsoring sponsorship sponsorships brand brands ads advertising werbung publicidad support help service kundenservice customerservice care sales vertrieb ventas vendas
	shop store orders billing accounting accounts finance invoice invoices rechnung buchhaltung hr jobs careers legal privacy datenschutz abuse security editor editorial redaktion newsletter news
	no-reply noreply no_reply donotreply do-not-reply enquiries enquiry inquiries inquiry general events event social socialmedia community campaigns campaign`)

// mixesScripts reports whether one label of a domain has letters of two
// scripts that look alike: a Cyrillic a among Latin letters.
func mixesScripts(domain string) bool {
	for label := range strings.SplitSeq(domain, ".") {
		scripts := 0
		for _, script := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee} {
			if strings.IndexFunc(label, func(r rune) bool { return unicode.Is(script, r) }) >= 0 {
				scripts++
			}
		}
		if scripts > 1 {
			return true
		}
	}
	return false
}
