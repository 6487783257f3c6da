package importer

import (
	"fmt"
	"slices"
	"strings"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// profile reads the cell of a network's column. The cell's link wins over a
// text that is no link itself.
func (s *parsing) profile(c column, i int, cell, link string) {
	if link == "" || looksLikeURL(cell) {
		if !file.Blank(cell) && !s.damaged(c, i, cell) {
			s.handles(c, cell)
		}
		return
	}
	p, notes, err := identity.ParseProfile(link, c.network)
	shown, _, shownErr := identity.ParseProfile(cell, c.network)
	switch {
	case err != nil && shownErr == nil && !file.Blank(cell):
		s.addProfile(c, cell, shown, nil, nil)
	case err == nil && shownErr == nil && !isLinkCaption(cell) && isAnother(p, shown):
		s.problem(c, reason.LinkDiffers, false,
			fmt.Sprintf("the cell shows %q and its link leads to %q; the link was used", shorten(cell), shorten(link)))
		s.keep(link)
		s.addProfile(c, link, p, notes, nil)
	case shownErr != nil && s.showsSeveral(c, cell):
		s.handles(c, cell)
		if err == nil {
			s.addProfile(c, link, p, notes, nil)
		}
	default:
		s.keep(link)
		s.addProfile(c, link, p, notes, err)
	}
}

// isAnother reports whether two profiles of one network and kind are different.
func isAnother(p, q identity.Profile) bool {
	return p.Network == q.Network && p.Kind == q.Kind && p.Value != q.Value
}

// showsSeveral reports whether a text holds more than one profile that can be
// read.
func (s *parsing) showsSeveral(c column, cell string) bool {
	found, _ := identity.ParseProfiles(cell, c.network)
	return len(found) > 1
}

// handles reads the text of a network's column: mostly one handle or link, but
// people write all they know of somebody into the column that is there.
func (s *parsing) handles(c column, cell string) {
	p, notes, err := identity.ParseProfile(cell, c.network)
	if err == nil || refusal(err).Reason == reason.Placeholder {
		s.addProfile(c, cell, p, notes, err)
		return
	}
	found, refused := identity.ParseProfiles(cell, c.network)
	if len(found)+len(refused) < 2 && len(found) == 0 {
		s.addProfile(c, cell, p, nil, err)
		return
	}
	s.take(c, found, refused)
	s.noteSeveral(c, cell, found)
}

// take keeps what was read of a cell and says what was not.
func (s *parsing) take(c column, found []identity.Profile, refused []*identity.Refusal) {
	for _, p := range found {
		s.addProfile(c, "", p, nil, nil)
	}
	for _, r := range refused {
		if r.Reason == reason.AmbiguousNoHint {
			s.bare = append(s.bare, bareName{c, r})
			continue
		}
		s.addProfile(c, r.Text, identity.Profile{}, nil, r)
	}
}

// bareName is a handle of which the row does not say on which network it is.
type bareName struct {
	column column
	said   *identity.Refusal
}

// tellBare says of which handles nobody knows where they are: those that no profile of
// the row has.
func (s *parsing) tellBare() {
	for _, b := range s.bare {
		name := strings.ToLower(strings.TrimPrefix(b.said.Text, "@"))
		if !slices.ContainsFunc(s.rec.Profiles, func(p identity.Profile) bool { return strings.ToLower(p.Value) == name }) {
			s.addProfile(b.column, b.said.Text, identity.Profile{}, nil, b.said)
		}
	}
}

// noteSeveral says that more was taken of a cell than its column is for.
func (s *parsing) noteSeveral(c column, cell string, found []identity.Profile) {
	var own, others []string
	for _, p := range found {
		switch {
		case p.Network == c.network:
			own = append(own, p.Display)
		case !slices.Contains(others, p.Network):
			others = append(others, p.Network)
		}
	}
	if len(own) > 1 {
		s.problem(c, reason.SeveralHandles, false,
			fmt.Sprintf("the cell holds %d profiles of %s, all of which were taken: %s",
				len(own), identity.NetworkName(c.network), shorten(strings.Join(own, ", "))))
	}
	if len(others) > 0 {
		s.problem(c, reason.WrongNetwork, false,
			fmt.Sprintf("%q: what belongs to %s was taken for that", shorten(cell), strings.Join(networkNames(others), ", ")))
	}
}

// networkNames are networks as people call them.
func networkNames(slugs []string) []string {
	names := make([]string, len(slugs))
	for i, slug := range slugs {
		names[i] = identity.NetworkName(slug)
	}
	return names
}

// profiles reads a cell that may hold several links.
func (s *parsing) profiles(c column, cell, link string) {
	cell = strings.ReplaceAll(cell, ownSeparator, "\n")
	hint := ""
	if c.field == record.FieldBlog {
		hint = "website"
	}
	if link != "" && !looksLikeURL(cell) && mailTarget(link) == "" {
		cell = link
		s.keep(link)
	}
	if len(c.networks) > 0 {
		s.profilesOf(c, cell)
		return
	}
	found, refused := identity.ParseProfiles(cell, hint)
	s.take(c, found, refused)
}

// profilesOf reads a cell of a column of several networks.
func (s *parsing) profilesOf(c column, cell string) {
	found, assumed, refused := identity.ParseProfilesOf(cell, c.networks)
	s.take(c, found, refused)
	for _, p := range assumed {
		s.problem(c, reason.NetworkAssumed, false,
			fmt.Sprintf("%q does not say which of %s it is on; it was taken for %s",
				p.Display, strings.Join(networkNames(c.networks), " and "), identity.NetworkName(p.Network)))
	}
}

// addProfile keeps a profile once, or says why there is none. text is what it
// was read from.
func (s *parsing) addProfile(c column, text string, p identity.Profile, notes []reason.Code, err error) {
	if err != nil {
		if r := refusal(err); r.Reason != reason.Placeholder {
			s.problem(c, r.Reason, false, profileFault(text, r))
		}
		return
	}
	for _, code := range notes {
		s.problem(c, code, false, "")
	}
	for _, q := range s.rec.Profiles {
		if q.Network == p.Network && q.Kind == p.Kind && q.Value == p.Value {
			return
		}
	}
	s.rec.Profiles = append(s.rec.Profiles, p)
}

// profileFault says what is wrong with a text that is no profile.
func profileFault(text string, r *identity.Refusal) string {
	why := r.Looks
	if why == "" {
		why = reason.Of(r.Reason).Meaning
	}
	return fmt.Sprintf("%q: %s%s", shorten(text), why, didYouMean(r.Suggestion))
}
