package desk

import (
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/review"
	"muster/provision/words"
)

// shown is the page of one row.
type shown struct {
	counted
	Number   int
	Place    string
	Why      string
	Reason   string // the filter somebody goes through the rows with
	Query    string
	Before   int // numbers of the rows beside it, 0 for none
	After    int
	Is       int    // the row that the page is about
	Seen     string // the answer that the page shows
	State    string
	Decision string
	Notice   string
	Undoable bool

	Row    card
	Others []card // the other rows of the person
	Ties   []string
	Cards  []card   // the accounts
	Alone  bool     // there are none
	Rest   []choice // decisions that are about no account
}

// A card is a row or an account.
type card struct {
	Title   string
	Masked  bool
	Fields  []field
	More    []field // what the list has besides
	Proof   []string
	Choices []choice
}

// A choice is a decision that may be made.
type choice struct {
	Key            int // on the keyboard, 0 for none
	Option         string
	Words, Meaning string
	Chosen         bool
}

// row shows a row.
func (d *Desk) row(v *visit) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, err := strconv.Atoi(path.Base(v.path))
	if err != nil || n < 1 || n > len(d.sitting.Questions) {
		return nothing
	}
	return d.showRow(n-1, filterOf(v.URL.Query()), "")
}

// showRow shows a question, with something to say about it. The lock is held.
func (d *Desk) showRow(at int, f filter, notice string) answer {
	s := d.sitting
	q := s.Questions[at]
	b := shown{
		counted: count(s), Number: at + 1, Place: s.Place(q.Row.Row), Why: s.In.WhyHeld(*q.Person),
		Reason: string(f.reason), Query: f.query(), Is: q.Row.Row, Seen: seen(s, at), State: state(s, at), Decision: decisionWords(s, at),
		Notice: notice, Undoable: s.Undoable(), Alone: len(q.Person.Candidates) == 0,
		Before: beside(s, at, -1, f), After: beside(s, at, 1, f),
		Row: rowCard(s, *q.Row, "The list says, %s"),
	}
	for _, other := range q.Person.Rows {
		if other.Row != q.Row.Row {
			b.Others = append(b.Others, rowCard(s, other, "Held together with %s"))
		}
	}
	for _, tie := range q.Row.Way {
		b.Ties = append(b.Ties, words.Sentence(s.In.Tie(tie, s.Place)))
	}
	choices := choicesOf(s, at)
	for _, c := range q.Person.Candidates {
		one := candidateCard(s, *q.Row, c, len(q.Person.Candidates))
		for i, r := range q.Row.Choices {
			if r.Account == c.Account && r.Account != "" {
				one.Choices = append(one.Choices, choices[i])
			}
		}
		b.Cards = append(b.Cards, one)
	}
	for i, r := range q.Row.Choices {
		if q.Person.LetterOf(r.Account) == "" {
			b.Rest = append(b.Rest, choices[i])
		}
	}
	b.number()
	status := http.StatusOK
	if notice != "" {
		status = http.StatusConflict
	}
	return answer{status: status, screen: "row", title: s.In.Say("Row %s of %s", s.In.Number(at+1), s.In.Number(len(s.Questions))), body: b}
}

// number gives the first nine choices a key, in the order in which they stand.
func (b *shown) number() {
	key := 0
	give := func(choices []choice) {
		for i := range choices {
			if key++; key <= 9 {
				choices[i].Key = key
			}
		}
	}
	for i := range b.Cards {
		give(b.Cards[i].Choices)
	}
	give(b.Rest)
}

// beside is the number of the next row in a direction that has the reason of the
// filter, 0 for none.
func beside(s *review.Sitting, at, step int, f filter) int {
	f.state = ""
	for i := at + step; i >= 0 && i < len(s.Questions); i += step {
		if f.takes(s, i) {
			return i + 1
		}
	}
	return 0
}

// choicesOf are the decisions that may be made about a row.
func choicesOf(s *review.Sitting, at int) []choice {
	q := s.Questions[at]
	chosen, _ := s.Answered(at)
	var all []choice
	for i, option := range q.Row.Options {
		r := q.Row.Choices[i]
		c := choice{Option: option, Words: s.In.Choice(*q.Person, *q.Row, r), Meaning: meaningOf(s, q, r), Chosen: option == chosen}
		all = append(all, c)
	}
	return all
}

