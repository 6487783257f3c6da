package accounts

import (
	"maps"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// Edit changes what is kept of people: of accounts that are the organization's
// own all of it, of others the free columns of their memberships.
type Edit struct {
	Organization string // id
	Wish         Wish   // of everybody; what a row says goes first
}

// Kind is that of accounts edit.
func (Edit) Kind() string { return "accounts edit" }

// Options are all of it.
func (e Edit) Options() any { return e }

// Reads returns the Wish of a row.
func (Edit) Reads(r record.Record) any { return wishOf(r) }

// Wants are the keys that a person would get or lose.
func (e Edit) Wants(p pick.Person) []identity.Key {
	w, _ := e.of(p)
	var keys []identity.Key
	if !w.Email.IsZero() {
		keys = append(keys, w.Email.Key())
	}
	if id := w.Fields[record.FieldExternalID]; id != "" {
		keys = append(keys, e.external(id))
	}
	for _, profile := range slices.Concat(w.Add, w.Drop) {
		if !profile.Shared {
			keys = append(keys, profile.Key())
		}
	}
	return keys
}

func (e Edit) external(id string) identity.Key {
	return identity.Key{Space: dedupe.ExternalSpace(e.Organization), Value: id}
}

// of is what is wished for a person; disagree says that their rows do not.
func (e Edit) of(p pick.Person) (w Wish, disagree bool) {
	var rows Wish
	for _, said := range p.Said {
		row, is := said.(Wish)
		if !is {
			continue
		}
		disagree = disagree || rows.contradicts(row)
		rows = rows.over(row)
	}
	return e.Wish.over(rows), disagree
}

// Judge says what changes.
func (e Edit) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	w, disagree := e.of(p)
	a := p.Account
	switch {
	case len(w.Wrong) > 0:
		j := pick.Rejected(reason.NotAValue)
		j.Problems = w.Wrong
		return j
	case disagree:
		return pick.Rejected(reason.RowsDisagree)
	case w.ofAccount() && !a.OwnedHere:
		return pick.Rejected(reason.NotOwned)
	case w.ofAccount() && a.OutOfReach(policy):
		return pick.Rejected(reason.NotAllowed)
	}
	d := edited{Edit: e, Person: p}
	for _, key := range e.Wants(p) {
		if p.Erased[key] {
			return pick.Rejected(reason.Erased)
		}
		if owner := p.Owners[key]; owner != "" && owner != a.ID && !slices.ContainsFunc(w.Drop, func(p identity.Profile) bool {
			return p.Key() == key
		}) {
			return pick.Rejected(reason.Taken)
		}
	}
	d.details(w)
	d.externalID(w)
	d.profiles(w)
	d.address(w)
	d.columns(w, policy)
	if len(d.changes) == 0 {
		return pick.Left(reason.AsItWas)
	}
	j := pick.Done(reason.Edited, EditAction, d.changes...)
	j.Watch = d.watch
	if d.ends && p.Invitation.Lives(policy.Now) {
		j.Ends = true
		j.Reason = reason.Readdressed
	}
	return j
}

// edited gathers what changes of a person.
type edited struct {
	Edit
	pick.Person
	changes change.Changes
	watch   []dedupe.Watched
	ends    bool // a live link of theirs ends
}

// take gives the account a key, unless it has it already.
func (d *edited) take(k identity.Key) {
	if d.Owners[k] == "" {
		d.changes = append(d.changes, change.TakeKey{Key: k})
	}
	d.watches(k)
}

// watches makes the step stale where somebody else has the key by then.
func (d *edited) watches(k identity.Key) {
	w := dedupe.Watched{Key: k, Account: d.Owners[k]}
	if w.Account == d.Account.ID {
		w.Version = d.Account.Version
	}
	d.watch = append(d.watch, w)
}

