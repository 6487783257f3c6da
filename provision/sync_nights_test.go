package provision_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/dedupe"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/directory"
	"muster/provision/run"
)

// Whoever of five people has what, by a model that knows no database: nights of two
// sources, and what somebody does by hand between them.

// had is what somebody has: the brand, and campaigns of it.
type had map[string]bool

const theBrand = "brand"

// known is what a source knows of somebody in the model.
type known struct {
	absences int
	own      had
	took     had // when they were removed, with what went along
}

type modelPerson struct {
	live had
	of   map[string]*known // by source
}

func (p *modelPerson) shared(source, what string) bool {
	for name, k := range p.of {
		if name != source && k.own[what] {
			return true
		}
	}
	return false
}

// listed is a night on which a source names somebody with some campaigns.
func (p *modelPerson) listed(source string, campaigns []string) {
	k := p.of[source]
	if k == nil {
		k = &known{own: had{}, took: had{}}
		p.of[source] = k
	}
	back := k.absences == provision.RemovedAfter && k.took[theBrand] && !p.live[theBrand]
	k.absences = 0
	give := func(what string) {
		switch {
		case k.own[what]: // taken away by hand where they have it no more
		case !p.live[what]:
			p.live[what], k.own[what] = true, true
		case p.shared(source, what):
			k.own[what] = true
		}
	}
	if !k.own[theBrand] || p.live[theBrand] {
		give(theBrand)
		for _, c := range campaigns {
			give(c)
		}
	}
	if back {
		for what := range k.took {
			p.live[what] = true
		}
	}
	k.took = had{}
	if len(campaigns) == 0 {
		return
	}
	for what := range maps.Clone(k.own) {
		if what != theBrand && !slices.Contains(campaigns, what) {
			p.drop(source, what)
		}
	}
}

func (p *modelPerson) drop(source, what string) {
	delete(p.of[source].own, what)
	if !p.shared(source, what) {
		delete(p.live, what)
	}
}

// missing is a night on which a source does not name somebody.
func (p *modelPerson) missing(source string) {
	k := p.of[source]
	if k == nil || k.absences == provision.RemovedAfter {
		return
	}
	if k.absences++; k.absences < provision.RemovedAfter {
		return
	}
	before := maps.Clone(p.live)
	for what := range maps.Clone(k.own) {
		p.drop(source, what)
	}
	if !p.live[theBrand] {
		clear(p.live) // campaigns go with their brand
	}
	k.took = had{}
	for what := range before {
		if !p.live[what] {
			k.took[what] = true
		}
	}
}

// byHand forgets what a removal took where somebody gave or took it since.
func (p *modelPerson) byHand(what string, has bool) {
	if has {
		p.live[what] = true
		return
	}
	gone := []string{what}
	if what == theBrand {
		gone = slices.Collect(maps.Keys(p.live))
	}
	for _, g := range gone {
		delete(p.live, g)
		for _, k := range p.of {
			delete(k.took, g)
		}
	}
}

// nights are a database and the model of it.
type nights struct {
	*bench
	random *rand.Rand
	people []*modelPerson
	log    []string
}

var modelCampaigns = []string{"default/spring", "default/summer"}

func TestNightsOfTwoSources(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("world ", seed), func(t *testing.T) {
			n := &nights{bench: newBench(t), random: rand.New(rand.NewPCG(seed, 17))}
			org := provision.Organization{Slug: "default", Brands: []provision.Brand{{Slug: "default",
				Campaigns: []provision.Campaign{{Slug: "spring"}, {Slug: "summer"}}}}}
			if _, err := directory.SaveOrganization(t.Context(), n.Store, org, provision.Author{At: time.Now()}, n.NewID); err != nil {
				t.Fatal(err)
			}
			for range 5 {
				n.people = append(n.people, &modelPerson{live: had{}, of: map[string]*known{}})
			}
			for range 24 {
				if n.random.IntN(3) == 0 {
					n.hand()
				} else {
					n.night([]string{"hr", "crm"}[n.random.IntN(2)])
				}
				if n.check(); t.Failed() {
					t.Log(strings.Join(n.log, "\n"))
					return
				}
			}
		})
	}
}

