package importer

import (
	"strings"
	"unicode"

	"muster/importer/record"
)

// Lists of creators also have rows of the people around them: an agency, a
// manager, an assistant, PR. A column of relations says so, and keeps those from
// being made creators. It is known by its header or by its values.

// relationWords are the words lists use for people around a creator, in English,
// German, Spanish, French, Portuguese and Italian.
var relationWords = map[string][]string{
	"agency": {
		"agency", "agencies", "talent agency", "network", "mcn", "agentur", "agenturkontakt",
		"künstleragentur", "agencia", "agence", "agência", "agenzia",
	},
	"manager": {
		"manager", "managers", "management", "mgmt", "mgr", "talent manager", "talent management", "agent",
		"booking agent", "booker", "booking", "representative", "representation", "rep", "representing",
		"managerin", "agentin", "vertretung", "vertreter", "vertreterin", "repräsentant", "repräsentantin",
		"mánager", "representante", "representación", "agente", "gerente", "représentant", "représentante",
		"manageur", "empresário", "empresária", "agenciador", "rappresentante", "impresario",
	},
	"assistant": {
		"assistant", "personal assistant", "virtual assistant", "pa", "va", "secretary", "assistenz",
		"assistent", "assistentin", "sekretariat", "asistente", "asistenta", "secretaria", "assistante",
		"secrétaire", "assistente", "secretária", "segretaria",
	},
	"pr": {
		"pr", "public relations", "publicist", "pr contact", "pr agency", "press", "press contact",
		"pr-agentur", "pr-kontakt", "presse", "pressekontakt", "pressestelle", "prensa", "relaciones públicas",
		"relations publiques", "relations presse", "attaché de presse", "attachée de presse",
		"attachée presse", "imprensa", "assessoria", "assessoria de imprensa", "relações públicas", "stampa",
		"ufficio stampa", "relazioni pubbliche",
	},
}

// themselves are words by which a row says that it is of the creator.
var themselves = []string{"self", "themselves", "themself", "direct", "own", "selbst", "direkt", "persönlich",
	"eigen", "directo", "propio", "propia", "él mismo", "ella misma", "artista", "artist", "künstler", "künstlerin",
	"artiste", "soi-même", "direto", "próprio", "própria", "diretto", "lui stesso", "lei stessa"}

// relationIndex maps a word, folded as headers are, to the relation; "" for the
// creator.
var relationIndex = func() map[string]string {
	m := map[string]string{}
	for relation, words := range relationWords {
		for _, w := range words {
			m[headerKey(w)] = relation
		}
	}
	for _, w := range append(themselves, kindWords[record.Creator]...) {
		m[headerKey(w)] = ""
	}
	return m
}()

// relationOf reads a cell that is one word for a relation, known "" for the
// creator.
func relationOf(cell string) (relation string, known bool) {
	if len(cell) > 64 {
		return "", false
	}
	relation, known = relationIndex[headerKey(cell)]
	return relation, known
}

// relationIn reads a cell of a column of relations: a word for one, or one
// that goes on ("Manager von Anna", "Agentur: Blue").
func relationIn(cell string) (relation string, known bool) {
	if relation, known = relationOf(cell); known {
		return relation, true
	}
	words := strings.FieldsFunc(cell, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	for n := min(2, len(words)); n > 0; n-- {
		if relation, known = relationOf(strings.Join(words[:n], " ")); known {
			return relation, true
		}
	}
	return "", false
}

// namesRelations reports whether a header lists what its cells may say:
// "Creator / Agency / Manager".
func namesRelations(header string) bool {
	words := strings.FieldsFunc(header, func(r rune) bool { return strings.ContainsRune("/|,;()", r) })
	around := 0
	for _, w := range words {
		relation, known := relationOf(strings.TrimSuffix(strings.TrimSpace(w), "?"))
		if !known {
			return false
		}
		if relation != "" {
			around++
		}
	}
	return len(words) > 1 && around > 0
}

// saysRelations reports whether everything in a column is a word for a
// relation, and not for the creator alone. One cell may be anything, and a
// column of roles is one of them where no creator stands in it: managers and
// assistants are roles of staff as well.
func saysRelations(values []string, roles bool) bool {
	creators, others := 0, 0
	for _, v := range values {
		switch relation, known := relationOf(v); {
		case !known:
			return false
		case relation == "":
			creators++
		default:
			others++
		}
	}
	return others > 0 && creators+others > 1 && (creators > 0 || !roles)
}

// relation reads a cell of a column of relations; it is kept with the person
// as it is, too.
func (s *parsing) relation(c column, cell string) {
	if relation, known := relationIn(cell); known && s.rec.Relation == "" {
		s.rec.Relation = relation
	}
	s.keepAttribute(c, cell, "")
}
