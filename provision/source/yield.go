package source

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// Writers say which source wrote last what an account keeps of its person: by the names
// of details, and of free columns in a brand. What was written by nobody's list is in none.
type Writers map[string]string

// all is what a source wrote that made the account, or the membership in a brand, but
// for what was written since.
const all = "*"

func columnOf(brand, name string) string { return brand + "\x00" + name }

// WritersOf tells the writers of an account from what the audit has of it, the earliest
// first.
func WritersOf(entries []provision.AuditEntry) (Writers, error) {
	w := Writers{}
	for _, e := range entries {
		var detail change.AuditDetail
		if err := json.Unmarshal(e.Detail, &detail); err != nil {
			return nil, fmt.Errorf("reading entry %s of the audit: %w", e.ID, err)
		}
		by := provision.SourceOf(e.Source)
		for _, c := range detail.Changes {
			switch c := c.(type) {
			case change.Create:
				w[all] = by
			case change.Join:
				w[columnOf(c.Brand, all)] = by
			case change.Fill:
				w.wrote(by, "", c.Fields)
			case change.Clear:
				w.wrote(by, "", c.Fields)
			case change.SetColumns:
				w.wrote(by, c.Brand, c.Names)
			}
		}
	}
	return w, nil
}

func (w Writers) wrote(by, brand string, names []string) {
	for _, name := range names {
		if brand != "" {
			name = columnOf(brand, name)
		}
		w[name] = by
	}
}

// But are the writers other than a source.
func (w Writers) But(source string) []string {
	return slices.DeleteFunc(slices.Compact(slices.Sorted(maps.Values(w))), func(by string) bool { return by == "" || by == source })
}

// Of leaves what was written by some sources.
func (w Writers) Of(sources map[string]bool) Writers {
	left := maps.Clone(w)
	for name, by := range left {
		if !sources[by] {
			left[name] = ""
		}
	}
	return left
}

// detail is who wrote a detail, "" for none of them.
func (w Writers) detail(name string) string {
	if by, written := w[name]; written {
		return by
	}
	return w[all]
}

// column is who wrote a free column.
func (w Writers) column(brand, name string) string {
	if by, written := w[columnOf(brand, name)]; written {
		return by
	}
	return w[columnOf(brand, all)]
}

// Rewrites reports whether a decision would write over what is there.
func Rewrites(w dedupe.Write) bool {
	return w.Clear != nil || slices.ContainsFunc(w.Kept, func(k dedupe.Kept) bool {
		return slices.ContainsFunc(slices.Collect(maps.Values(k.Before)), func(before string) bool { return before != "" })
	})
}

// yield leaves what another source wrote last as it is, and tells of it.
func (k *keeper) yield() {
	if len(k.Wrote) == 0 {
		return
	}
	before := len(k.step.Changes)
	fill := slices.IndexFunc(k.step.Changes, func(c change.Change) bool { return c.Op() == change.OpFill })
	for i, c := range k.step.Changes {
		switch c := c.(type) {
		case change.Clear:
			var come dedupe.Fill
			if fill >= 0 {
				come = k.step.Changes[fill].(change.Fill).Fill
			}
			gone := c.Fill
			k.yieldDetails(&gone, &come)
			k.step.Changes[i] = change.Clear{Fill: gone}
			if fill >= 0 {
				k.step.Changes[fill] = change.Fill{Fill: come}
			}
		case change.SetColumns:
			k.step.Changes[i] = k.yieldColumns(c)
		}
	}
	k.step.Changes = slices.DeleteFunc(k.step.Changes, func(c change.Change) bool {
		switch c := c.(type) {
		case change.Clear:
			return c.Fill == dedupe.Fill{}
		case change.Fill:
			return c.Fill == dedupe.Fill{}
		case change.SetColumns:
			return len(c.To) == 0
		}
		return false
	})
	if len(k.step.Changes) < before {
		k.yielded()
	}
}

// yielded says what the step comes to that writes less.
func (k *keeper) yielded() {
	has := func(op change.Op) bool {
		return slices.ContainsFunc(k.step.Changes, func(c change.Change) bool { return c.Op() == op })
	}
	why := k.step.First.Reason
	switch {
	case len(k.step.Changes) == 0:
		k.step.Action = ""
		k.ends(provision.Unchanged, reason.NothingNew)
	case why != reason.DetailsReplaced && why != reason.DetailsChanged:
	case has(change.OpClear):
		k.ends(provision.Updated, reason.DetailsReplaced)
	case has(change.OpColumns):
		k.ends(provision.Updated, reason.DetailsChanged)
	case has(change.OpFill):
		k.ends(provision.Updated, reason.DetailsFilled)
	}
}

// yieldDetails takes out of what goes and comes what stays. The parts of a name stay
// with it.
func (k *keeper) yieldDetails(gone, come *dedupe.Fill) {
	for _, name := range gone.Blanks() {
		by := k.Wrote.detail(name)
		if by == "" || *gone.Named(name) == "" {
			continue
		}
		held, said := *gone.Named(name), *come.Named(name)
		names := []string{name}
		code, what := reason.DetailsDiffer, name+" "
		if strings.HasSuffix(name, "name") {
			names = []string{"name", "first name", "last name"}
		}
		if name == "name" {
			code, what = reason.NameDiffers, ""
		}
		for _, n := range names {
			*gone.Named(n), *come.Named(n) = "", ""
		}
		k.differs(code, what, said, held, name, by)
	}
}

// yieldColumns takes out of free columns those that stay.
func (k *keeper) yieldColumns(c change.SetColumns) change.SetColumns {
	from, to, rest := maps.Clone(c.From), maps.Clone(c.To), maps.Clone(c.Rest)
	for _, name := range slices.Sorted(maps.Keys(c.To)) {
		by := k.Wrote.column(c.Brand, name)
		if by == "" || from[name] == "" {
			continue
		}
		if rest == nil {
			rest = map[string]string{}
		}
		rest[name] = from[name]
		k.differs(reason.DetailsDiffer, name+" ", to[name], from[name], name, by)
		delete(from, name)
		delete(to, name)
	}
	return change.SetColumns{Brand: c.Brand, From: from, To: to, Rest: rest}
}

// differs notes what a list says otherwise than what stays, and whose that is.
func (k *keeper) differs(code reason.Code, what, said, held, name, by string) {
	n := dedupe.Note{Code: code, Said: what + said}
	if len(k.step.Rows) > 0 {
		n.Row = k.step.Rows[0]
	}
	if k.Account.Visible(k.policy.VisibleBrands) {
		n.Holds = what + held
	}
	k.notes(n, dedupe.Note{Code: reason.OtherSource, Said: name + ": " + by})
}
