package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"muster/importer/identity"
	"muster/provision"
	"muster/provision/directory"
)

var raceTrials = []trial{
	{"of many that make one person one does, and the others are moved", raceCreate},
	{"batches that share people in any order do not deadlock", raceOrder},
	{"however many reissue a link, one is live", raceLink},
	{"of many that open a run one opens it, and the others resume", raceRun},
	{"an organization saved by many at once is there once", raceOrganization},
	{"accounts loaded by many at once are there once", raceLoad},
}

func raceCreate(w *world) {
	const n = 8
	var won, moved atomic.Int64
	start := make(chan struct{})
	var group sync.WaitGroup
	for range n {
		b, _ := w.newAccount("ann@example.com")
		group.Go(func() {
			<-start
			switch err := w.apply(b); {
			case err == nil:
				won.Add(1)
			case errors.Is(err, provision.ErrMoved):
				moved.Add(1)
			default:
				w.Error(err)
			}
		})
	}
	close(start)
	group.Wait()
	w.same(won.Load(), int64(1))
	w.same(moved.Load(), int64(n-1))
	a := w.owner(emailKey("ann@example.com"))
	w.same(len(w.accounts(w.here.ID, a)), 1)
}

// raceOrder lets workers bump the same accounts and take neighbouring keys,
// each in an order of its own, and try again until they are through.
func raceOrder(w *world) {
	const people, workers, rounds = 40, 4, 5
	ids := make([]string, people)
	for i := range ids {
		ids[i] = w.create(fmt.Sprintf("p%d@example.com", i))
	}
	var retries atomic.Int64
	var group sync.WaitGroup
	for n := range workers {
		group.Go(func() {
			for round := range rounds {
				for {
					err := w.touch(ids, n, round)
					if err == nil {
						break
					}
					if !errors.Is(err, provision.ErrMoved) {
						w.Error(err)
						return
					}
					retries.Add(1)
				}
			}
		})
	}
	group.Wait()
	w.Logf("%d retries", retries.Load())
	for _, a := range w.accounts(w.here.ID, ids...) {
		w.same(a.Version, int64(1+workers*rounds))
	}
}

func (w *world) touch(ids []string, worker, round int) error {
	return w.s.InTx(w.ctx, func(tx provision.Tx) error {
		b := provision.Batch{By: w.by}
		keys := make([]identity.Key, len(ids))
		for i := range ids {
			keys[i] = emailKey(fmt.Sprintf("p%d@example.com", (i*7+worker*11)%len(ids)))
		}
		found, err := tx.Resolve(w.ctx, keys, nil)
		if err != nil {
			return err
		}
		for i, f := range found {
			b.Bumps = append(b.Bumps, provision.Bump{Account: f.Account, Version: f.Version})
			k := identity.Key{Space: "instagram", Value: fmt.Sprintf("%d-%d-%d", i, round, worker)}
			b.Keys = append(b.Keys, provision.KeyRow{Key: k, Account: f.Account})
		}
		return tx.Apply(w.ctx, b)
	})
}

func raceLink(w *world) {
	a := w.create("ann@example.com")
	var group sync.WaitGroup
	var links sync.Map
	for range 16 {
		group.Go(func() {
			for {
				now := w.account(a)
				link := w.link(a, now.Version)
				err := w.apply(provision.Batch{By: w.by, Bumps: []provision.Bump{{Account: a, Version: now.Version, Epoch: true}}, Links: []provision.LinkRow{link}})
				if err == nil {
					links.Store(link.ID, true)
					return
				}
				if !errors.Is(err, provision.ErrMoved) {
					w.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	var ids []string
	links.Range(func(k, _ any) bool { ids = append(ids, k.(string)); return true })
	all, err := w.s.Links(w.ctx, ids)
	w.ok(err)
	w.same(len(all), 16)
	live := 0
	for _, l := range all {
		if l.State == "live" {
			live++
			w.same(l.ID, w.account(a).Link.ID)
		}
	}
	w.same(live, 1)
	w.same(all[0].AccountEpoch, int64(16))
}

func raceRun(w *world) {
	var group sync.WaitGroup
	var opened atomic.Int64
	var ids sync.Map
	for range 8 {
		group.Go(func() {
			r, resumed, err := w.s.OpenRun(w.ctx, w.run("f", w.by.At))
			if err != nil {
				w.Error(err)
				return
			}
			if !resumed {
				opened.Add(1)
			}
			ids.Store(r.ID, true)
		})
	}
	group.Wait()
	w.same(opened.Load(), int64(1))
	n := 0
	ids.Range(func(any, any) bool { n++; return true })
	w.same(n, 1)
}

func raceOrganization(w *world) {
	o := provision.Organization{Slug: "new", Brands: []provision.Brand{{Slug: "b", Campaigns: []provision.Campaign{{Slug: "c"}}}},
		Products: []string{"p"}, Administrators: []string{"boss@example.com"}}
	var group sync.WaitGroup
	var changed atomic.Int64
	for range 6 {
		group.Go(func() {
			c, err := directory.SaveOrganization(w.ctx, w.s, o, w.by, id)
			if err != nil {
				w.Error(err)
			}
			if len(c.Changes) > 0 {
				changed.Add(1)
			}
		})
	}
	group.Wait()
	w.same(changed.Load(), int64(1))
	all, err := w.s.Organizations(w.ctx)
	w.ok(err)
	w.same(len(all), 3)
}

func raceLoad(w *world) {
	var group sync.WaitGroup
	var added, unchanged atomic.Int64
	for range 4 {
		var chunk []directory.Account
		for i := range 50 {
			chunk = append(chunk, directory.Account{ID: id(), Email: email(fmt.Sprintf("p%d@example.com", i)), Organization: w.here.ID})
		}
		group.Go(func() {
			n, err := w.loader().Load(w.ctx, w.s, chunk)
			if err != nil {
				w.Error(err)
			}
			added.Add(int64(n.Added))
			unchanged.Add(int64(n.Unchanged))
		})
	}
	group.Wait()
	w.same(added.Load(), int64(50))
	w.same(unchanged.Load(), int64(150))
}
