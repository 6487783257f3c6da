package accounts

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/pick"
)

// ReadmitAction is what the audit calls that somebody may come back who was erased.
const ReadmitAction change.Action = "mark lifted"

// An Erased is somebody who was erased, as far as they are still known: by the
// marks of one thing that led to them.
type Erased struct {
	Said       string   // how they were named
	Marks      []string // that hold for the organization, under every key of the ring
	Everywhere []string // that hold for the whole platform
}

// Marked reports whether any mark is on record.
func (x Erased) Marked() bool { return len(x.Marks)+len(x.Everywhere) > 0 }

// Marked looks up by which marks people are known who were erased, each named by
// one thing that led to them. A *provision.ConfigError says that the operator does not
// see all brands, and so may not know who was erased; that one is named by nothing
// that can lead to somebody; or, where they were erased from the whole platform, that
// the operator may not bring them back.
func Marked(ctx context.Context, e *provision.Engine, a *provision.Authority, named []string) ([]Erased, error) {
	if err := a.Operator.Needs(provision.MaySeeAll, "let anybody come back who was erased: a mark has no brand"); err != nil {
		return nil, err
	}
	all := make([]Erased, len(named))
	for i, said := range named {
		key, err := keyOf(said, a.Organization.ID)
		if err != nil {
			return nil, err
		}
		all[i] = Erased{
			Said:       said,
			Marks:      e.Links.Marks(key, a.Organization.ID),
			Everywhere: e.Links.Marks(key, ""),
		}
	}
	err := pick.Snapshot(ctx, e, func(d provision.Directory) error {
		var asked []string
		for _, x := range all {
			asked = append(append(asked, x.Marks...), x.Everywhere...)
		}
		met, err := d.Suppressed(ctx, a.Organization.ID, asked)
		unmet := func(mark string) bool { return !slices.Contains(met, mark) }
		for i := range all {
			all[i].Marks = slices.DeleteFunc(slices.Clone(all[i].Marks), unmet)
			all[i].Everywhere = slices.DeleteFunc(slices.Clone(all[i].Everywhere), unmet)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		if len(x.Everywhere) > 0 {
			if err := a.Operator.Needs(provision.MayBlockEverywhere, "bring back whoever was erased from the whole platform"); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// keyOf is what somebody is known by who is named by an address, an external id, or
// the link of a profile.
func keyOf(said, organization string) (identity.Key, error) {
	if id, external := strings.CutPrefix(said, "external:"); external && strings.TrimSpace(id) != "" {
		return identity.Key{Space: dedupe.ExternalSpace(organization), Value: strings.TrimSpace(id)}, nil
	}
	if email, _, err := identity.ParseEmail(said); err == nil {
		return email.Key(), nil
	}
	profile, _, err := identity.ParseProfile(said, "")
	if err != nil || profile.Shared {
		return identity.Key{}, &provision.ConfigError{
			Msg:  fmt.Sprintf("%q is neither an email address, nor external:ID, nor the link of a person's profile", said),
			Hint: "write the address, or the whole link: https://www.instagram.com/name/",
		}
	}
	return profile.Key(), nil
}

// Readmit lifts the marks of people who were erased: lists, exports and
// organization files may bring them back. One entry of the audit each says so.
func Readmit(ctx context.Context, e *provision.Engine, a *provision.Authority, all []Erased) error {
	carrier := change.NewCarrier(a.Organization, e.Links, e.NewID, change.LinkTerms{})
	b := provision.Batch{By: a.Author("accounts readmit", e.Now())}
	for _, x := range all {
		if !x.Marked() {
			continue
		}
		s := change.Step{Action: ReadmitAction, Changes: change.Changes{change.Readmit{Marks: x.Marks, Everywhere: x.Everywhere}}}
		s.First.Reason = reason.Readmitted
		if _, err := carrier.Carry(&b, s, nil); err != nil {
			return err
		}
	}
	return provision.Retry(func() error {
		return e.Store.InTx(ctx, func(tx provision.Tx) error { return tx.Apply(ctx, b) })
	})
}