// meaningOf says what a decision means for a row: of an account that is shown, what
// becomes of it as it stands.
func meaningOf(s *review.Sitting, q review.Question, r dedupe.Resolution) string {
	at := slices.IndexFunc(q.Person.Candidates, func(c provision.HeldCandidate) bool { return c.Account == r.Account && !c.Masked })
	if r.Choice != dedupe.ChooseClaim || at < 0 {
		return meaning(s.In, r.Choice, len(q.Person.Candidates) == 0)
	}
	c := q.Person.Candidates[at]
	brands := q.Row.Brands
	if len(brands) == 0 {
		brands = []string{s.Held.Brand}
	}
	joins := slices.ContainsFunc(brands, func(brand string) bool {
		return !slices.ContainsFunc(c.Memberships, func(m dedupe.Membership) bool { return m.Brand == brand })
	})
	said := []string{s.In.Say("The account is in the brand already.")}
	if joins {
		said[0] = s.In.Say("The account joins the brand.")
	}
	switch {
	case c.Status == dedupe.Registered:
		said = append(said, s.In.Say("Its email address stays as it is, and no link goes out: its person has registered."))
	case dedupe.ByProfileAlone(c.Evidence):
		said = append(said, s.In.Say("Its email address stays as it is, and no link goes out: the row does not have that address. "+
			"Add it to the list if its person is to have a link."))
	default:
		said = append(said, s.In.Say("Its email address stays as it is, and a link goes to that address only."))
	}
	switch q.Person.Reason {
	case reason.ConnectedDiffers:
		said = append(said, s.In.Say("The handle that it has connected stays, and that of the row is not added."))
	case reason.KindDiffers:
		said = append(said, s.In.Say("Its person stays of the kind that they are."))
	}
	return strings.Join(said, " ")
}

// meaning says what a decision means. Beside an account nobody has to be told
// which one it is, and where there is no account, none is spoken of.
func meaning(in words.In, choice dedupe.Choice, alone bool) string {
	if alone && choice == dedupe.ChooseCreate {
		return in.Say("Make a new account.")
	}
	text := in.ChoiceMeaning(choice)
	if _, rest, found := strings.Cut(text, "…). "); found {
		return rest
	}
	return text
}

// rowCard shows what the list says.
func rowCard(s *review.Sitting, r provision.HeldRow, title string) card {
	place := s.Place(r.Row)
	if len(s.Held.Lists) == 1 {
		list := path.Base(s.Held.Lists[0].File)
		if sheet := s.Held.Lists[0].Sheet; sheet != "" {
			list += s.In.Say(", sheet %s", sheet)
		}
		place = s.In.Say("%s of %s", place, list)
	}
	c := card{Title: s.In.Say(title, place)}
	c.Fields = append(c.Fields, field{Name: s.In.Say("Name"), Said: r.Name}, field{Name: s.In.Say("Email"), Said: r.Email.Address})
	for _, p := range r.Profiles {
		c.Fields = append(c.Fields, profileField(s.In, p))
	}
	for _, f := range []field{
		{Name: "External id", Said: r.ExternalID}, {Name: "Contact email", Said: r.ContactEmail}, {Name: "Kind", Said: s.In.Say(string(r.Kind))},
		{Name: "Relation", Said: r.Relation},
		{Name: "Brands", Said: strings.Join(s.In.Names.Brands(r.Brands), ", ")}, {Name: "Campaigns", Said: strings.Join(s.In.Names.Campaigns(r.Campaigns), ", ")},
		{Name: "Role", Said: r.Role}, {Name: "Status", Said: r.Status},
	} {
		if f.Name = s.In.Say(f.Name); f.Said != "" {
			c.Fields = append(c.Fields, f)
		}
	}
	for _, a := range r.Attributes {
		if a.Value != "" {
			c.More = append(c.More, field{Name: a.Column, Said: a.Value})
		}
	}
	return c
}

// candidateCard shows an account beside the row: what agrees, what differs, and
// what leads there. Of a masked one it shows the evidence alone.
func candidateCard(s *review.Sitting, row provision.HeldRow, c provision.HeldCandidate, of int) card {
	one := card{Title: s.In.Say("Account %s", c.Letter), Masked: c.Masked}
	if of > 1 {
		one.Title = s.In.Say("Account %s of %s", c.Letter, s.In.Number(of))
	}
	for _, w := range s.In.Evidence(c, row.Row) {
		one.Proof = append(one.Proof, words.Sentence(w))
	}
	if !c.Masked {
		one.Fields = compare(s.In, row, c)
	}
	return one
}

// who names the person of a row.
func who(r provision.HeldRow) string {
	switch {
	case r.Name != "":
		return r.Name
	case r.Email.Address != "":
		return r.Email.Address
	case len(r.Profiles) > 0:
		return words.Profile(r.Profiles[0])
	}
	return r.ExternalID
}

// listNames names the lists of a review without their folders.
func listNames(s *review.Sitting) string {
	var names []string
	for _, l := range s.Held.Lists {
		if name := path.Base(l.File); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > 3 {
		return s.In.Say("%s and %d more lists", names[0], len(names)-1)
	}
	return strings.Join(names, ", ")
}

// seen says which answer a page shows, so that a form can tell whether there is
// another one by now.
func seen(s *review.Sitting, question int) string {
	option, done := s.Answered(question)
	if !done {
		return ""
	}
	return "answered " + option
}
