package importer

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// statuses are the values of the status column, and how they are reported.
const statuses = "active, activate, activate+roles, blocked"

// allowedStatuses says them to whoever wrote another one.
const allowedStatuses = "active, activate, activate+roles or blocked"

// statusWords are the words lists use for the statuses, in the languages of the
// headers and in Dutch. They are compared whole, accents and brackets too: who is
// blocked loses access, so nothing that merely looks alike may say so.
var statusWords = map[string][]string{
	"active": {"active", "aktiv", "activo", "activa", "actif", "ativo", "ativa", "attivo", "attiva", "actief"},
	"activate": {"activate", "aktivieren", "freischalten", "entsperren", "activar", "activer", "ativar", "attivare",
		"activeren"},
	"activate+roles": {"activate+roles", "aktivieren+rollen", "activar+roles", "activer+rôles", "ativar+papéis",
		"attivare+ruoli", "activeren+rollen"},
	"blocked": {"blocked", "gesperrt", "blockiert", "bloqueado", "bloqueada", "bloqué", "bloquée", "bloccato", "bloccata",
		"geblokkeerd"},
}

var statusIndex = func() map[string]string {
	m := map[string]string{}
	for status, words := range statusWords {
		for _, w := range words {
			m[w] = status
		}
	}
	return m
}()

// statusOf reads a status, in any case.
func statusOf(cell string) (string, bool) {
	word := strings.ToLower(strings.Join(strings.Fields(cell), ""))
	if !isPlainASCII(word) {
		word = norm.NFC.String(word)
	}
	status, ok := statusIndex[word]
	return status, ok
}
