package links

import (
	"context"
	"slices"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
	"muster/provision/change"
	"muster/provision/link"
	"muster/provision/pick"
	"muster/provision/plan"
)

// Handed marks links as handed over to their people. A row of a file of links
// is known by the token in it, whatever else it says. It is both the verb and
// where its people come from.
type Handed struct {
	src    *plan.Sources
	ring   *link.Keyring
	tokens map[record.Place]string
	links  map[string]string // account → id of the link that its row has
}

// OpenHanded opens files of links as muster wrote them. Close it.
func OpenHanded(files []string, reading importer.Options, ring *link.Keyring) (*Handed, error) {
	h := &Handed{ring: ring, tokens: map[record.Place]string{}, links: map[string]string{}}
	reading.Tokens = func(at record.Place, token string) { h.tokens[at] = token }
	var err error
	h.src, err = plan.OpenLists(plan.Settings{Lists: files, Reading: reading, Known: true})
	return h, err
}

// Kind is that of links mark-sent.
func (*Handed) Kind() string { return "links mark-sent" }

// Options are none.
func (*Handed) Options() any { return nil }

// Lists are the files.
func (h *Handed) Lists() []provision.ListInfo { return h.src.Infos }

// Asked are the files, by their digests.
func (h *Handed) Asked() any { return h.src.Named() }

// Close closes the files.
func (h *Handed) Close() error { return h.src.Close() }

// handedChunk is how many links are looked up at once.
const handedChunk = 1000

// Pick reads the files, and finds whose links stand in them.
func (h *Handed) Pick(
	ctx context.Context, e *provision.Engine, sc provision.Scope, w *plan.Writer,
) ([]pick.Picked, error) {
	var records []record.Record
	err := plan.ReadRows(ctx, e, sc, w, h.src, func(r record.Record) {
		records = append(records, record.Record{Row: r.Row, Place: r.Place})
	})
	if err != nil {
		return nil, err
	}
	var all []pick.Picked
	for part := range slices.Chunk(records, handedChunk) {
		rows, err := h.stored(ctx, e, part)
		if err != nil {
			return nil, err
		}
		for _, r := range part {
			all = append(all, h.find(r, rows, sc))
		}
	}
	return all, nil
}

// stored reads the links that rows name, by id.
func (h *Handed) stored(
	ctx context.Context, e *provision.Engine, part []record.Record,
) (map[string]provision.LinkRow, error) {
	var ids []string
	for _, r := range part {
		if named, err := link.Parse(h.tokens[r.Place]); err == nil {
			ids = append(ids, named.ID)
		}
	}
	rows, err := e.Store.Links(ctx, ids)
	byID := make(map[string]provision.LinkRow, len(rows))
	for _, l := range rows {
		byID[l.ID] = l
	}
	return byID, err
}

// find says whose link stands in a row. Nothing is told of a link before it has
// proven genuine.
func (h *Handed) find(r record.Record, rows map[string]provision.LinkRow, sc provision.Scope) pick.Picked {
	token := h.tokens[r.Place]
	if token == "" {
		return pick.Vain([]int{r.Row}, reason.LinkMissing)
	}
	named, err := link.Parse(token)
	if err != nil {
		return pick.Vain([]int{r.Row}, reason.LinkNotGenuine)
	}
	l := rows[named.ID]
	if h.ring.Verify(token, link.Of(l)) != nil {
		return pick.Vain([]int{r.Row}, reason.LinkNotGenuine)
	}
	switch {
	case l.Organization != sc.Authority.Organization.ID:
		return pick.Vain([]int{r.Row}, reason.LinkElsewhere)
	case l.State == provision.SupersededState:
		return pick.Vain([]int{r.Row}, reason.LinkSuperseded)
	}
	h.links[l.Account] = l.ID
	return pick.Picked{Rows: []int{r.Row}, Account: l.Account}
}

// Judge says whether the link of a person is marked. One that has expired since
// was handed over all the same.
func (h *Handed) Judge(p pick.Person, policy dedupe.Policy) pick.Judgement {
	i := p.Invitation
	switch {
	case !p.Account.KnownTo(policy.VisibleBrands):
		return pick.Rejected(reason.NobodyMatches)
	case p.Account.OutOfReach(policy):
		return pick.Rejected(reason.AboveOperator)
	case p.Account.Status == dedupe.Registered:
		return pick.Left(reason.Registered)
	case i.ID != h.links[p.Account.ID]:
		return pick.Rejected(reason.LinkSuperseded)
	case !p.Invitation.Lives(policy.Now) && i.Standing(policy.Now) != provision.StandingExpired:
		return pick.Rejected(reason.LinkEnded)
	case !i.HandedOverAt.IsZero():
		return pick.Left(reason.HandedOverYet)
	}
	changes := append(change.Changes{change.HandOver{Link: i.ID}}, change.Moved(p.Account.Status, provision.Delivered)...)
	return pick.Done(reason.HandedOver, change.HandAction, changes...)
}
