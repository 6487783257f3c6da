package explain

import (
	"context"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/provision"
)

// auditPage is how many entries of the audit are read at a time.
const auditPage = 500

// An AuditQuestion is what somebody asks of the audit. Everything left out asks
// for all.
type AuditQuestion struct {
	provision.AuditQuery
	About identity.Key // of the person it is about; zero for everybody
	By    string       // address of who did it
	Most  int          // entries, 0 for all
	Bare  bool         // nobody has to be named
}

// An AuditLine is an entry of the audit, with whom it is about as they are now.
type AuditLine struct {
	provision.AuditEntry
	Masked bool // the person is not the operator's to see
	Gone   bool // there is no such account any more
	Name   string
	Email  string
}

// Audit hands entries of the audit to take, page by page. Entries about people
// whom the operator may not see are left out; so are, for whoever does not see
// every brand, those about nobody or somebody who is gone, unless they are the
// operator's own.
func Audit(
	ctx context.Context, e *provision.Engine, sc provision.Scope, asked AuditQuestion, take func(AuditLine) error,
) error {
	q := asked.AuditQuery
	q.Organization = sc.Policy.Organization
	q.Limit = auditPage
	if there, err := asked.settle(ctx, e, &q); err != nil || !there {
		return err
	}
	for told := 0; ; {
		page, err := e.Store.AuditPage(ctx, q)
		if err != nil {
			return err
		}
		lines, err := asked.lines(ctx, e, sc, page)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if err := take(l); err != nil {
				return err
			}
			if told++; told == asked.Most {
				return nil
			}
		}
		if len(page) < auditPage {
			return nil
		}
		q.After = page[len(page)-1].ID
	}
}

// settle finds whom the question is about, and who did it; there is false
// where nobody is known by that, and so nothing to be told.
func (asked AuditQuestion) settle(ctx context.Context, e *provision.Engine, q *provision.AuditQuery) (bool, error) {
	if asked.By != "" {
		email, _, err := identity.ParseEmail(asked.By)
		if err != nil {
			return false, &provision.ConfigError{
				Msg:  "--operator \"" + asked.By + "\" is no email address",
				Hint: "name whoever did it by their address",
			}
		}
		if q.Operator, err = leadsTo(ctx, e, email.Key()); err != nil || q.Operator == "" {
			return false, err
		}
	}
	if asked.About != (identity.Key{}) {
		var err error
		if q.Account, err = leadsTo(ctx, e, asked.About); err != nil || q.Account == "" {
			return false, err
		}
	}
	return true, nil
}

// leadsTo is the account that a key leads to, "" for none.
func leadsTo(ctx context.Context, e *provision.Engine, key identity.Key) (account string, err error) {
	err = e.Store.Snapshot(ctx, func(d provision.Directory) error {
		account = ""
		found, err := d.Resolve(ctx, []identity.Key{key}, nil)
		if len(found) > 0 {
			account = found[0].Account
		}
		return err
	})
	return account, err
}

// lines are those entries of a page that the operator may see. Where nobody has
// to be named, and all may be seen, nobody has to be looked up.
func (asked AuditQuestion) lines(
	ctx context.Context, e *provision.Engine, sc provision.Scope, page []provision.AuditEntry,
) ([]AuditLine, error) {
	if !asked.Bare || !sc.Authority.Operator.May(provision.MaySeeAll) {
		return auditLines(ctx, e, sc, page)
	}
	lines := make([]AuditLine, len(page))
	for i, entry := range page {
		lines[i].AuditEntry = entry
	}
	return lines, nil
}

// auditLines are those entries of a page that the operator may see.
func auditLines(
	ctx context.Context, e *provision.Engine, sc provision.Scope, page []provision.AuditEntry,
) ([]AuditLine, error) {
	var ids []string
	for _, a := range page {
		if a.Account != "" {
			ids = append(ids, a.Account)
		}
	}
	people := map[string]dedupe.Account{}
	err := e.Store.Snapshot(ctx, func(d provision.Directory) error {
		clear(people)
		all, err := d.Accounts(ctx, sc.Policy.Organization, ids, sc.Policy.Now)
		for _, a := range all {
			people[a.ID] = a
		}
		return err
	})
	var lines []AuditLine
	for _, entry := range page {
		account, there := people[entry.Account]
		if l := auditLine(entry, account, there, sc.Policy); seesEntry(sc, l) {
			lines = append(lines, l)
		}
	}
	return lines, err
}

func auditLine(entry provision.AuditEntry, a dedupe.Account, there bool, policy dedupe.Policy) AuditLine {
	l := AuditLine{AuditEntry: entry, Gone: !there && entry.Account != ""}
	switch {
	case !there:
	case a.Visible(policy.VisibleBrands):
		l.Name = a.Name
		l.Email = a.Email.Address
	default:
		l.Masked = true
	}
	return l
}

// seesEntry reports whether an operator may see an entry: whoever sees every
// brand sees all that the organization did.
func seesEntry(sc provision.Scope, l AuditLine) bool {
	operator := sc.Authority.Operator
	if operator.May(provision.MaySeeAll) {
		return true
	}
	if l.Account == "" || l.Gone {
		return l.OperatorID == operator.Account
	}
	return !l.Masked
}
