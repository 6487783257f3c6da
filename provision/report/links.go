package report

import (
	"strings"
	"time"
	"unicode"

	"muster/provision"
	"muster/provision/locale"
	"muster/provision/words"
)

// linkColumns are the columns of the files with links, before the free columns
// of the lists. The names are for machines and never change; new ones come
// last. Expires_local is filled where the list says in which time zone the
// person is.
var linkColumns = []string{
	"line", "name", "email", "link", "expires_at", "file", "sheet", "state", "first_name", "language", "brand",
	"handle", "expires_local", "brand_name",
}

// linkStates tell links that were never handed over from those that an earlier
// run has reported before.
var linkStates = map[provision.LinkWord]string{
	provision.LinkIssued: "new", provision.LinkKept: "earlier", provision.LinkOldAddress: "earlier",
}

// linkTitles are the columns of a file with links.
func (w *wording) linkTitles() (own, free []string) { return linkColumns, w.freeTitles(linkColumns...) }

// linkCells are the cells of a link under its titles: name and address are the
// account's, the rest is what the list says.
func (w *wording) linkCells(v *view) []string {
	if len(v.handed) > 0 { // another file has asked for them
		return v.handed
	}
	brands := v.Brands
	if len(brands) == 0 {
		brands = []string{w.brand}
	}
	handle := ""
	if len(v.Profiles) > 0 {
		handle = strings.TrimPrefix(v.Profiles[0].Display, "@") // which would have to be guarded
	}
	v.handed = append(v.handed,
		v.number, v.Link.Name, v.Link.Email, v.Link.URL, v.Link.ExpiresAt.UTC().Format(time.RFC3339),
		v.File, v.Sheet, linkStates[v.Link.State], firstName(v), v.Language, strings.Join(brands, ", "), handle,
		w.localTime(v.Link.ExpiresAt, v.TimeZone, v.Language), strings.Join(w.Names.Brands(brands), ", "))
	v.handed = append(v.handed, v.free...)
	return v.handed
}

// firstName is how a letter addresses the owner of a link: as the list says,
// where that goes with the account's name, or by the first word of that name.
func firstName(v *view) string {
	name := strings.Fields(v.Link.Name)
	if v.FirstName != "" && (len(name) == 0 || strings.EqualFold(name[0], strings.Fields(v.FirstName)[0])) {
		return v.FirstName
	}
	if family, given, turned := strings.Cut(v.Link.Name, ", "); turned && named(family) && named(given) { // the family name stands first
		name = strings.Fields(given)
	}
	for len(name) > 1 && strings.HasSuffix(name[0], ".") { // a title, or an initial
		name = name[1:]
	}
	if len(name) == 0 {
		return ""
	}
	return name[0]
}

// named reports whether a text can be somebody's names, and no more than that.
func named(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(" -'’", r) })
}

// localTime is a time as somebody is told it, by the clock where they are and in their
// language, "" where the place is not known.
func (w *wording) localTime(t time.Time, zone, language string) string {
	if zone == "" {
		return ""
	}
	place, known := w.zones[zone]
	if !known {
		place, _ = time.LoadLocation(zone)
		w.zones[zone] = place
	}
	if place == nil {
		return ""
	}
	return words.In{Language: locale.Match(language, string(w.Language))}.Stamp(t, place)
}

// links writes links.csv: the links that can be handed over, to the address
// and the name stored on the account. The byte order mark tells spreadsheet
// programs that it is UTF-8.
type links struct {
	csv   *csvWriter
	words *wording
}

func newLinks(b *bundle, w *wording) (*links, error) {
	file, err := b.create(LinksFile)
	if err != nil {
		return nil, err
	}
	if _, err := file.WriteString("\ufeff"); err != nil {
		return nil, err
	}
	l := &links{newCSV(file), w}
	own, free := w.linkTitles()
	l.csv.header(free, own...)
	return l, nil
}

func (l *links) line(v *view) error {
	if live(v.Link) {
		l.csv.row(l.words.linkCells(v)...)
	}
	return nil
}

func (l *links) finish(provision.Summary) error { return l.csv.flush() }