// details replaces what an account keeps of its person: what is there is
// cleared, and the rest filled in.
func (d *edited) details(w Wish) {
	a := d.Account
	var gone, come dedupe.Fill
	for _, one := range []struct {
		field      record.Field
		is         string
		gone, come *string
	}{
		{record.FieldName, a.Name, &gone.Name, &come.Name},
		{record.FieldFirstName, a.FirstName, &gone.FirstName, &come.FirstName},
		{record.FieldLastName, a.LastName, &gone.LastName, &come.LastName},
		{record.FieldContactEmail, a.ContactEmail, &gone.ContactEmail, &come.ContactEmail},
		{record.FieldLanguage, a.Language, &gone.Language, &come.Language},
		{record.FieldTimeZone, a.TimeZone, &gone.TimeZone, &come.TimeZone},
		{record.FieldPicture, a.Picture, &gone.Picture, &come.Picture},
	} {
		if value, wished := w.Fields[one.field]; wished && value != one.is {
			*one.gone = one.is
			*one.come = value
		}
	}
	if gone != (dedupe.Fill{}) {
		d.changes = append(d.changes, change.Clear{Fill: gone})
	}
	if come != (dedupe.Fill{}) {
		d.changes = append(d.changes, change.Fill{Fill: come})
	}
}

// externalID replaces the ids by which the organization knows a person.
func (d *edited) externalID(w Wish) {
	id, wished := w.Fields[record.FieldExternalID]
	if !wished || slices.Equal(d.Account.ExternalIDs, []string{id}) {
		return
	}
	for _, former := range d.Account.ExternalIDs {
		if former != id {
			d.changes = append(d.changes, change.DropKey{Key: d.external(former)})
		}
	}
	if id != "" {
		d.take(d.external(id))
	}
}

// profiles adds declared profiles, and takes away those that nobody has
// connected.
func (d *edited) profiles(w Wish) {
	for _, p := range w.Drop {
		i := slices.IndexFunc(d.Account.Profiles, func(h dedupe.AccountProfile) bool { return h.Profile.Key() == p.Key() })
		if i < 0 {
			continue
		}
		held := d.Account.Profiles[i]
		disputed := !p.Shared && d.Owners[p.Key()] != d.Account.ID
		d.changes = append(d.changes, change.DropProfile{Profile: held.Profile, Connected: held.Connected, Disputed: disputed})
	}
	for _, p := range w.Add {
		if slices.ContainsFunc(d.Account.Profiles, func(h dedupe.AccountProfile) bool { return h.Profile.Key() == p.Key() }) {
			continue
		}
		d.changes = append(d.changes, change.AddProfile{Profile: p})
		if !p.Shared {
			d.watches(p.Key())
		}
	}
}

// address gives the account another address: a live link was for the former
// one, and ends. The key of that stays.
func (d *edited) address(w Wish) {
	if w.Email.IsZero() || w.Email.Address == d.Account.Email.Address {
		return
	}
	d.take(w.Email.Key())
	d.changes = append(d.changes, change.Readdress{From: d.Account.Email, To: w.Email})
	if d.Account.Link.ID != "" {
		d.changes = append(d.changes, change.EndLink{Why: provision.EndEmail})
		d.ends = true
	}
}

// columns writes free columns of the memberships that the operator sees. The
// name of one that is kept counts, however it is written.
func (d *edited) columns(w Wish, policy dedupe.Policy) {
	if len(w.Columns) == 0 {
		return
	}
	for _, m := range d.Account.Memberships {
		if !slices.Contains(policy.VisibleBrands, m.Brand) {
			continue
		}
		held := d.Account.Attributes[m.Brand]
		c := change.SetColumns{Brand: m.Brand, From: map[string]string{}, To: map[string]string{}, Rest: maps.Clone(held)}
		for _, name := range slices.Sorted(maps.Keys(w.Columns)) {
			value := w.Columns[name]
			name = keptAs(held, name)
			if held[name] == value {
				continue
			}
			c.From[name] = held[name]
			c.To[name] = value
			delete(c.Rest, name)
		}
		if len(c.To) > 0 {
			d.changes = append(d.changes, c)
		}
	}
}

// keptAs is the name of a free column as it is kept.
func keptAs(held map[string]string, name string) string {
	for _, kept := range slices.Sorted(maps.Keys(held)) {
		if strings.EqualFold(kept, name) {
			return kept
		}
	}
	return name
}
