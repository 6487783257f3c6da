package undo

import (
	"strings"

	"muster/provision"
	"muster/provision/change"
)

// subject is what a change is about: what takes it back is about the same.
func subject(c change.Change) string {
	about := func(what ...string) string { return strings.Join(what, "\x00") }
	switch c := c.(type) {
	case change.Join:
		return about("membership", c.Brand)
	case change.Leave:
		return about("membership", c.Brand)
	case change.Offer:
		return about("membership", c.Brand)
	case change.Withdraw:
		return about("membership", c.Brand)
	case change.SetRole:
		return about("role", c.Brand)
	case change.SetColumns:
		return about("columns", c.Brand)
	case change.SetPermissions:
		return about("permissions", c.Brand)
	case change.GrantCampaign:
		return about("campaign", c.Campaign)
	case change.RevokeCampaign:
		return about("campaign", c.Campaign)
	case change.GrantProduct:
		return about("product", c.Product)
	case change.RevokeProduct:
		return about("product", c.Product)
	case change.Block, change.Unblock:
		return "block"
	case change.IssueLink, change.EndLink:
		return "link"
	case change.Own:
		return about("owned", c.Source, string(c.What), c.Target)
	case change.Disown:
		return about("owned", c.Source, string(c.What), c.Target)
	case change.Attend:
		return about("attendance", c.Source)
	case change.Fill, change.Clear:
		return "details"
	case change.SendMail, change.TellAdministrators, change.OpenDashboard, change.CancelMail, change.StopMail:
		return "mail"
	case change.Remember:
		return about("decision", c.Digest, c.Record)
	case change.Reopen:
		return about("decision", c.Digest, c.Record)
	}
	return keySubject(c, about)
}

func keySubject(c change.Change, about func(...string) string) string {
	switch c := c.(type) {
	case change.TakeKey:
		return about("key", c.Space, c.Value)
	case change.DropKey:
		return about("key", c.Space, c.Value)
	case change.AddProfile:
		return about("profile", c.Network, c.Kind, c.Value)
	case change.DropProfile:
		return about("profile", c.Network, c.Kind, c.Value)
	case change.Connect:
		return about("connection", c.Network, c.Kind, c.Value)
	case change.Disconnect:
		return about("connection", c.Network, c.Kind, c.Value)
	}
	return string(c.Op())
}

// brandOf is the brand that a change is about, "" for one about the account or the
// organization as a whole.
func brandOf(c change.Change) string {
	switch c := c.(type) {
	case change.Join:
		return c.Brand
	case change.Leave:
		return c.Brand
	case change.Offer:
		return c.Brand
	case change.Withdraw:
		return c.Brand
	case change.Accept:
		return c.Brand
	case change.SetRole:
		return c.Brand
	case change.SetColumns:
		return c.Brand
	case change.SetPermissions:
		return c.Brand
	case change.Own:
		return brandOfGrant(c)
	case change.Disown:
		return brandOfGrant(change.Own(c))
	case change.GrantCampaign:
		return brandOfCampaign(c.Campaign)
	case change.RevokeCampaign:
		return brandOfCampaign(c.Campaign)
	}
	return ""
}

// brandOfGrant is the brand of what a source gives.
func brandOfGrant(c change.Own) string {
	switch c.What {
	case provision.MembershipGrant, provision.RoleGrant:
		return c.Target
	case provision.CampaignGrant:
		return brandOfCampaign(c.Target)
	}
	return ""
}

func brandOfCampaign(name string) string {
	brand, _, _ := strings.Cut(name, "/")
	return brand
}
