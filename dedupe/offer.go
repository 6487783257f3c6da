package dedupe

import (
	"slices"
	"strings"
	"time"

	"muster/importer/reason"
)

// An Offer is a membership that waits until its person has accepted it, and
// what comes with it then.
type Offer struct {
	Membership
	Campaigns []string `json:"campaigns,omitempty"` // "brand/campaign"
	Products  []string `json:"products,omitempty"`
}

// An OpenOffer is a membership that somebody was offered and has not accepted.
type OpenOffer struct {
	Brand     string // slug
	Link      string // id of the link by which they answer
	Declined  bool
	ExpiresAt time.Time // of the link by which they answer
}

// Asked reports whether the account joins a brand only once its person has
// accepted: where the organization wants that, and the account is not its own.
func (a Account) Asked(p Policy) bool { return p.ClaimConsent && !a.OwnedHere }

// outside reports whether the account is to be asked, and is in no brand of the
// organization: nothing of the organization's is given to it before.
func (a Account) outside(p Policy) bool { return a.Asked(p) && len(a.Memberships) == 0 }

// Offered is what is written to an account at once of what somebody wants to
// give it, and what it is asked about first; waits says how an earlier question
// stands, "" for none.
func (a Account) Offered(w Write, p Policy) (now Write, waits reason.Code) { return offered(w, a, p) }

// offered makes offers of the memberships in what is to be written to an
// account that has to be asked, with the access that depends on them. One that
// was made before is not made again; waits says how it stands, "" for none. It
// is made again where its link has expired and is to be renewed.
func offered(w Write, a Account, p Policy) (kept Write, waits reason.Code) {
	if !a.Asked(p) {
		return w, ""
	}
	for _, m := range w.Memberships {
		if why := a.stands(m.Brand, p); why != "" {
			waits = why
		} else {
			w.Offers = append(w.Offers, Offer{Membership: m})
		}
	}
	w.Memberships = nil
	in := func(campaign string) bool {
		brand, _, _ := strings.Cut(campaign, "/")
		_, member := a.In(brand)
		return member
	}
	later := slices.DeleteFunc(slices.Clone(w.Campaigns), in)
	w.Campaigns = slices.DeleteFunc(slices.Clone(w.Campaigns), func(c string) bool { return !in(c) })
	for i, o := range w.Offers {
		w.Offers[i].Campaigns = of(o.Brand, later)
	}
	if len(a.Memberships) == 0 {
		if len(w.Offers) > 0 {
			w.Offers[0].Products = w.Products
		}
		w.Products = nil
	}
	return w, waits
}

// stands says how the offer of a brand stands, "" where one is to be made.
func (a Account) stands(brand string, p Policy) reason.Code {
	i := slices.IndexFunc(a.Offers, func(o OpenOffer) bool { return o.Brand == brand })
	switch {
	case i < 0:
		return ""
	case a.Offers[i].Declined:
		return reason.Declined
	case p.ReissueExpired && !p.Now.Before(a.Offers[i].ExpiresAt):
		return ""
	}
	return reason.AwaitsConsent
}

// of are the campaigns of a brand.
func of(brand string, campaigns []string) []string {
	var all []string
	for _, c := range campaigns {
		if strings.HasPrefix(c, brand+"/") {
			all = append(all, c)
		}
	}
	return all
}

// askable reports whether the person of a match can be asked: by mail to the
// account's own address, and a profile alone sends nothing.
func askable(r Reached, p Policy) bool { return !r.Account.Email.IsZero() && showsLink(r, p) }
