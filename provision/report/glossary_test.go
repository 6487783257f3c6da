package report

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"muster/provision/locale"
)

// glossary is one word for one thing, in each language: wherever the English phrase has the
// term, the other has its word. It is what translators look up.
var glossary = []struct{ term, german, spanish, french string }{
	{`rows? (is|are|was|were) held|people are held|newly held|longer held`, `zurückgestellt`, `reten|retien|retuv`, `retenu`},
	{`\b(this|earlier|later) runs?\b|\bruns? %s`, `Lauf|Läufe`, `ejecuci`, `exécution`},
	{`invite links?`, `Einladungslink`, `enlaces? de invitación`, `liens? d’invitation`},
	{`\bbrands?\b`, `Marken?`, `marcas?`, `marques?`},
	{`\bcampaigns?\b`, `Kampagnen?`, `campañas?`, `campagnes?`},
	{`\bhandles?\b`, `Profilname`, `perfil`, `profil`},
	{`\bexternal ids?\b`, `externe[nr]? IDs?`, `identificador`, `identifiant`},
	{`\boperators?\b`, `ausführenden? Person`, `operador`, `opérateur`},
	{`\b(for|of the|create|no) staff\b`, `Mitarbeitende`, `personal`, `personnel`},
	{`\bpermissions\b`, `Berechtigung`, `permiso`, `permission`},
	{`^(%s|1) rows?\b`, `Zeilen?`, `filas?`, `lignes?`},
	{`\bsheets?\b`, `Blatt|Blätter`, `hojas?`, `feuilles?`},
	{`\broles? (is|was|were|will|above|%)`, `Rollen?`, `rol`, `rôles?`},
	{`\bseats?\b`, `Platz|Plätze`, `plazas?`, `places?`},
	{`plan of the organization|the plan has`, `Tarif`, `plan`, `forfait`},
	{`(is|are|people|be) blocked`, `gesperrt`, `bloque`, `bloqu`},
	{`\borganizations?\b`, `Organisation`, `organizaci`, `organisation`},
	{`\bmailbox`, `Postfach`, `buzón`, `boîte`},
	{`\bdashboard\b`, `Dashboard`, `panel`, `tableau de bord`},
	{`\bsources? (%|was|is|gave)`, `Quelle`, `fuente`, `source`},
	{`spreadsheet program`, `Tabellenkalkulation`, `hojas? de cálculo`, `tableur`},
	{`[Nn]othing (was|will be|is) written`, `gespeichert`, `guard|escrib`, `enregistr|écrit`},
}

// typedIn is what stands in a phrase as it is typed.
var typedIn = regexp.MustCompile(`muster [a-z-]+( [a-z-]+)*|--\S+|activate\+roles`)

func TestOneWordForOneThing(t *testing.T) {
	for _, l := range locale.Languages()[1:] {
		book, err := l.Phrases()
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range glossary {
			term := regexp.MustCompile(g.term)
			word := regexp.MustCompile(`(?i)` + map[locale.Language]string{locale.German: g.german, locale.Spanish: g.spanish, locale.French: g.french}[l])
			found := 0
			for _, phrase := range slices.Sorted(maps.Keys(book)) {
				if !term.MatchString(typedIn.ReplaceAllString(phrase, "")) {
					continue
				}
				if found++; !word.MatchString(book[phrase]) {
					t.Errorf("%s: %q has no %s: %q", l, phrase, word, book[phrase])
				}
			}
			if found == 0 {
				t.Errorf("%s: nothing is said of %s", l, term)
			}
		}
	}
}
