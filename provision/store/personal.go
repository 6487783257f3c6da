package store

// A personal is a table that keeps something of people, a row or more each.
// What is exported of somebody and what is erased goes by the list of them, and
// a test walks the schema, so that no table is forgotten.
type personal struct {
	table   string
	account string   // column that names whose it is
	here    string   // which rows t are those of the organization $2; "" where they are the account's own
	names   string   // further columns of an export: what ids are called
	tables  string   // where those are from
	hidden  []string // columns that no export has: secrets, and what is of others
	once    []string // columns that are unique beside the account; nil where nothing is
	stays   bool     // rows are not deleted with their person: see scrubbed
}

const (
	ofOrganization = `t.organization_id = CAST($2 AS {uuid})`
	ofBrand        = `t.brand_id IN (SELECT b.id FROM brands AS b WHERE b.organization_id = CAST($2 AS {uuid}))`
	ofCampaign     = `t.campaign_id IN (SELECT c.id FROM campaigns AS c CROSS JOIN brands AS b
		WHERE b.id = c.brand_id AND b.organization_id = CAST($2 AS {uuid}))`
	ofAudit = `t.audit_id IN (SELECT a.id FROM audit AS a WHERE a.id = t.audit_id AND a.organization_id = CAST($2 AS {uuid}))`
	ofRun   = `t.run_id IN (SELECT u.id FROM runs AS u WHERE u.id = t.run_id AND u.organization_id = CAST($2 AS {uuid}))`
)

// personals are in an order in which they can be deleted.
var personals = []personal{
	{table: "audit_private", account: "account_id", here: ofAudit},
	{table: "audit", account: "account_id", here: ofOrganization, stays: true},
	{table: "run_rows", account: "account_id", here: ofRun, stays: true},
	{table: "run_removals", account: "account_id", here: ofRun, stays: true},
	{table: "sync_grants", account: "account_id", here: ofOrganization, once: []string{"organization_id", "source", "what", "target"}},
	{table: "source_people", account: "account_id", here: ofOrganization, once: []string{"organization_id", "source"}},
	{table: "decisions", account: "account_id", here: ofOrganization, hidden: []string{"evidence"}},
	{table: "outbox", account: "account_id", here: ofOrganization, hidden: []string{"inviter"}, once: []string{"organization_id", "template", "reference"}},
	{table: "consents", account: "account_id", here: ofOrganization, once: []string{"organization_id", "document", "version"}},
	{table: "sign_up_answers", account: "account_id", here: ofOrganization, once: []string{"organization_id", "name"}},
	{table: "dashboard_access", account: "account_id", here: ofOrganization, once: []string{"organization_id"}},
	{
		table: "membership_offers", account: "account_id", once: []string{"brand_id"}, here: ofBrand, hidden: []string{"kid"},
		names: ", n.slug AS brand", tables: " JOIN brands AS n ON n.id = t.brand_id",
	},
	{table: "logins", account: "account_id", here: ofOrganization, once: []string{"organization_id", "login"}},
	{table: "links", account: "account_id", here: ofOrganization, hidden: []string{"kid"}},
	{table: "blocks", account: "account_id", here: ofOrganization, once: []string{"organization_id"}},
	{
		table: "memberships", account: "account_id", once: []string{"brand_id"}, here: ofBrand,
		names: ", n.slug AS brand", tables: " JOIN brands AS n ON n.id = t.brand_id",
	},
	{
		table: "memberships_ended", account: "account_id", once: []string{"brand_id", "ended_at"}, here: ofBrand,
		names: ", n.slug AS brand", tables: " JOIN brands AS n ON n.id = t.brand_id",
	},
	{
		table: "campaign_access", account: "account_id", once: []string{"campaign_id"}, here: ofCampaign,
		names: ", n.slug AS campaign", tables: " JOIN campaigns AS n ON n.id = t.campaign_id",
	},
	{
		table: "campaign_access_ended", account: "account_id", once: []string{"campaign_id", "ended_at"}, here: ofCampaign,
		names: ", n.slug AS campaign", tables: " JOIN campaigns AS n ON n.id = t.campaign_id",
	},
	{table: "product_access", account: "account_id", here: ofOrganization, once: []string{"organization_id", "product"}},
	{table: "product_access_ended", account: "account_id", here: ofOrganization, once: []string{"organization_id", "product", "ended_at"}},
	{table: "platform_operators", account: "account_id", once: []string{}},
	{table: "account_merges", account: "account_id"},
	{table: "account_hint", account: "account_id", once: []string{"space", "value"}},
	{table: "profiles", account: "account_id", once: []string{"network", "kind", "value"}},
	{table: "account_key", account: "account_id", here: `t.space = 'external:' || CAST($2 AS text)`},
	{table: "accounts", account: "id", hidden: []string{"password", "mailbox"}},
}

// impersonal are columns that name accounts but keep nothing of theirs: who did
// something for others, and what an account was before another took it in.
var impersonal = []string{
	"granted_by", "ended_by", "blocked_by", "invited_by", "decided_by", "operator_id", "merged_by", "merged_id",
}
