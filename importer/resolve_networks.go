package importer

import (
	"fmt"
	"strings"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/record"
)

// resolvePlatform lets a column of networks say which one the handles beside it
// are on.
func (l *List) resolvePlatform(h header, rows []headRow) {
	platform := l.platformColumn(h, rows)
	if platform < 0 {
		return
	}
	l.cols[platform].set("")
	l.cols[platform].vague = false
	l.cols[platform].doubted = ""
	at := l.handleColumn(h, rows, platform)
	if at < 0 {
		return
	}
	c := &l.cols[at]
	c.set(record.FieldLinks)
	c.vague = false
	c.doubted = ""
	c.platform = platform + 1
	l.note(file.Note{
		Code:    "handles_by_platform",
		Column:  c.label,
		Message: fmt.Sprintf("what stands under %q is on the network that %q names", c.label, l.cols[platform].label),
	})
}

// platformColumn finds the column that names networks and nothing else, or -1.
func (l *List) platformColumn(h header, rows []headRow) int {
	for i, c := range l.cols {
		if !c.told && !c.ignored && platformNames[headerKey(h.labels[i])] && namesNetworks(sampleOf(rows, i)) {
			return i
		}
	}
	return -1
}

// namesNetworks reports whether cells hold names of networks and nothing else.
func namesNetworks(values []string) bool {
	return len(values) > 0 && all(values, func(v string) bool {
		_, ok := identity.NetworkOf(v)
		return ok && !isLink(v) && !strings.HasPrefix(v, "@")
	})
}

// handleColumn finds the column whose handles a column of networks speaks of:
// one of handles first, then of logins, then of names that are handles.
func (l *List) handleColumn(h header, rows []headRow, platform int) int {
	best, bestRank := -1, 4
	for i, c := range l.cols {
		key, rank := headerKey(h.labels[i]), 4
		seen := lookAt(sampleOf(rows, i))
		switch {
		case i == platform || c.ignored || seen.filled == 0 || seen.spaced+seen.addresses > 0:
		case c.field == record.FieldLinks && (seen.handles > 0 || seen.links < seen.filled):
			rank = 1
		case c.told:
		case c.doubted == record.FieldLinks:
			rank = 2
		case c.doubted == record.FieldName && creatorNames[key] && seen.handles*2 >= seen.filled:
			rank = 3
		}
		if rank < bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

// resolveChannels takes what stands under "Channel name" for a name where it is
// one: no profile is made of it. Where the cells say themselves which network they
// are of ("IG: @ann, TT: @ann.lee"), they are links of all networks.
func (l *List) resolveChannels(h header, rows []headRow) {
	for i := range l.cols {
		c := &l.cols[i]
		if c.told || c.network == "" || !channelNames[headerKey(h.labels[i])] {
			continue
		}
		values := sampleOf(rows, i)
		seen := lookAt(values)
		if seen.spaced == 0 {
			continue
		}
		c.field = ""
		c.network = ""
		if mostly(values, namesProfile) {
			c.set(record.FieldLinks)
			continue
		}
		if seen.links+seen.handles+seen.addresses == 0 && !l.hasNames() {
			c.set(record.FieldName)
		}
	}
}

// resolveNetworks makes a column whose header names several networks
// ("TikTok / YT") one of links, in which names typed alone are read too.
func (l *List) resolveNetworks(h header) {
	for i := range l.cols {
		c := &l.cols[i]
		isFree := c.field == "" && !c.told
		if c.ignored || c.network != "" || !isFree && c.field != record.FieldLinks {
			continue
		}
		if c.networks = identity.NetworksOf(h.labels[i]); len(c.networks) > 0 {
			c.set(record.FieldLinks)
			c.vague = false
			c.doubted = ""
		}
	}
}
