package provision

import (
	"cmp"
	"fmt"
)

// Names are what people call an organization and its brands, by their slugs. Of what has no
// name, and in the zero value, that is the slug.
type Names struct {
	organization string
	brands       map[string]string
}

// Names are the names of an organization and of its brands. Brands that are called alike
// are told apart by their slugs.
func (o Organization) Names() Names {
	n := Names{organization: o.Name, brands: map[string]string{}}
	called := map[string]int{}
	for _, b := range o.Brands {
		called[b.Name]++
	}
	for _, b := range o.Brands {
		n.brands[b.Slug] = b.Name
		if b.Name != "" && called[b.Name] > 1 {
			n.brands[b.Slug] = fmt.Sprintf("%s (%s)", b.Name, b.Slug)
		}
	}
	return n
}

// Organization is what the organization of a slug is called.
func (n Names) Organization(slug string) string { return cmp.Or(n.organization, slug) }

// Brand is what a brand is called.
func (n Names) Brand(slug string) string { return cmp.Or(n.brands[slug], slug) }
