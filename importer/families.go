package importer

import (
	"slices"
	"strings"

	"muster/importer/identity"
	"muster/importer/record"
)

// Exports write the name of a field into a frame of their own: "Person - Email
// - Work", "E-mail 1 - Value", "name.givenName", "BuyerEmail". What stands
// around the name is known here, and only around fields that are marked Framed:
// what grants, blocks or places somebody is never read out of a frame.

// ownerWords stand before the name of a field and mean the person of the row.
var ownerWords = wordSet(`person people contact contacts user users subscriber subscribers member members
	attendee attendees registrant buyer customer customers client publisher partner affiliate creator creators
	influencer influencers talent ambassador artist blogger author patron supporter employee guest student
	learner participant lead respondent recipient invitee donor sponsor applicant candidate nominee winner
	speaker submitter profile profiles billing social socials name emails public primary main official business
	work professional personal private home preferred your my the data attributes properties fields response
	kunde kunden nutzer benutzer teilnehmer mitglied mitarbeiter usuario cliente creador miembro participante
	utilisateur abonné membre créateur utente membro criador utilizador usuário`)

// endWords stand behind the name of a field and change nothing. laterWords say
// that the column is a second one of the field.
var (
	endWords = wordSet(`value values address addresses adresse required mandatory optional text entry field
		response open ended openended to invite s es main primary work business professional official account`)
	laterWords = wordSet(`other others alternative alternate additional extra home private personal secondary`)
)

// agentWords name people and offices that represent the person: what stands
// with them is not the person's own address. bossWords are those among them
// that name a superior where the list is one of staff. glueWords may stand
// between them and the name of a field.
var (
	agentWords = wordSet(`agent agents agency manager managers management mgmt representative rep reps
		representation booking booker bookings pr publicist agentur managements agenturen vertretung
		representante representantes agente agencia representación agence représentant représentante
		représentation attaché agência empresário empresária agenzia rappresentante`)
	bossWords = wordSet(`manager managers supervisor boss vorgesetzter vorgesetzte responsable jefe jefa
		superviseur gestor gerente responsabile capo`)
	glueWords = wordSet(`s of the de del la le des der du da do di dell dello della l d for für para pour per
		von vom talent contact address your their his her my`)
)

// maxFrame is how many words a header in a frame has at most; longer ones are
// sentences.
const maxFrame = 9

// framed finds the field or network whose name stands in a frame, taking off
// as few words as possible and those behind it first.
func framed(header string) meaning {
	words := identity.HeaderWords(header)
	if len(words) < 2 || len(words) > maxFrame {
		return meaning{}
	}
	if isAgentAddress(words) {
		return meaning{field: record.FieldContactEmail}
	}
	before := leading(words, func(w string) bool { return ownerWords[w] || isNumber(w) })
	after := trailing(words, func(w string) bool { return endWords[w] || laterWords[w] || isNumber(w) })
	for off := 1; off < len(words); off++ {
		for lead := max(0, off-after); lead <= min(off, before); lead++ {
			core := words[lead : len(words)-(off-lead)]
			if isTrackingLink(words[:lead], core) {
				continue
			}
			if m := coreMeaning(core); m.field != "" {
				m.rank = frameRank(words[:lead], words[len(words)-(off-lead):])
				return m
			}
		}
	}
	return meaning{}
}

// isTrackingLink reports whether a header in a frame names the link by which a
// shop counts what somebody sells: "Affiliate link". It leads to the shop.
func isTrackingLink(before, core []string) bool {
	return len(core) == 1 && linkWords[core[0]] && slices.ContainsFunc(before, func(w string) bool { return sellerWords[w] })
}

var (
	linkWords   = wordSet("link links url urls")
	sellerWords = wordSet("affiliate partner publisher ambassador")
)

// coreMeaning is what the words inside a frame mean.
func coreMeaning(core []string) meaning {
	if f := fieldIndex[headerKey(strings.Join(core, " "))]; f != nil {
		if !f.framed {
			return meaning{}
		}
		return meaning{field: f.name}
	}
	switch slug, ok := identity.NetworkOf(strings.Join(core, " ")); {
	case ok && slug == "website":
		return meaning{field: record.FieldBlog}
	case ok:
		return meaning{field: record.Field(slug), network: slug}
	}
	return meaning{}
}

// frameRank is 0 for the field itself, more for one that belongs to an owner,
// and most for a further one: "E-mail 2", "Email - Other".
func frameRank(before, after []string) int {
	rank := 0
	if len(before) > 0 {
		rank = 1
	}
	for _, part := range [][]string{before, after} {
		for _, w := range part {
			if laterWords[w] || isNumber(w) && w != "0" && w != "1" {
				return 2
			}
		}
	}
	return rank
}

// isAgentAddress reports whether the words name the address of an agent, a manager
// or another representative, and nothing else.
func isAgentAddress(words []string) bool {
	var bare, glued string // the words that are left, without and with those between
	agents := 0
	for _, w := range words {
		switch {
		case agentWords[w]:
			agents++
		case glueWords[w]:
			glued += w
		default:
			bare, glued = bare+w, glued+w
		}
	}
	if agents == 0 {
		return false
	}
	for _, key := range []string{headerKey(bare), headerKey(glued)} {
		if f := fieldIndex[key]; f != nil && f.name == record.FieldEmail {
			return true
		}
	}
	return false
}

// isBoss reports whether the header of a contact's address names a superior.
func isBoss(header string) bool {
	for _, w := range identity.HeaderWords(header) {
		if bossWords[w] {
			return true
		}
	}
	return false
}

// leading counts the words at the beginning that are of a kind.
func leading(words []string, ofKind func(string) bool) (n int) {
	for n < len(words) && ofKind(words[n]) {
		n++
	}
	return n
}

// trailing counts the words at the end that are of a kind.
func trailing(words []string, ofKind func(string) bool) (n int) {
	for n < len(words) && ofKind(words[len(words)-1-n]) {
		n++
	}
	return n
}

func isNumber(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }
