package importer

import (
	"strings"
	"unicode"

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

// goneWords are words by which the status of another program says that somebody is to
// have no access, or is not there any more. They block nobody: whoever looks at the
// report is told where they stand.
var goneWords = wordSet(`inactive deactivated disabled suspended banned blacklisted paused removed deleted archived
	terminated cancelled canceled churned offboarded left former rejected declined denied expired withdrawn unsubscribed
	inaktiv deaktiviert suspendiert gebannt pausiert entfernt gelöscht archiviert gekündigt ausgeschieden ehemalig
	abgelehnt abgemeldet
	inactivo inactiva desactivado desactivada suspendido suspendida pausado pausada eliminado eliminada archivado archivada
	pausa baja cancelado cancelada rechazado rechazada
	inactif désactivé désactivée suspendu suspendue supprimé supprimée archivé archivée pause parti partie résilié refusé refusée
	inativo inativa desativado desativada suspenso suspensa excluído excluída
	inattivo inattiva disattivato disattivata sospeso sospesa rimosso rimossa archiviato archiviata
	inactief gedeactiveerd geschorst verwijderd`)

// saysGone reports whether a status that is not read seems to say that somebody is
// blocked or gone: by any of its words.
func saysGone(cell string) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(norm.NFC.String(cell)), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if goneWords[word] || statusIndex[word] == "blocked" {
			return true
		}
	}
	return false
}

// statusOf reads a status, in any case.
func statusOf(cell string) (string, bool) {
	word := strings.ToLower(strings.Join(strings.Fields(cell), ""))
	if !isPlainASCII(word) {
		word = norm.NFC.String(word)
	}
	status, ok := statusIndex[word]
	return status, ok
}
