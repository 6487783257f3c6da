package provision

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"muster/importer/failure"
)

// Authority is on whose authority a command acts that is about an organization
// or its people, and not about a brand in particular: the operator of the terms,
// checked. It is the door of every command that has no Scope.
func (e *Engine) Authority(ctx context.Context, t Terms) (*Authority, error) {
	org, operator, err := e.whose(ctx, t)
	if err != nil {
		return nil, err
	}
	return Oversight(org, operator)
}

// FirstAuthority is Authority, but where nobody administers the organization yet:
// there is nobody to ask, and whoever sets it up may do everything.
func (e *Engine) FirstAuthority(ctx context.Context, t Terms) (*Authority, error) {
	org, err := e.Organization(ctx, t.Organization)
	if err != nil {
		return nil, err
	}
	edited, err := e.Edited(ctx, org)
	if err != nil {
		return nil, err
	}
	if t.Operator == "" && !edited {
		return authorityOf(org, founder), nil
	}
	t.Organization = org.Slug
	return e.Authority(ctx, t)
}

// founder is nobody, with every right.
var founder = Operator{Role: Role{Name: AdministratorRole, Rank: math.MaxInt, Dashboard: true, Capabilities: []string{MayDoAll}}}

// MayGive reports whether the operator may give somebody a role, by its name.
func (a *Authority) MayGive(name string) bool {
	role, known := a.roles[Fold(name)]
	return known && a.withholds(role) == "" || !known && a.Operator.May(MayAssignRoles)
}

// SeesAll reports whether the operator sees every brand of the organization.
func (a *Authority) SeesAll() bool { return a.Operator.May(MaySeeAll) }

// Author is who makes a change on this authority, outside a run.
func (a *Authority) Author(source string, at time.Time) Author {
	return Author{Organization: a.Organization.ID, Account: a.Operator.Account, Source: source, At: at.UTC()}
}

// MaySendMail refuses, with a *ConfigError, whoever may not have the links of
// everybody in the organization: the server that mails go through, which whoever
// sends them names, reads them all.
func (a *Authority) MaySendMail() error {
	const to = "send mails, whose links open the accounts of everybody"
	for _, capability := range []string{MaySeeAll, MayReveal} {
		if err := a.Operator.Needs(capability, to); err != nil {
			return err
		}
	}
	for _, r := range a.Organization.Roles {
		if more := r.Beyond(a.Operator.Role); more != "" {
			return &ConfigError{
				Msg: fmt.Sprintf("%s (%s) may not %s: role %q %s", a.Operator.Email,
					a.Operator.Role.Name, to, r.Name, more),
				Class: failure.Authority,
			}
		}
	}
	return nil
}

// Only is the organization as the operator sees it: with the brands that they do.
func (a *Authority) Only() Organization {
	o := a.Organization
	o.Brands = slices.DeleteFunc(slices.Clone(o.Brands), func(b Brand) bool { return !a.sees(b) })
	return o
}

// VisibleBrands are the slugs of the brands whose people the operator sees.
func (a *Authority) VisibleBrands() []string {
	var slugs []string
	for _, b := range a.Organization.Brands {
		if a.sees(b) {
			slugs = append(slugs, b.Slug)
		}
	}
	return slugs
}

// Sees reports whether the operator may see a run: one of a brand whose people
// they see. What a command did to people here and there is for who sees all, and
// for who ran it, as long as they see no less than they did.
func (a *Authority) Sees(r Run) bool {
	s := r.sight()
	switch {
	case r.Organization != a.Organization.ID:
		return false
	case a.SeesAll():
		return true
	case s.Brand != "":
		return slices.Contains(a.VisibleBrands(), s.Brand)
	}
	return r.Operator == a.Operator.Account && a.SeesWhole(r)
}

// SeesWhole reports whether the operator sees all brands that were seen by
// whoever ran a run.
func (a *Authority) SeesWhole(r Run) bool {
	mine := a.VisibleBrands()
	return a.SeesAll() || !slices.ContainsFunc(r.sight().Policy.VisibleBrands, func(brand string) bool {
		return !slices.Contains(mine, brand)
	})
}

// SeesRow reports whether the operator may see a row of a run: one that names
// none of the brands they see is about other people.
func (a *Authority) SeesRow(brands []string) bool {
	mine := a.VisibleBrands()
	return len(brands) == 0 || a.SeesAll() ||
		slices.ContainsFunc(brands, func(brand string) bool { return slices.Contains(mine, brand) })
}

// sight is what a run was about, and what its operator saw.
type sight struct {
	Brand  string `json:"brand"` // slug; "" for a command about people who are there
	Policy struct {
		VisibleBrands []string `json:"visible_brands"`
	} `json:"policy"`
}

func (r Run) sight() sight {
	var s sight
	_ = json.Unmarshal(r.Options, &s) // of none that can be read nobody but who sees all sees anything
	return s
}

// RunsSeen returns the newest runs that an operator may see.
func RunsSeen(ctx context.Context, e *Engine, a *Authority, limit int) ([]Run, error) {
	for looked := limit; ; looked *= 4 {
		all, err := e.Store.Runs(ctx, a.Organization.ID, looked)
		if err != nil {
			return nil, err
		}
		seen := slices.DeleteFunc(slices.Clone(all), func(r Run) bool { return !a.Sees(r) })
		if len(seen) >= limit || len(all) < looked {
			return seen[:min(limit, len(seen))], nil
		}
	}
}

// lastAmong is among how many runs, the newest first, the last one is looked for: two that
// overlap were begun one soon after the other.
const lastAmong = 100

// LastSeen returns the last of those runs that an operator may see, and that is one of
// these; ErrNotFound where there is none.
func LastSeen(ctx context.Context, e *Engine, a *Authority, is func(Run) bool) (Run, error) {
	all, err := RunsSeen(ctx, e, a, lastAmong)
	if err != nil {
		return Run{}, err
	}
	return LastOfRuns(slices.DeleteFunc(all, func(r Run) bool { return !is(r) }))
}

// LastOfRuns is the run that ended last. What waits for an answer, or for its turn, may end
// behind others that were begun later. One that has not ended counts from its start: it may
// have been interrupted long ago.
func LastOfRuns(all []Run) (Run, error) {
	var last Run
	var at time.Time
	for _, r := range all {
		if t := cmp.Or(r.FinishedAt, r.StartedAt); t.After(at) {
			last, at = r, t
		}
	}
	if last.ID == "" {
		return last, ErrNotFound
	}
	return last, nil
}

// RunSeen returns the run of a name, if the operator may see it: its id, the
// beginning or the end of it, or LastRun, the last one that they see. It
// is ErrNotFound or ErrSeveral where that is not one run.
func RunSeen(ctx context.Context, e *Engine, a *Authority, name string) (Run, error) {
	if name == LastRun {
		return LastSeen(ctx, e, a, func(Run) bool { return true })
	}
	r, err := RunCalled(ctx, e, name)
	if err == nil && !a.Sees(r) {
		return Run{}, ErrNotFound
	}
	return r, err
}
