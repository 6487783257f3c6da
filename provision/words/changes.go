package words

import (
	"cmp"
	"fmt"
	"strings"

	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/provision/change"
)

// actions say what was done to somebody, where the audit calls it by a verb.
var actions = map[change.Action]string{
	change.CreateAction:  "account made",
	change.ClaimAction:   "account claimed",
	change.UpdateAction:  "account updated",
	change.DecidedAction: "left out by a reviewer",
	change.LeftAction:    "decided, and nothing changed",
	change.MailAction:    "mail sent",
}

// Action says what was done to somebody, as the audit has it.
func Action(action string) string {
	if said, ok := actions[change.Action(action)]; ok {
		return said
	}
	return action
}

// Changes say what happened to an account, a phrase each. Nothing in them is
// personal: they are told from what the audit keeps for good.
func Changes(all change.Changes) []string {
	var said []string
	for _, c := range all {
		if c == nil {
			continue
		}
		if text := changeWords(c); text != "" {
			said = append(said, text)
		}
	}
	return said
}

func changeWords(c change.Change) string {
	switch c := c.(type) {
	case change.Create: // the action says so
		return ""
	case change.SetStatus:
		return fmt.Sprintf("status from %s to %s", c.From, c.To)
	case change.Fill:
		return "filled in: " + strings.Join(c.Fields, ", ")
	case change.Clear:
		return "blanked: " + strings.Join(c.Fields, ", ")
	case change.Readdress:
		return "another email address"
	case change.TakeKey:
		return keyWords(c.Key) + " added"
	case change.DropKey:
		return keyWords(c.Key) + " taken away"
	case change.Join:
		return fmt.Sprintf("joined %s as %s (%s)", c.Brand, c.Kind, c.Role)
	case change.Leave:
		return fmt.Sprintf("left %s, where they were %s (%s)", c.Brand, c.Kind, c.Role)
	case change.SetRole:
		return fmt.Sprintf("role in %s from %s to %s", c.Brand, c.From, c.To)
	case change.SetPermissions:
		return fmt.Sprintf("permissions in %s from %s to %s", c.Brand, Permissions(c.From), Permissions(c.To))
	case change.SetColumns:
		return fmt.Sprintf("columns in %s: %s", c.Brand, strings.Join(c.Names, ", "))
	case change.GrantCampaign:
		return "campaign " + c.Campaign
	case change.RevokeCampaign:
		return "campaign " + c.Campaign + " taken away"
	case change.GrantProduct:
		return "product " + c.Product
	case change.RevokeProduct:
		return "product " + c.Product + " taken away"
	}
	return cmp.Or(profileChange(c), linkChange(c), sourceChange(c), otherChange(c), strings.ReplaceAll(string(c.Op()), "_", " "))
}

// Permissions say how permissions came to be.
func Permissions(g *permission.Grant) string {
	if g == nil {
		return string(permission.Default)
	}
	return g.String()
}

// sourceChange says what a list that is synced has to do with somebody.
func sourceChange(c change.Change) string {
	switch c := c.(type) {
	case change.Own:
		return fmt.Sprintf("source %s gives %s %s", c.Source, c.What, c.Target)
	case change.Disown:
		return fmt.Sprintf("source %s gives %s %s no more", c.Source, c.What, c.Target)
	case change.Attend:
		switch {
		case c.To == nil:
			return "not of source " + c.Source + " any more"
		case c.To.Absences > 0:
			return "missing from source " + c.Source
		case c.From == nil:
			return "on the list of source " + c.Source
		}
		return "back on the list of source " + c.Source
	}
	return ""
}

func profileChange(c change.Change) string {
	switch c := c.(type) {
	case change.AddProfile:
		if c.Connected {
			return networkName(c.Network) + " profile added, connected"
		}
		return networkName(c.Network) + " profile added"
	case change.DropProfile:
		return networkName(c.Network) + " profile taken away"
	case change.Connect:
		return networkName(c.Network) + " profile connected"
	case change.Disconnect:
		return networkName(c.Network) + " profile no longer connected"
	}
	return ""
}

func linkChange(c change.Change) string {
	switch c := c.(type) {
	case change.IssueLink:
		return issuedWords(c)
	case change.EndLink:
		return "link ended (" + c.Why + ")"
	case change.Reveal:
		return "link shown to the operator"
	case change.HandOver:
		return "link handed over"
	case change.Redeem:
		return "link used"
	}
	return ""
}

func issuedWords(c change.IssueLink) string {
	said := "invite link issued"
	if c.Reset {
		said = "link to set a new password issued"
	}
	if c.Live {
		said += ", the former one ended"
	}
	return said
}

func otherChange(c change.Change) string {
	switch c := c.(type) {
	case change.Offer:
		return fmt.Sprintf("asked whether to join %s as %s (%s)", c.Brand, c.Kind, c.Role)
	case change.Withdraw:
		return "no longer asked whether to join " + c.Brand
	case change.Accept:
		return fmt.Sprintf("accepted to join %s as %s (%s)", c.Brand, c.Kind, c.Role)
	case change.Decline:
		return "declined to join " + c.Brand
	case change.Block:
		return "blocked"
	case change.Unblock:
		if c.Roles {
			return "block lifted"
		}
		return "block lifted, roles lowered to member"
	case change.SetPassword:
		return "password set"
	case change.Answer:
		return "answered: " + c.Name
	case change.Agree:
		return fmt.Sprintf("agreed to %s, version %s", c.Document, c.Version)
	case change.SendMail:
		return "mail queued: " + c.Template
	case change.Mailed:
		return fmt.Sprintf("mail %s: %s", c.Template, c.State)
	case change.Merge:
		return "account " + c.Account + " became part of this one"
	case change.Erase:
		return erasedWords(c)
	case change.Readmit:
		return fmt.Sprintf("%d marks lifted: the person may come back", len(c.Marks)+len(c.Everywhere))
	case change.Unmake:
		return "account removed, which nobody had seen"
	case change.CancelMail:
		return "mail that waited was cancelled"
	case change.OpenDashboard:
		return "invited to the dashboard"
	case change.TellAdministrators:
		return "other administrators told"
	case change.Remember:
		return "decision remembered: " + string(c.Choice)
	case change.Reopen:
		return "decision taken back: " + string(c.Choice)
	}
	return ""
}

func erasedWords(c change.Erase) string {
	said := "erased here; the account stays with whoever else holds it"
	if c.Whole {
		said = "erased, with the account"
	}
	return fmt.Sprintf("%s; %d marks left", said, c.Marked)
}

// keyWords name a key by its space alone.
func keyWords(k identity.Key) string {
	switch {
	case k.Space == identity.EmailSpace:
		return "another address that leads here"
	case strings.HasPrefix(k.Space, "external:"):
		return "external id"
	}
	return networkName(k.Space)
}

func networkName(network string) string {
	if known, ok := networkNames[network]; ok {
		return known
	}
	return identity.NetworkName(network)
}
