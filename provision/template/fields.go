package template

import (
	"strings"

	"muster/importer"
	"muster/importer/record"
	"muster/provision"
)

// A field is one column of a template. Its header is one the importer knows.
type field struct {
	header   string
	help     string
	examples [2]string // one for each example row
	width    float64
	needed   bool
	values   []string // of the drop-down
	several  bool     // the cell may hold other values too, separated by commas
}

const severalHelp = "Choose from the list, or type several with commas between them."

// fieldsOf are the columns of the template for a kind.
func fieldsOf(kind record.Kind, org provision.Organization) []field {
	person := []field{
		{header: "Email", help: "The address the person signs in with. Their own one, not that of an agency or a team.", width: 32, needed: true, examples: addresses()},
		{header: "First name", help: "Given name, or the whole name of somebody who goes by one. Your own list may have one column Name instead.", width: 18, needed: kind == record.Creator, examples: firstNames()},
		{header: "Last name", help: "Family name, if there is one.", width: 18, examples: lastNames()},
	}
	access := accessFields(org)
	last := []field{
		{header: "Language", help: "The language to write to the person in: a name like German, or a tag like pt-BR.", width: 14, examples: [2]string{"German", "pt-BR"}},
		{header: "External ID", help: "The number or name by which your own systems know the person, if there is one.", width: 18, examples: [2]string{"00017", ""}},
		{header: importer.TemplateNotes, help: "Anything else. It is kept with the person as it is.", width: 36},
	}
	switch kind {
	case record.Creator:
		return concat(person, profileFields(), access[:2], last)
	case record.Client:
		company := []field{{
			header:   importer.TemplateCompany,
			help:     "The company the person works for. It is kept with the person as it is.",
			width:    22,
			examples: [2]string{"Example Ltd", "Example Ltd"},
		}}
		return concat(person, company, access, last)
	}
	return concat(person, access[:1], access[2:], last)
}

func concat(parts ...[]field) (all []field) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func profileFields() []field {
	return []field{
		{header: "Instagram", help: "The @name, or the link of the profile. Not the link of a post.", width: 40, examples: [2]string{"@mira.mustername", "https://www.instagram.com/jonas.mustername/"}},
		{header: "TikTok", help: "The @name, or the link of the profile. Not the link of a video.", width: 22, examples: [2]string{"@mira.mustername", ""}},
		{header: "YouTube", help: "The @name, or the link of the channel. Not the link of a video.", width: 40, examples: [2]string{"", "https://www.youtube.com/@jonas-mustername"}},
		{header: "Links", help: "Links of profiles elsewhere, of any network. " + "Several are separated by commas.", width: 26},
		{header: "Website", help: "The person's own site or blog.", width: 34, examples: [2]string{"https://mira-mustername.example.com", ""}},
		{header: "Agency email", help: "The address of an agency or manager, if there is one. It is never used to sign in.", width: 26, examples: [2]string{"", "talent@agency.example.com"}},
	}
}

// accessFields are what the person may see and do: brands, campaigns, products,
// role, kind and status, in this order.
func accessFields(org provision.Organization) []field {
	var brands, campaigns, roles []string
	for _, b := range org.Brands {
		brands = append(brands, chosen(b.Name, b.Slug))
		for _, c := range b.Campaigns {
			campaigns = append(campaigns, chosen(c.Name, c.Slug))
		}
	}
	for _, r := range org.Roles {
		roles = append(roles, r.Name)
	}
	return []field{
		{header: "Brand", help: "The brand the person is for. " + severalHelp, width: 24, values: brands, several: true, examples: first(brands)},
		{header: "Campaigns", help: "Campaigns the person may see; they have to belong to the brand. " + severalHelp, width: 24, values: campaigns, several: true, examples: first(campaigns)},
		{header: "Products", help: "Parts of the platform the person may use. " + severalHelp, width: 22, values: org.Products, several: true, examples: first(org.Products)},
		{header: "Role", help: "What the person may do. Left empty, it is the usual one.", width: 18, values: roles, examples: [2]string{"member", ""}},
		{header: "Kind", help: "What the person is to you. Left empty, it is what the title above says.", width: 12, values: []string{string(record.Creator), string(record.Staff), string(record.Client)}},
		{header: "Status", help: "Leave it empty, unless somebody has to be blocked, or activated again.", width: 16, values: []string{"active", "activate", "activate+roles", "blocked"}},
	}
}

// chosen is the name people know, or the slug where a comma in the name would
// make it two.
func chosen(name, slug string) string {
	if name == "" || strings.ContainsAny(name, ",;|\n、，") {
		return slug
	}
	return name
}

func first(values []string) [2]string {
	if len(values) == 0 {
		return [2]string{}
	}
	return [2]string{values[0], values[0]}
}

func addresses() (out [2]string) {
	for i := range out {
		out[i] = importer.Examples[i].Email
	}
	return out
}

func firstNames() (out [2]string) {
	for i := range out {
		out[i] = importer.Examples[i].First
	}
	return out
}

func lastNames() (out [2]string) {
	for i := range out {
		out[i] = importer.Examples[i].Last
	}
	return out
}