// night syncs a list of three people or more.
func (n *nights) night(source string) {
	text := "Email,Name,Campaigns\n"
	listed := n.random.Perm(5)[:3+n.random.IntN(3)]
	for i, p := range n.people {
		if !slices.Contains(listed, i) {
			p.missing(source)
			continue
		}
		var campaigns []string
		for _, c := range modelCampaigns {
			if n.random.IntN(3) == 0 {
				campaigns = append(campaigns, c)
			}
		}
		p.listed(source, campaigns)
		text += fmt.Sprintf("p%d@example.com,Person %s,\"%s\"\n", i, []string{"Ada", "Bo", "Cy", "Di", "Ed"}[i], strings.ReplaceAll(strings.Join(campaigns, ", "), "default/", ""))
	}
	n.log = append(n.log, "night of "+source+":\n"+text)
	s := n.settings(n.file(source+".csv", text))
	s.Source = source
	s.Invite = dedupe.InviteNone
	if _, err := run.Sync(n.t.Context(), n.Engine, s.Settings, s.Ending); err != nil {
		n.t.Fatal(err)
	}
}

// hand gives or takes something of somebody who is there.
func (n *nights) hand() {
	i := n.random.IntN(5)
	a, there := n.account(i)
	if !there {
		return
	}
	p := n.people[i]
	what := append([]string{theBrand}, modelCampaigns...)[n.random.IntN(3)]
	var c change.Change
	member := dedupe.Membership{Brand: "default", Kind: record.Creator, Role: "member"}
	switch has := p.live[what]; {
	case what == theBrand && has:
		c = change.Leave{Membership: member}
	case what == theBrand:
		c = change.Join{Membership: member}
	case has:
		c = change.RevokeCampaign{Campaign: what}
	case p.live[theBrand]:
		c = change.GrantCampaign{Campaign: what}
	default:
		return
	}
	n.log = append(n.log, fmt.Sprintf("by hand: p%d %s %v", i, what, !p.live[what]))
	p.byHand(what, !p.live[what])
	org, err := n.Organization(n.t.Context(), "default")
	if err != nil {
		n.t.Fatal(err)
	}
	carrier := change.NewCarrier(org, n.Links, n.NewID, change.LinkTerms{})
	b := change.NewBatch(provision.Author{Organization: org.ID, Source: "by hand", At: time.Now()}, 1)
	s := change.On(a.ID, a.Version, "test", c)
	if _, err := carrier.Carry(&b, s, s.Seen(0, "")); err != nil {
		n.t.Fatal(err)
	}
	if err := n.Store.InTx(n.t.Context(), func(tx provision.Tx) error { return tx.Apply(n.t.Context(), b) }); err != nil {
		n.t.Fatal(err)
	}
}

// account is somebody, if there is an account of theirs yet.
func (n *nights) account(i int) (a dedupe.Account, there bool) {
	n.t.Helper()
	err := n.Store.Snapshot(n.t.Context(), func(d provision.Directory) error {
		email, _, err := identity.ParseEmail(fmt.Sprintf("p%d@example.com", i))
		if err != nil {
			return err
		}
		found, err := d.Resolve(n.t.Context(), []identity.Key{email.Key()}, nil)
		if err != nil || len(found) == 0 {
			return err
		}
		all, err := d.Accounts(n.t.Context(), provision.FirstUseID, []string{found[0].Account}, time.Now())
		a, there = all[0], true
		return err
	})
	if err != nil {
		n.t.Fatal(err)
	}
	return a, there
}

// check holds what everybody has against the model.
func (n *nights) check() {
	n.t.Helper()
	for i, p := range n.people {
		a, _ := n.account(i)
		has := slices.Clone(a.Campaigns)
		if len(a.Memberships) > 0 {
			has = append(has, theBrand)
		}
		slices.Sort(has)
		if want := slices.Sorted(maps.Keys(p.live)); !slices.Equal(has, want) {
			n.t.Errorf("p%d has %v, the model says %v", i, has, want)
		}
	}
}
