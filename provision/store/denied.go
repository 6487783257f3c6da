package store

import (
	"crypto/tls"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/lib/pq"

	"muster/provision"
)

// denial says what a person has to change where the server does not let a role
// in, or does not let it do something. Its own words follow.
func denial(err error, statement, role string) *provision.DeniedError {
	d := &provision.DeniedError{Err: err}
	var e *pq.Error
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.Is(err, pq.ErrSSLNotSupported):
		d.Msg = "the database URL asks for TLS, which the server does not speak"
		d.Hint = "put ?sslmode=disable at the end of the database URL where the way to the server is safe, " +
			"as on the same machine; else switch ssl on in its postgresql.conf"
	case errors.As(err, &untrusted):
		d.Msg = "the certificate of the server is not trusted"
		d.Hint = "name the authority that signed it with sslrootcert=/path/to/ca.pem in the database URL; " +
			"sslmode=require encrypts without asking who the server is"
	case errors.As(err, &e):
		d.Msg, d.Hint = denialOf(e, statement, role)
	default:
		d.Msg = "the database does not let its user do this"
		d.Hint = "see who owns it"
	}
	return d
}

// rowSecurity are the routines of the server that refuse a statement because
// of a policy: grants that are missing have the same code.
var rowSecurity = map[string]bool{"check_enable_rls": true, "ExecWithCheckOptions": true}

func denialOf(e *pq.Error, statement, role string) (msg, hint string) {
	switch {
	case e.Code == "28P01":
		return fmt.Sprintf("the server does not accept the password of the role %q", role),
			"correct the password in the file that --db-file or MUSTER_DB_FILE names, or in that of PGPASSFILE"
	case strings.HasPrefix(string(e.Code), "28"):
		return fmt.Sprintf("the server does not let the role %q in", role),
			"the role has to be there and to be allowed to log in (CREATE ROLE … LOGIN), " +
				"and a line of the server's pg_hba.conf has to let it in; " +
				"where the server wants encryption, put sslmode=require into the database URL"
	case e.Code == "3D000":
		return "the server has no such database",
			"correct the name at the end of the database URL; or make the database (createdb), then muster db migrate"
	case rowSecurity[e.Routine]:
		return fmt.Sprintf("row-level security keeps rows from the role %q", role),
			fmt.Sprintf("muster has to see every row: ALTER ROLE %s BYPASSRLS, "+
				"or ALTER TABLE … DISABLE ROW LEVEL SECURITY", pq.QuoteIdentifier(role))
	}
	return fmt.Sprintf("the role %q lacks a grant%s", role, verb(statement)), grantHint(role, statement)
}

func grantHint(role, statement string) string {
	if ofPrivacy(statement) {
		return "erasing people, joining accounts and taking runs back is for a role of its own, in the database URL of such a command: as the owner " +
			"of the tables, psql -v role=muster_privacy -f fixtures/deploy/role.sql -f fixtures/deploy/role-privacy.sql"
	}
	return fmt.Sprintf("as the owner of the tables: psql -v role=%s -f fixtures/deploy/role.sql, "+
		"which grants all that is needed", role)
}

var written = regexp.MustCompile(`^\s*(DELETE FROM|INSERT INTO|UPDATE)\s+(\w+)`)

// ofPrivacy reports whether a statement is one that role.sql grants nobody: it
// deletes more than access that ended, or writes where only erasing and joining
// accounts do.
func ofPrivacy(statement string) bool {
	m := written.FindStringSubmatch(statement)
	if m == nil {
		return false
	}
	switch m[2] {
	case "suppressions", "account_merges":
		return true
	case "memberships", "campaign_access", "product_access":
		return false
	case "account_key", "account_hint":
		return m[1] != "INSERT INTO"
	}
	return m[1] == "DELETE FROM"
}

var verbs = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|COPY|ANALYZE)\b`)

// verb names the right that a statement asks for first.
func verb(statement string) string {
	switch m := verbs.FindStringSubmatch(statement); {
	case m == nil:
		return ""
	case m[1] == "COPY":
		return " (INSERT)"
	default:
		return " (" + m[1] + ")"
	}
}
