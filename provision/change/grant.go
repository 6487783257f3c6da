package change

import (
	"muster/importer/identity"
	"muster/provision"
)

// The kinds of change to what an account may reach beside its brands.
const (
	OpGrantCampaign  Op = "grant_campaign"
	OpRevokeCampaign Op = "revoke_campaign"
	OpGrantProduct   Op = "grant_product"
	OpRevokeProduct  Op = "revoke_product"
)

// GrantCampaign lets an account into a campaign.
type GrantCampaign struct {
	Campaign string `json:"campaign"`       // "brand/campaign"
	Back     bool   `json:"back,omitempty"` // again, as it was before it was revoked
}

// Op is OpGrantCampaign.
func (GrantCampaign) Op() Op { return OpGrantCampaign }

// Reverse takes the access away.
func (c GrantCampaign) Reverse() (Change, bool) { return RevokeCampaign{c.Campaign}, true }

func (c GrantCampaign) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c GrantCampaign) into(b *provision.Batch, t *target) error {
	id, err := t.campaign(c.Campaign)
	if c.Back {
		b.Back.Campaigns = append(b.Back.Campaigns, provision.RevokeRow{Account: t.account, Of: id})
		return err
	}
	b.Campaigns = append(b.Campaigns, provision.CampaignRow{Account: t.account, Campaign: id})
	return err
}

// RevokeCampaign ends the access of an account to a campaign.
type RevokeCampaign struct {
	Campaign string `json:"campaign"` // "brand/campaign"
}

// Op is OpRevokeCampaign.
func (RevokeCampaign) Op() Op { return OpRevokeCampaign }

// Reverse brings the access back as it was.
func (c RevokeCampaign) Reverse() (Change, bool) { return GrantCampaign{c.Campaign, true}, true }

func (c RevokeCampaign) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c RevokeCampaign) into(b *provision.Batch, t *target) error {
	id, err := t.campaign(c.Campaign)
	b.Gone.Campaigns = append(b.Gone.Campaigns, provision.RevokeRow{Account: t.account, Of: id, Why: t.why})
	return err
}

// GrantProduct lets an account use a product of the organization.
type GrantProduct struct {
	Product string `json:"product"`
	Back    bool   `json:"back,omitempty"` // again, as it was before it was revoked
}

// Op is OpGrantProduct.
func (GrantProduct) Op() Op { return OpGrantProduct }

// Reverse takes the product away.
func (c GrantProduct) Reverse() (Change, bool) { return RevokeProduct{c.Product}, true }

func (c GrantProduct) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c GrantProduct) into(b *provision.Batch, t *target) error {
	if c.Back {
		b.Back.Products = append(b.Back.Products, provision.RevokeRow{Account: t.account, Of: c.Product})
		return nil
	}
	b.Products = append(b.Products, provision.ProductRow{Account: t.account, Product: c.Product})
	return nil
}

// RevokeProduct takes a product of the organization away from an account.
type RevokeProduct struct {
	Product string `json:"product"`
}

// Op is OpRevokeProduct.
func (RevokeProduct) Op() Op { return OpRevokeProduct }

// Reverse brings the product back as it was.
func (c RevokeProduct) Reverse() (Change, bool) { return GrantProduct{c.Product, true}, true }

func (c RevokeProduct) audited(func(identity.Key) string) (Change, bool) { return c, true }

func (c RevokeProduct) into(b *provision.Batch, t *target) error {
	b.Gone.Products = append(b.Gone.Products, provision.RevokeRow{Account: t.account, Of: c.Product, Why: t.why})
	return nil
}
