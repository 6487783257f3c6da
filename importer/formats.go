package importer

import (
	"fmt"
	"slices"
	"strings"

	"muster/importer/record"
)

// format is what another program exports, or wants to import: headers it is
// known by, and what they mean there. What the headers and cells of a list tell
// without it is not repeated here.
type format struct {
	name   string                  // behind "read as"
	marks  []string                // headers that only this has together
	fields map[string]record.Field // header → field; "" keeps the column as it is
	drop   []string                // headers of columns that are left out
	status string                  // what its status or role says, and why that grants nothing
}

// formats are the exports and templates known by name. Names of programs and
// of columns are facts; nothing else of them is here.
var formats = []format{
	{name: "contacts of Google", marks: []string{"E-mail 1 - Value", "Labels"}, drop: []string{"Photo"}},
	{
		name:   "contacts of Google",
		marks:  []string{"E-mail 1 - Value", "Group Membership"},
		fields: map[string]record.Field{"Name": record.FieldName, "Language": "", "Priority": ""},
		drop:   []string{"Photo"},
	},
	{
		name:   "contacts of Outlook",
		marks:  []string{"E-mail Address", "E-mail Display Name"},
		fields: map[string]record.Field{"Account": "", "Language": "", "Title": ""},
		drop:   []string{"Government ID Number"},
	},
	{name: "contacts of Outlook", marks: []string{"E-mail Address", "E-mail 2 Address", "Given Yomi"}},
	{
		name:  "users of a Google workspace",
		marks: []string{"Email Address [Required]", "Org Unit Path [Required]"},
		fields: map[string]record.Field{
			"Manager Email":            "",
			"Recovery Email":           "",
			"New Status [UPLOAD ONLY]": "",
			"Status [READ ONLY]":       "",
		},
		status: "its status (Active, Suspended) is the workspace's",
	},
	{
		name:  "the directory template of Microsoft to create users",
		marks: []string{"User name [userPrincipalName] Required", "Initial password [passwordProfile] Required"},
	},
	{
		name:  "the directory template of Microsoft to invite guests",
		marks: []string{"Email address to invite [inviteeEmail] Required"},
		drop:  []string{"Customized invitation message [customizedMessageBody]"},
	},
	{
		name:   "users of a Microsoft directory",
		marks:  []string{"userPrincipalName", "userType", "accountEnabled"},
		fields: map[string]record.Field{"userType": "", "state": ""},
		status: "its userType (Member, Guest) is the directory's",
	},
	{
		name:   "users of a Microsoft directory",
		marks:  []string{"User principal name", "Block credential"},
		fields: map[string]record.Field{"State": ""},
	},
	{
		name:   "members of Slack",
		marks:  []string{"username", "billing-active", "has-2fa", "has-sso"},
		fields: map[string]record.Field{"username": "", "status": ""},
		status: "its status (Owner, Admin, Member, Deactivated) is Slack's and grants nothing",
	},
	{
		name:   "an audience of Mailchimp",
		marks:  []string{"MEMBER_RATING", "LEID", "EUID"},
		fields: map[string]record.Field{"STATUS": "", "REGION": ""},
		status: "who unsubscribed there is in TAGS and STATUS",
	},
	{name: "profiles of Klaviyo", marks: []string{"Email Marketing Consent", "Email"}},
	{
		name:   "subscribers of Substack",
		marks:  []string{"Stripe plan", "Cancel date", "Subscription source (free)"},
		fields: map[string]record.Field{"Type": ""},
	},
	{name: "members of Ghost", marks: []string{"subscribed_to_emails", "complimentary_plan"}},
	{
		name:   "members of Patreon",
		marks:  []string{"Patron Status", "Pledge Amount", "Tier"},
		status: "its Patron Status is Patreon's",
	},
	{name: "customers of Shopify", marks: []string{"Accepts Email Marketing", "Total Spent", "Total Orders"}},
	{
		name:   "orders of Shopify",
		marks:  []string{"Financial Status", "Fulfillment Status", "Billing Name"},
		fields: map[string]record.Field{"Name": "", "Billing Name": record.FieldName},
	},
	{
		name:   "users of WordPress",
		marks:  []string{"user_login", "user_email"},
		fields: map[string]record.Field{"user_login": "", "role": "", "roles": ""},
		status: "its role (subscriber, customer, editor …) is the site's and grants nothing here",
	},
	{
		name:   "users of Moodle",
		marks:  []string{"username", "firstname", "lastname", "course1"},
		fields: map[string]record.Field{"username": ""},
		status: "its roles are those of courses and grant nothing here",
	},
	{
		name:   "leads of an advertisement on Facebook or Instagram",
		marks:  []string{"ad_id", "form_id", "platform", "created_time"},
		fields: map[string]record.Field{"campaign_name": "", "platform": ""},
	},
	{name: "attendees of Eventbrite", marks: []string{"Order #", "Ticket Type", "Attendee Status"}},
	{
		name:   "connections of LinkedIn",
		marks:  []string{"URL", "Connected On", "Position"},
		fields: map[string]record.Field{"URL": "linkedin"},
	},
	{name: "contacts of HubSpot", marks: []string{"Record ID", "Contact owner", "Lead Status"}},
	{name: "persons of Pipedrive", marks: []string{"Person - Name", "Person - Owner"}},
	{
		name:   "a survey of Qualtrics",
		marks:  []string{"RecipientEmail", "DistributionChannel", "ResponseId"},
		fields: map[string]record.Field{"Status": "", "UserLanguage": ""},
	},
	{name: "a survey of SurveyMonkey", marks: []string{"Respondent ID", "Collector ID"}},
	{
		name:   "users of Discourse",
		marks:  []string{"trust_level", "username", "staged"},
		fields: map[string]record.Field{"username": ""},
		status: "admin and moderator are the forum's and grant nothing here",
	},
	{
		name:   "profiles of a scraper",
		marks:  []string{"profileUrl", "username", "fullName"},
		fields: map[string]record.Field{"username": ""},
	},
}

// formatOf finds the format a header is of, or nil.
func formatOf(labels []string) *format {
	have := map[string]bool{}
	for _, label := range labels {
		have[formatKey(label)] = true
	}
	for i := range formats {
		if !slices.ContainsFunc(formats[i].marks, func(mark string) bool { return !have[formatKey(mark)] }) {
			return &formats[i]
		}
	}
	return nil
}

// formatKey is a header as formats are known by it: as it is written, but for
// case and blanks.
func formatKey(label string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.TrimPrefix(label, "\ufeff")), " "))
}

// field says what the format says of a column; ok is false where that is
// nothing.
func (f *format) field(label string) (field record.Field, ok bool) {
	if f == nil {
		return "", false
	}
	for header, field := range f.fields {
		if formatKey(header) == formatKey(label) {
			return field, true
		}
	}
	return "", false
}

// drops reports whether the format has a column that is left out.
func (f *format) drops(label string) bool {
	isLabel := func(header string) bool { return formatKey(header) == formatKey(label) }
	return f != nil && slices.ContainsFunc(f.drop, isLabel)
}

// words say how a list is read.
func (f *format) words() string {
	text := fmt.Sprintf("read as %s", f.name)
	if f.status != "" {
		text += "; " + f.status
	}
	return text
}
