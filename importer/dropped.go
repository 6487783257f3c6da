package importer

import (
	"regexp"
	"slices"

	"muster/importer/identity"
	"muster/importer/record"
)

// Some columns no list may bring in. Those that hold secrets are emptied as
// they are read, so that neither plan nor report nor database ever sees them;
// those that programs keep for themselves are left out. Both are said.

// secretHeaders are whole headers of columns that hold secrets.
var secretHeaders = keySet("pass", "token", "tokens", "salt", "secret", "session id", "otp", "otp secret", "totp",
	"pin", "api key", "apikey", "api secret", "secret key",
	"private key", "ssh key", "access key", "backup code", "backup codes", "recovery code", "recovery codes",
	"access code", "login code",
	"otp seed", "totp seed", "secret question", "secret answer", "security question", "security answer", "pin code",
	"mot de passe", "palavra-passe", "clave", "parola d'ordine", "parola chiave",
	"invite link", "invitation link", "claim link", "reset link", "password link", "sign-up link", "signup link",
	"invite url", "claim url", "magic link", "einladungslink",
	"enlace de invitación", "lien d'invitation", "link de convite", "link di invito")

// secretWords are words of headers of secrets. A header that has one of them is
// one of a secret, or of something about it that no import needs.
var secretWords = wordSet(`password passwords passwd pwd passphrase passcode passwort passwörter passworts
	kennwort kennwörter contraseña contraseñas
	contrasena senha senhas hashedpassword passwordhash passwordprofile userpass`)

// secretPairs are words that only together are of a secret.
var secretPairs = wordSet(`accesstoken refreshtoken authtoken apitoken resettoken claimtoken invitetoken
	sessiontoken bearertoken idtoken
	userpass loginpass pwhash pwsalt passhash hashpass`)

// hashed is how password hashes are written down.
var hashed = regexp.MustCompile(`^(` +
	`\$(2[abxy]?|1|5|6|P|H|S|y|7|apr1|argon2\w*|scrypt|pbkdf2[\w-]*|bcrypt[\w-]*)\$|` +
	`\{(SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|PBKDF2|BCRYPT|ARGON2)\}|` +
	`(pbkdf2|bcrypt|argon2|scrypt)_?\w*\$|` +
	`sha(1|256|512)?\$\w)`)

// ownHeaders are columns that programs keep about their own users.
var ownHeaders = keySet("is admin", "admin", "is superuser", "superuser", "is staff", "is owner", "is active",
	"is verified", "email verified", "verified at", "confirmed at",
	"account id", "user id", "person id", "status id", "role id", "kind id", "brand id", "organization id",
	"organisation id", "org id", "tenant id", "membership id", "owner id",
	"link epoch", "session epoch", "granted by", "password changed at", "expires at", "link expires at")

// isSecret reports whether a column holds secrets, by its header or by what
// stands in it.
func isSecret(header string, values []string) bool {
	key := headerKey(header)
	if secretHeaders[key] || secretHeaders[unasked(key)] || slices.ContainsFunc(values, hashed.MatchString) {
		return true
	}
	words := identity.HeaderWords(header)
	if n := len(words); n > 1 && (words[n-1] == "token" || words[n-1] == "secret") {
		return true
	}
	for i, w := range words {
		if secretWords[w] || i > 0 && secretPairs[words[i-1]+w] {
			return true
		}
	}
	return false
}

// isOwn reports whether a column is one that programs keep for themselves.
func isOwn(header string) bool {
	key := headerKey(header)
	return ownHeaders[key] || ownHeaders[unasked(key)]
}

// isDropped reports whether a header is that of a column that no list brings in.
func isDropped(header string) bool { return isSecret(header, nil) || isOwn(header) }

// secretColumns are the columns whose cells nobody may see.
func secretColumns(cols []column) (all []int) {
	for i, c := range cols {
		if c.secret {
			all = append(all, i)
		}
	}
	return all
}

// conceal empties the cells of secrets. In a row with cells to the right of the
// header they may have moved by as many places.
func conceal(row *record.Row, secrets []int) {
	for _, at := range secrets {
		for i := at; i <= at+row.Extra && i < len(row.Cells); i++ {
			row.Cells[i] = ""
			delete(row.Links, i)
		}
	}
}
