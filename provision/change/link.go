package change

import (
	"fmt"

	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to the invite link of an account.
const (
	OpIssueLink Op = "issue_link"
	OpEndLink   Op = "end_link"
)

// IssueLink gives an account a new invite link, for the address it has then.
type IssueLink struct {
	Link  string `json:"link,omitempty"`  // in the audit: its id, which it has only once it is written
	Again bool   `json:"again,omitempty"` // in place of an earlier one, which ends if it is live
	Live  bool   `json:"live,omitempty"`  // that one is: whoever has it can no longer use it
	Reset bool   `json:"reset,omitempty"` // to set a new password, not the first
	Mail  bool   `json:"mail,omitempty"`  // it leaves by mail alone, which a SendMail after it sees to
}

// Op is OpIssueLink.
func (IssueLink) Op() Op { return OpIssueLink }

// Reverse ends the link. One that was in its place before stays dead.
func (IssueLink) Reverse() (Change, bool) { return EndLink{Why: provision.EndTakenBack}, true }

func (c IssueLink) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c IssueLink) into(b *provision.Batch, t *target) error {
	id, keyID, err := t.links.NewLink()
	if err != nil {
		return fmt.Errorf("issuing a link: %w", err)
	}
	t.link = id
	row := provision.LinkRow{
		ID:           id,
		KeyID:        keyID,
		Account:      t.account,
		Organization: t.organization.ID,
		Purpose:      provision.Invitation,
		Audience:     t.terms.BaseURL,
		Epoch:        t.raiseEpoch(b),
		Lifetime:     t.terms.Life,
		NotBefore:    t.terms.NotBefore,
		Workday:      t.terms.Workday,
		Channel:      provision.ByReport,
		State:        provision.LiveState,
		Run:          b.By.Run,
		CreatedAt:    b.By.At,
		Email:        t.email,
	}
	if c.Reset {
		row.Purpose = provision.Reset
	}
	if c.Mail {
		row.Channel = provision.ByMail
	}
	b.Links = append(b.Links, row)
	return nil
}

// EndLink revokes the live link of an account.
type EndLink struct {
	Why string `json:"why"` // as provision names it
}

// Op is OpEndLink.
func (EndLink) Op() Op { return OpEndLink }

// Reverse has nothing to offer: a link that ended never opens again.
func (EndLink) Reverse() (Change, bool) { return nil, false }

func (c EndLink) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c EndLink) into(b *provision.Batch, t *target) error {
	b.Ends = append(b.Ends, provision.EndRow{Account: t.account, Why: c.Why})
	t.raiseEpoch(b)
	return nil
}
