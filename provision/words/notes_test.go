package words_test

import (
	"testing"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision/words"
)

// What a note says in words of ours is told in the language, and a date as people write it.
func TestNotesInALanguage(t *testing.T) {
	for name, c := range map[string]struct {
		tag  string
		note dedupe.Note
		want string
	}{
		"a kind": {"de", dedupe.Note{Code: reason.KindDiffers, Said: "creator", Holds: "staff"},
			"die Person ist in der Organisation von anderer Art (Zeile: Creator, Konto: Mitarbeitende)"},
		"what was found in place": {"de", dedupe.Note{Code: reason.Since, Said: "found in place on 2026-11-30 by muster import, run 6dace1d9"},
			"seither geändert: vorgefunden am 30. November 2026 durch muster import (Lauf 6dace1d9)"},
		"the same in English": {"en", dedupe.Note{Code: reason.Since, Said: "found in place on 2026-11-30 by muster import, run 6dace1d9"},
			"changed since: found in place on 30 November 2026 by muster import, run 6dace1d9"},
		"what was done": {"es", dedupe.Note{Code: reason.Since, Said: "access granted on 2026-12-01 by muster accounts grant, run 6dace1d9"},
			"cambiada desde entonces: acceso concedido el 1 de diciembre de 2026 por muster accounts grant (ejecución 6dace1d9)"},
		"what somebody did outside of runs": {"fr", dedupe.Note{Code: reason.Since, Said: "update on 2026-12-01 by org apply"},
			"modifiée depuis\u00a0: compte mis à jour le 1er décembre 2026 par org apply"},
		"what an account has by hand": {"fr", dedupe.Note{Code: reason.RaisedByHand, Said: "role manager in outdoor"},
			words.Spoken("fr").Say(reason.Of(reason.RaisedByHand).Meaning) + " (ligne\u00a0: rôle manager dans outdoor)"},
		"a detail": {"de", dedupe.Note{Code: reason.DetailsDiffer, Said: "time zone Europe/Berlin", Holds: "time zone UTC"},
			words.Spoken("de").Say(reason.Of(reason.DetailsDiffer).Meaning) + " (Zeile: Zeitzone Europe/Berlin, Konto: Zeitzone UTC)"},
		"a column of the list stays": {"de", dedupe.Note{Code: reason.DetailsDiffer, Said: "Tier Gold", Holds: "no Tier"},
			words.Spoken("de").Say(reason.Of(reason.DetailsDiffer).Meaning) + " (Zeile: Tier Gold, Konto: Tier: leer)"},
		"who decided": {"de", dedupe.Note{Code: reason.DecidedBy, Said: "rita@example.com on 2026-11-30: it is her sister"},
			"jemand hat dies bei der Prüfung entschieden (rita@example.com am 30. November 2026: it is her sister)"},
		"who decided what before": {"fr", dedupe.Note{Code: reason.DecidedBefore, Said: "somebody on 2026-11-30: skip"},
			words.Spoken("fr").Say(reason.Of(reason.DecidedBefore).Meaning) + " (quelqu’un, le 30 novembre 2026\u00a0: Laisser de côté)"},
		"what the row says": {"de", dedupe.Note{Code: reason.NameDiffers, Said: "language of Ann", Holds: "role of Bob"},
			words.Spoken("de").Say(reason.Of(reason.NameDiffers).Meaning) + " (Zeile: language of Ann, Konto: role of Bob)"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := words.Spoken(c.tag).Note(c.note); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Values in a message are told, where they are words of ours.
func TestProblemsInALanguage(t *testing.T) {
	german := words.Spoken("de")
	for text, want := range map[string]string{
		`"rosa.sample" does not say which of TikTok and YouTube it is on; it was taken for TikTok`: `"rosa.sample" sagt nicht, auf welchem von TikTok und YouTube es ist; es wurde für TikTok genommen`,
		`role "chef" ranks above the operator's own (leitung)`:                                     `die Rolle "chef" steht über der eigenen der ausführenden Person (leitung)`,
		`role "chef" has people:block, which the operator's own (leitung) has not`:                 `die Rolle "chef" hat people:block; die eigene der ausführenden Person (leitung) hat es nicht`,
		"the plan has 25 seats for staff, and all are taken":                                       "der Tarif hat 25 Plätze für Mitarbeitende, und alle sind belegt",
	} {
		if got := german.Problem(record.Problem{Code: reason.RoleNotAllowed, Message: text}); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	kind := record.Problem{Code: reason.ValueOutOfRange, Message: `"kapitän" is not one of: creator, staff or client`}
	if got := german.Remedy(kind); got != "verwenden Sie creator, staff oder client" {
		t.Errorf("a remedy without the values: %s", got)
	}
	if got := (words.In{}).Remedy(kind); got != "use creator, staff or client" {
		t.Errorf("in English: %s", got)
	}
}

// A command is typed as it is, also where it begins a sentence.
func TestSentenceLeavesCommands(t *testing.T) {
	for text, want := range map[string]string{"muster accounts grant gives it back": "muster accounts grant gives it back", "correct it": "Correct it"} {
		if got := words.Sentence(text); got != want {
			t.Errorf("got %q", got)
		}
	}
}
