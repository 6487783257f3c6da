package importer

import (
	"fmt"
	"strings"

	"muster/importer/file"
	"muster/importer/identity"
	"muster/importer/record"
)

// Options say how one list is to be read. The zero value finds everything
// out by itself.
type Options struct {
	// Sheet is the name of the sheet, hidden or not. "" takes the first visible
	// one with a header, "*" all visible ones that name people.
	Sheet     string
	Encoding  string            // "" guesses; else a name like "utf-8", "windows-1252", "shift_jis"
	Delimiter string            // "" guesses; else "," ";" "|" or "tab"
	Map       map[string]string // header as typed → name of a field; "" ignores the column
	IfThere   []string          // keys of Map that the list may lack: that is noted
	Required  []string          // columns that the list must have
	Set       map[string]string // name of a field → value of every row whose cell is blank
	First     int               // first data row to hand out, from 1; 0 means 1
	Last      int               // last data row to hand out; 0 means all
	Kind      record.Kind       // what the list is said to be; only recorded
	TempDir   string            // private folder for spill files; "" makes one
	Limits    file.Limits

	// Tokens is told of every token of a link that muster issued, and where it
	// stands; rows hold none. The list may then be one of links, which no
	// import takes. Rows may be read more than once.
	Tokens func(at record.Place, token string) `json:"-"`

	// AllowDomains are domains of email addresses that are right although they
	// look mistyped, as MailDomain gives them.
	AllowDomains []string
}

// Validate says what is wrong with the options themselves, before any file
// is touched.
func (o Options) Validate() error {
	if o.First < 0 || o.Last < 0 || (o.Last > 0 && o.First > o.Last) {
		return &file.Error{
			Class: file.BadMapping,
			Msg:   fmt.Sprintf("rows %d to %d are no range", o.First, o.Last),
			Hint:  "give the first and the last data row, like --rows 1-20",
		}
	}
	for _, domain := range o.AllowDomains {
		if as, ok := MailDomain(domain); !ok || as != domain {
			return &file.Error{
				Class: file.BadMapping,
				Msg:   fmt.Sprintf("%q is no domain of email addresses", domain),
				Hint:  "give what stands behind the @, like example.com",
			}
		}
	}
	for header, name := range o.Map {
		if name == "" {
			continue
		}
		if _, ok := fieldNamed(name); !ok {
			return badField("--map "+header, name)
		}
	}
	for name := range o.Set {
		if _, ok := fieldNamed(name); !ok {
			return badField("--set", name)
		}
	}
	return nil
}

func badField(where, name string) error {
	hint, _ := KnownField(name)
	return &file.Error{Class: file.BadMapping, Msg: fmt.Sprintf("%s: there is no field %q", where, name), Hint: hint}
}

// MailDomain brings a domain of email addresses into the form in which they
// are compared; ok is false for what is none.
func MailDomain(domain string) (as string, ok bool) {
	e, _, err := identity.ParseEmail("x@" + strings.TrimPrefix(strings.TrimSpace(domain), "@"))
	return e.Domain(), err == nil
}
