package provision

import (
	"cmp"
	"fmt"
)

// Names are what people call an organization, its brands and their campaigns, by their slugs. Of what has no
// name, and in the zero value, that is the slug.
type Names struct {
	organization string
	brands       map[string]string
	campaigns    map[string]string // by "brand/campaign"
}

// Names are the names of an organization and of its brands. Brands that are called alike
// are told apart by their slugs.
func (o Organization) Names() Names {
	n := Names{organization: o.Name, brands: map[string]string{}, campaigns: map[string]string{}}
	called := map[string]int{}
	for _, b := range o.Brands {
		called[b.Name]++
	}
	for _, b := range o.Brands {
		n.brands[b.Slug] = cmp.Or(b.Name, b.Slug)
		if b.Name != "" && called[b.Name] > 1 {
			n.brands[b.Slug] = fmt.Sprintf("%s (%s)", b.Name, b.Slug)
		}
		for _, c := range b.Campaigns {
			if c.Name != "" && c.Name != c.Slug {
				n.campaigns[b.Slug+"/"+c.Slug] = fmt.Sprintf("%s (%s)", c.Name, n.brands[b.Slug])
			}
		}
	}
	return n
}

// Organization is what the organization of a slug is called.
func (n Names) Organization(slug string) string { return cmp.Or(n.organization, slug) }

// Brand is what a brand is called.
func (n Names) Brand(slug string) string { return cmp.Or(n.brands[slug], slug) }

// Brands is Brand of several.
func (n Names) Brands(slugs []string) []string {
	names := make([]string, len(slugs))
	for i, slug := range slugs {
		names[i] = n.Brand(slug)
	}
	return names
}

// Campaign is what a campaign, "brand/campaign", is called, with its brand.
func (n Names) Campaign(of string) string { return cmp.Or(n.campaigns[of], of) }

// Campaigns is Campaign of several.
func (n Names) Campaigns(of []string) []string {
	names := make([]string, len(of))
	for i, campaign := range of {
		names[i] = n.Campaign(campaign)
	}
	return names
}
