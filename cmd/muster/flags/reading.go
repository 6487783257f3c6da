package flags

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"muster/importer"
	"muster/importer/record"
)

// Reading are the flags that say how lists are read.
type Reading struct {
	Map       []string
	Mapping   string
	Set       []string
	Rows      string
	Sheet     string
	Encoding  string
	Delimiter string
	Kind      string
	Domains   []string
	Limits    Limits

	Taken []string // what was understood by words that are not quite those of a field
}

// Flags defines the flags.
func (o *Reading) Flags(f *pflag.FlagSet) {
	section(f, "How lists are read:", o.define)
	section(f, "What a list may cost:", o.Limits.flags)
}

// OfPeople defines those of the flags that matter where a list names people who
// are there.
func (o *Reading) OfPeople(f *pflag.FlagSet) {
	section(f, "How lists are read:", func(f *pflag.FlagSet) {
		var all pflag.FlagSet
		o.define(&all)
		for _, name := range []string{"map", "mapping", "rows", "sheet", "encoding", "delimiter"} {
			f.AddFlag(all.Lookup(name))
		}
	})
	section(f, "What a list may cost:", o.Limits.flags)
}

func (o *Reading) define(f *pflag.FlagSet) {
	f.StringArrayVar(&o.Map, "map", nil,
		"what a column holds, as 'Column=field'; 'Column=' leaves it out; may be repeated")
	f.StringVar(&o.Mapping, "mapping", "", "`file` that says it for many columns; inspect list --save-mapping writes one")
	f.StringArrayVar(&o.Set, "set", nil, "a value for every row whose cell is blank, as field=value; may be repeated")
	f.StringVar(&o.Rows, "rows", "", "only these data rows, like 1-20")
	f.StringVar(&o.Sheet, "sheet", "",
		"`name` of the sheet, or '*' for all visible ones that hold people, each by its own header (default the first)")
	f.StringVar(&o.Encoding, "encoding", "", "of a CSV file, like windows-1252 (default: found out)")
	f.StringVar(&o.Delimiter, "delimiter", "", "of a CSV file: , ; | or tab (default: found out)")
	f.StringArrayVar(&o.Domains, "allow-domain", nil,
		"a `domain` of email addresses that is right although it looks like a misspelling; may be repeated")
	f.StringVar(&o.Kind, "kind", "", "what the list holds: creator, staff or client (default creator)")
}

// Given are the flags of reading that were given, but for some, as a shell
// takes them.
func (o *Reading) Given(f *pflag.FlagSet, but ...string) []string {
	var own pflag.FlagSet
	new(Reading).Flags(&own)
	var all []string
	f.Visit(func(flag *pflag.Flag) {
		if own.Lookup(flag.Name) != nil && !slices.Contains(but, flag.Name) {
			for _, value := range values(flag.Value) {
				all = append(all, "--"+flag.Name, Quoted(value))
			}
		}
	})
	return all
}

// Options returns what the importer is told.
func (o *Reading) Options() (importer.Options, error) {
	r := importer.Options{
		Sheet: o.Sheet, Encoding: o.Encoding, Delimiter: o.Delimiter, Kind: record.Kind(o.Kind),
		Map: map[string]string{}, Set: map[string]string{},
	}
	switch r.Kind {
	case "", record.Creator, record.Staff, record.Client:
	default:
		return r, Usage(fmt.Sprintf("--kind %q is no kind", o.Kind), "use creator, staff or client")
	}
	if err := o.domains(&r); err != nil {
		return r, err
	}
	if o.Mapping != "" {
		if err := readMapping(o.Mapping, &r); err != nil {
			return r, err
		}
	}
	if err := o.columns(&r); err != nil {
		return r, err
	}
	if err := o.values(&r); err != nil {
		return r, err
	}
	var err error
	if r.Limits, err = o.Limits.limits(); err != nil {
		return r, err
	}
	r.First, r.Last, err = rowRange(o.Rows)
	return r, err
}

// domains reads --allow-domain.
func (o *Reading) domains(to *importer.Options) error {
	for _, name := range o.Domains {
		domain, ok := importer.MailDomain(name)
		if !ok {
			return Usage(fmt.Sprintf("--allow-domain %q is no domain", name),
				"give what stands behind the @, like example.com")
		}
		to.AllowDomains = append(to.AllowDomains, domain)
	}
	return nil
}

// columns reads --map, which wins over the mapping file.
func (o *Reading) columns(to *importer.Options) error {
	for _, pair := range o.Map {
		at := strings.LastIndexByte(pair, '=')
		if at < 1 {
			return Usage(fmt.Sprintf("--map %q names no column and field", pair), "write it like --map 'Column=field'")
		}
		column, field := pair[:at], pair[at+1:]
		if err := knownField("--map", pair, field); err != nil && field != "" {
			return err
		}
		o.take("--map", pair, field)
		to.Map[column] = field
		to.IfThere = slices.DeleteFunc(to.IfThere, func(other string) bool { return other == column })
	}
	return nil
}

// values reads --set.
func (o *Reading) values(to *importer.Options) error {
	for _, pair := range o.Set {
		field, value, found := strings.Cut(pair, "=")
		if !found || field == "" {
			return Usage(fmt.Sprintf("--set %q names no field and value", pair), "write it like --set language=de")
		}
		if err := knownField("--set", pair, field); err != nil {
			return err
		}
		o.take("--set", pair, field)
		to.Set[field] = value
	}
	return nil
}

// knownField refuses a field that there is none of, before any list is opened.
func knownField(flag, pair, field string) error {
	hint, known := importer.KnownField(field)
	if known {
		return nil
	}
	return Usage(fmt.Sprintf("%s %q: there is no field %q", flag, pair, field), hint)
}

// take remembers to say which field was understood, where the word is another.
func (o *Reading) take(flag, pair, word string) {
	if field := importer.FieldMeant(word); field != "" && !strings.EqualFold(strings.TrimSpace(word), field) {
		o.Taken = append(o.Taken, fmt.Sprintf("%s %s: %q is taken for %q", flag, Quoted(pair), word, field))
	}
}

// rowRange reads "1-20", "5-", "-20" or "7".
func rowRange(text string) (first, last int, err error) {
	if text == "" {
		return 0, 0, nil
	}
	from, to, ranged := strings.Cut(text, "-")
	number := func(s string) int {
		n, bad := strconv.Atoi(s)
		if s != "" && (bad != nil || n < 1) {
			err = errors.New("no number")
		}
		return n
	}
	if first, last = number(from), number(to); !ranged {
		last = first
	}
	if err != nil || first == 0 && last == 0 || last > 0 && first > last {
		return 0, 0, Usage(fmt.Sprintf("--rows %q is no range of rows", text),
			"give the first and the last data row, like --rows 1-20")
	}
	return first, last, nil
}
