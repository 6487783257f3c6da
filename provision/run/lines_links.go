package run

import (
	"context"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/plan"
)

// linkShow says what a report tells of links.
type linkShow struct {
	links bool // themselves, and so they begin to live
	// to is the policy of who asked for the report, nil for that of the run: what
	// they may not see is withheld.
	to   *dedupe.Policy
	veil *veil // over what else they may not see
}

// start lets the links live that a run of many issued, before its report shows
// them page by page. Those that it leaves out, and where the database would rather
// not, all of them, begin to live with their page.
func (s linkShow) start(ctx context.Context, e *provision.Engine, run provision.Run, planned *plan.Plan) {
	if s.links && s.to == nil && s.veil == nil && written(planned) >= provision.ManyRows {
		_ = e.Store.StartIssued(ctx, run.ID, planned.Summary.Rows, time.Duration(planned.Header.Policy.LinkTTL), e.Now())
	}
}

// linksOf reads the links that some rows name, by their ids. Those that are
// about to be shown for the first time begin to live now.
func (s linkShow) linksOf(
	ctx context.Context, e *provision.Engine, rows []provision.LedgerRow,
) (map[string]shownLink, error) {
	var ids []string
	asked := map[string]bool{}
	for _, r := range rows {
		if r.Link != "" {
			ids = append(ids, r.Link)
			asked[r.Link] = r.Detail != nil && r.Detail.Link == dedupe.ShowLink
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	var shown map[string]shownLink
	err := provision.Persist(ctx, func() (err error) {
		shown, err = s.read(ctx, e, ids, asked)
		return err
	})
	return shown, err
}

// read reads links, and starts the life of those that are shown for the first
// time. When they end is read back: somebody else may have shown them meanwhile.
// Asked are those that the run is to show, however they went.
func (s linkShow) read(
	ctx context.Context, e *provision.Engine, ids []string, asked map[string]bool,
) (map[string]shownLink, error) {
	links, err := e.Store.Links(ctx, ids)
	if err != nil {
		return nil, err
	}
	kept, err := s.withheld(ctx, e, links)
	if err != nil {
		return nil, err
	}
	var unseen []provision.LinkRow
	for _, l := range links {
		if s.links && !kept[l.Account] && startsNow(l, e, asked[l.ID]) {
			unseen = append(unseen, l)
		}
	}
	if len(unseen) > 0 {
		if err := e.Store.StartLinks(ctx, unseen, e.Now(), true); err != nil {
			return nil, err
		}
		if links, err = e.Store.Links(ctx, ids); err != nil {
			return nil, err
		}
	}
	shown := make(map[string]shownLink, len(links))
	for i, l := range links {
		shown[l.ID] = shownLink{LinkRow: &links[i], withheld: kept[l.Account]}
	}
	return shown, nil
}

// startsNow reports whether a link is one that this report shows first. What
// goes by mail is not shown, unless that was asked for.
func startsNow(l provision.LinkRow, e *provision.Engine, asked bool) bool {
	return (l.Channel != provision.ByMail || asked) && (l.GeneratedAt.IsZero() || l.RevealedAt.IsZero()) &&
		l.Standing(e.Now()).Lives()
}

// withheld says whose links are kept from who asked for the report: of accounts
// that are not their organization's, or that could do or see what they may not.
func (s linkShow) withheld(
	ctx context.Context, e *provision.Engine, links []provision.LinkRow,
) (map[string]bool, error) {
	if s.to == nil || len(links) == 0 {
		return nil, nil
	}
	ids := make([]string, len(links))
	for i, l := range links {
		ids[i] = l.Account
	}
	kept := make(map[string]bool, len(links))
	err := e.Store.Snapshot(ctx, func(d provision.Directory) error {
		accounts, err := d.Accounts(ctx, s.to.Organization, ids, e.Now())
		for _, a := range accounts {
			kept[a.ID] = !a.OwnedHere || a.OutOfReach(*s.to)
		}
		return err
	})
	return kept, err
}
