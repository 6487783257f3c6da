package view

import (
	"encoding/json"
	"fmt"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/explain"
	"muster/provision/words"
)

// changeWords says why, as the audit has it, and what was changed: in the order
// of the changes, campaigns and products each in one go.
func changeWords(c explain.Change, names provision.Names) (why string, what []string) {
	var d change.AuditDetail
	if json.Unmarshal(c.Detail, &d) != nil {
		return "", nil
	}
	if d.Reason == "" {
		return "", mailWords(d.Changes)
	}
	why = ": " + reason.Of(d.Reason).Meaning
	for i, one := range d.Changes {
		switch one := one.(type) {
		case change.Remember:
			if !remembered(d.Changes[:i]) {
				why += ": " + string(one.Choice)
			}
		case change.GrantCampaign:
			what = listed(what, "campaigns ", names.Campaign(one.Campaign))
		case change.GrantProduct:
			what = listed(what, "products ", one.Product)
		default:
			what = append(what, oneChange(one, names)...)
		}
	}
	return why, what
}

// mailWords say what became of mails.
func mailWords(changes change.Changes) []string {
	var what []string
	for _, c := range changes {
		if m, is := c.(change.Mailed); is {
			what = append(what, fmt.Sprintf("the mail %q: %s", m.Template, m.State))
		}
	}
	return what
}

// remembered reports whether a decision is among the changes: of several that
// were remembered with one another the first is told.
func remembered(changes change.Changes) bool {
	for _, c := range changes {
		if c.Op() == change.OpRemember {
			return true
		}
	}
	return false
}

// listed adds a name to the list that is said last, or begins one.
func listed(what []string, title, name string) []string {
	if n := len(what); n > 0 && strings.HasPrefix(what[n-1], title) {
		what[n-1] += ", " + name
		return what
	}
	return append(what, title+name)
}

// everywhere says that a block is none of an organization.
func everywhere(is bool) string {
	if is {
		return " on the whole platform"
	}
	return ""
}

// roleWords say where a role goes.
func roleWords(c change.SetRole, names provision.Names) string {
	way := "raised"
	if c.Lowers {
		way = "lowered"
	}
	return fmt.Sprintf("role in %s %s from %s to %s", names.Brand(c.Brand), way, c.From, c.To)
}

// oneChange says one change, or nothing of what goes without saying.
func oneChange(one change.Change, names provision.Names) []string {
	switch c := one.(type) {
	case change.Join:
		return []string{fmt.Sprintf("added to %s as %s, role %s", names.Brand(c.Brand), c.Kind, c.Role)}
	case change.Offer:
		return []string{fmt.Sprintf("asked whether to be added to %s as %s, role %s", names.Brand(c.Brand), c.Kind, c.Role)}
	case change.Accept:
		return []string{fmt.Sprintf("added to %s as %s, role %s", names.Brand(c.Brand), c.Kind, c.Role)}
	case change.SetRole:
		return []string{roleWords(c, names)}
	case change.Leave:
		return []string{fmt.Sprintf("taken out of %s, where the role was %s", names.Brand(c.Brand), c.Role)}
	case change.RevokeCampaign:
		return []string{"campaign " + names.Campaign(c.Campaign) + " taken away"}
	case change.RevokeProduct:
		return []string{"product " + c.Product + " taken away"}
	case change.SetPermissions:
		return []string{fmt.Sprintf("permissions in %s changed from %s to %s", names.Brand(c.Brand), words.Permissions(c.From),
			words.Permissions(c.To))}
	case change.AddProfile:
		return []string{strings.TrimSpace(words.Key(c.Key()))} // the audit has not kept whose, but of old
	case change.TakeKey:
		if strings.HasPrefix(c.Space, dedupe.ExternalSpace("")) {
			return []string{"an external id"}
		}
	case change.Block:
		return []string{"blocked" + everywhere(c.Everywhere)}
	case change.Unblock:
		what := []string{"block" + everywhere(c.Everywhere) + " lifted"}
		for _, r := range c.Lowered {
			what = append(what, roleWords(r, names))
		}
		return what
	case change.Readdress:
		return []string{"a new email address, so that links to the old one died"}
	case change.IssueLink:
		return []string{"an invite link"}
	case change.SendMail:
		return []string{fmt.Sprintf("the mail %q queued", c.Template)}
	case change.TellAdministrators:
		return []string{"mails to the other administrators queued"}
	}
	return nil
}
