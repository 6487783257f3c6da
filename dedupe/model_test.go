package dedupe_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
)

// carryOut does to the directory what apply does. That it does the same is
// asked of a store by the test of the second night in provision.
func (w *world) carryOut(decisions []dedupe.Decision) {
	for _, d := range decisions {
		if d.Action == dedupe.Create {
			d.Account = w.create(d)
			w.erased = slices.DeleteFunc(w.erased, func(k identity.Key) bool { return slices.Contains(d.Write.Readmit, markOf(k)) })
		}
		w.remember(d)
		at := slices.IndexFunc(w.accounts, func(a dedupe.Account) bool { return a.ID == d.Account })
		if at >= 0 {
			w.write(&w.accounts[at], d)
		}
	}
}

// create makes the account of a decision. It has every key that nobody has:
// the addresses that its rows spell differently, too.
func (w *world) create(d dedupe.Decision) string {
	a := dedupe.Account{
		ID:        fmt.Sprintf("N%d", len(w.accounts)),
		Status:    dedupe.Created,
		Email:     d.Write.New.Email,
		Name:      d.Write.New.Name,
		Details:   d.Write.New.Details,
		OwnedHere: true,
	}
	for _, k := range d.NewKeys() {
		switch {
		case strings.HasPrefix(k.Space, dedupe.ExternalSpace("")):
			a.ExternalIDs = append(a.ExternalIDs, k.Value)
		case k.Space == identity.EmailSpace && k != a.Email.Key():
			w.keepFormer(k, a.ID)
		}
	}
	w.accounts = append(w.accounts, a)
	return a.ID
}

// remember keeps what a reviewer decided.
func (w *world) remember(d dedupe.Decision) {
	for _, m := range d.Remember {
		if m.Account = d.Account; m.Choice == dedupe.ChooseSkip {
			m.Account = ""
		}
		w.memories = append(w.memories, m)
	}
}

// write does to an account what a decision adds to it.
func (w *world) write(a *dedupe.Account, d dedupe.Decision) {
	a.Memberships = append(a.Memberships, d.Write.Memberships...)
	for _, r := range slices.Concat(d.Write.Raise, d.Write.Lower) {
		i := slices.IndexFunc(a.Memberships, func(m dedupe.Membership) bool { return m.Brand == r.Brand && m.Role == r.From })
		a.Memberships[i].Role = r.To // of no other membership, and of one that is as it was said to be
	}
	for _, o := range d.Write.Offers {
		a.Offers = append(a.Offers, dedupe.OpenOffer{Brand: o.Brand, ExpiresAt: now.Add(time.Hour)})
	}
	a.Known = a.OwnedHere || len(a.Memberships) > 0
	a.Campaigns = append(a.Campaigns, d.Write.Campaigns...)
	for _, p := range d.Write.Profiles {
		a.Profiles = append(a.Profiles, dedupe.AccountProfile{Profile: p})
	}
	if d.Write.ExternalID != "" && d.Write.New == nil {
		a.ExternalIDs = append(a.ExternalIDs, d.Write.ExternalID)
	}
	if d.Write.Activate != "" {
		a.Blocked = false
	}
	if d.Write.Block {
		a.Blocked = true
		a.Link.ID = ""
	}
	keepDetails(a, d.Write)
	if d.Write.Email != nil {
		w.readdress(a, *d.Write.Email)
	}
	if d.Link.Issues() {
		a.Link = dedupe.LinkState{Ever: true, ID: "n" + a.ID, Here: true, ExpiresAt: now.Add(24 * time.Hour)}
	}
}

// readdress gives an account another address. The keys of the former one stay
// with it.
func (w *world) readdress(a *dedupe.Account, e identity.Email) {
	if !a.Email.IsZero() {
		w.keepFormer(a.Email.Key(), a.ID)
		if a.Email.Folds() {
			w.keepFormer(a.Email.MailboxKey(), a.ID)
		}
	}
	delete(w.former, e.Key())
	a.Email = e
}

// keepFormer lets a key lead to an account that has another address.
func (w *world) keepFormer(k identity.Key, account string) {
	if w.former == nil {
		w.former = map[identity.Key]string{}
	}
	w.former[k] = account
}

// keepDetails does to an account what a decision writes of free columns and
// blanks.
func keepDetails(a *dedupe.Account, w dedupe.Write) {
	if a.Attributes == nil {
		a.Attributes = map[string]map[string]string{}
	}
	for _, m := range w.Memberships {
		columns := map[string]string{}
		for _, c := range w.Attributes {
			columns[c.Column] = c.Value
		}
		a.Attributes[m.Brand] = columns
	}
	for _, k := range w.Kept {
		a.Attributes[k.Brand] = k.All
	}
	if f := w.Clear; f != nil {
		clearIf := func(held *string, gone string) {
			if *held == gone {
				*held = ""
			}
		}
		clearIf(&a.Name, f.Name)
		clearIf(&a.Language, f.Language)
	}
	if f := w.Fill; f != nil {
		a.Name = cmp.Or(a.Name, f.Name)
		a.Language = cmp.Or(a.Language, f.Language)
	}
}
