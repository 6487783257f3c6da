package plan

import (
	"slices"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/change"
)

// count adds a step to the summary, or takes one off it (by -1).
func (w *Writer) count(s change.Step, by int) {
	w.summary.People += by
	others := by * (len(s.Rows) - 1)
	tally(w.summary.Reasons, s.First.Reason, by)
	tally(w.summary.Reasons, s.Rest.Reason, others)
	tally(w.summary.Outcomes, s.First.Outcome, by)
	tally(w.summary.Outcomes, s.Rest.Outcome, others)
	for _, right := range rights(s.Changes) {
		tally(w.summary.Grants, right, by)
	}
	w.countDifferences(s, by)
	w.losing += by * bit(loses(s))
	if slices.ContainsFunc(s.Changes, func(c change.Change) bool { return c.Op() == change.OpAttend }) {
		tally(w.attends, s.Account, by)
	}
	w.countDrift(s, by)
	effects := effectsOf(s.Changes)
	w.first.add(s, effects, by)
	w.summary.SideEffects.Add(effects, by)
	w.warn(s, by)
}

// countDrift counts a person who has something else than sources gave, once for
// each way that came about, or of whom something is replaced that a source wrote.
func (w *Writer) countDrift(s change.Step, by int) {
	if s.Detail == nil {
		return
	}
	for _, code := range provision.DriftOf(s.Detail.Notes) {
		tally(w.summary.Drift, code, by)
	}
	w.summary.OverSource += by * bit(slices.ContainsFunc(s.Detail.Notes, func(n dedupe.Note) bool { return n.Code == reason.OverSource }))
}

// countDifferences counts the rows of a step that say something else than their
// account, as the report of the run will.
func (w *Writer) countDifferences(s change.Step, by int) {
	differs := func(n dedupe.Note) bool { return n.Code.Difference() }
	if s.Detail == nil || !slices.ContainsFunc(s.Detail.Notes, differs) {
		return
	}
	for _, row := range s.Ledger(change.Done{Account: s.Account}) {
		if row.Detail == nil {
			continue
		}
		differ := provision.Differences(row.Account, row.Reason, row.Detail.Notes)
		for _, code := range differ {
			tally(w.summary.Differences, code, by)
		}
		if len(differ) > 0 {
			w.summary.Differ += by
		}
	}
}

// effectsOf counts what the changes of a step do beside adding somebody.
func effectsOf(changes change.Changes) provision.SideEffects {
	var e provision.SideEffects
	for _, c := range changes {
		switch c := c.(type) {
		case change.IssueLink:
			e.LinksIssued++
			if c.Live {
				e.LinksKilled++
			}
		case change.EndLink:
			e.LinksKilled++
		case change.Readdress:
			e.Readdressed++
		case change.SendMail, change.TellAdministrators:
			e.MailsSent++
		case change.SetRole:
			if c.Lowers {
				e.RolesLowered++
			} else {
				e.RolesRaised++
			}
		case change.Leave, change.RevokeCampaign, change.RevokeProduct:
			e.AccessEnded = 1
		case change.Join:
			e.AccessBack = max(e.AccessBack, bit(c.Back))
		case change.GrantCampaign:
			e.AccessBack = max(e.AccessBack, bit(c.Back))
		case change.GrantProduct:
			e.AccessBack = max(e.AccessBack, bit(c.Back))
		case change.Unblock:
			e.BlocksLifted++
			e.RolesLowered += len(c.Lowered)
		case change.Block:
			e.Add(blocked(c), 1)
		case change.Merge:
			e.AccountsJoined++
			e.LinksKilled += c.Links
		case change.Readmit:
			e.Readmitted++
		case change.Unmake:
			e.AccountsRemoved++
			if c.EndsLink {
				e.LinksKilled++
			}
		case change.CancelMail:
			e.MailsCancelled += c.Mails
		case change.Erase:
			e.PeopleErased++
			if !c.Whole {
				e.AccountsStay++
			}
			if c.EndsLink {
				e.LinksKilled++
			}
		case change.SetColumns, change.Fill, change.Clear:
			e.DetailsWritten = 1
		}
	}
	return e
}

// bit counts one where something is so.
func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// loses reports whether somebody has less access by a step: they are removed or
// blocked, lose a brand, campaign or product, or get a lower role.
func loses(s change.Step) bool {
	effects := effectsOf(s.Changes)
	lowered := func(c change.Change) bool {
		role, is := c.(change.SetRole)
		return is && role.Lowers
	}
	return s.First.Outcome == provision.Removed || effects.PeopleBlocked+effects.AccessEnded > 0 ||
		slices.ContainsFunc(s.Changes, lowered)
}

// blocked counts what a block does.
func blocked(c change.Block) provision.SideEffects {
	e := provision.SideEffects{PeopleBlocked: 1, MailsCancelled: c.EndsMail, RolesRaised: len(c.Roles)}
	if c.Everywhere {
		e.BlockedEverywhere = 1
	}
	if c.EndsLink {
		e.LinksKilled = 1
	}
	if c.Elsewhere > 0 {
		e.Elsewhere = 1
		e.Organizations = c.Elsewhere
	}
	return e
}

// rights lists what a person gets beyond being a member, each once.
func rights(changes change.Changes) []string {
	var all []string
	for _, c := range changes {
		switch c := c.(type) {
		case change.Join:
			if c.Role != provision.MemberRole {
				all = append(all, "role "+c.Role)
			}
			all = append(all, permissionRights(c.Permissions)...)
		case change.Offer:
			all = append(all, permissionRights(c.Permissions)...)
			if c.Role != provision.MemberRole {
				all = append(all, "role "+c.Role)
			}
			for _, p := range c.Products {
				all = append(all, "product "+p)
			}
		case change.SetRole:
			if !c.Lowers {
				all = append(all, "role "+c.To)
			}
		case change.SetPermissions:
			all = append(all, permissionRights(c.To)...)
		case change.GrantProduct:
			all = append(all, "product "+c.Product)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// losses lists what is taken away from a person, each once.
func losses(changes change.Changes) []string {
	var all []string
	for _, c := range changes {
		switch c := c.(type) {
		case change.Leave:
			all = append(all, "brand "+c.Brand)
		case change.Withdraw:
			all = append(all, "offer of brand "+c.Brand)
		case change.RevokeCampaign:
			all = append(all, "campaign "+c.Campaign)
		case change.RevokeProduct:
			all = append(all, "product "+c.Product)
		case change.SetRole:
			if c.Lowers {
				all = append(all, "role "+c.From+" in "+c.Brand)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// permissionRights are the permissions that go beyond what everybody has.
func permissionRights(g *permission.Grant) []string {
	if g == nil || g.Mode == permission.Default {
		return nil
	}
	return []string{string(g.Mode) + " permissions"}
}

// tally adds to a count, and forgets it at nought.
func tally[K comparable](counts map[K]int, key K, by int) {
	if counts[key] += by; counts[key] == 0 {
		delete(counts, key)
	}
}
