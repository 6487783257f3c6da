package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"muster/importer/reason"
	"muster/provision/review"
	"muster/provision/words"
)

// onePage is how many rows a page of the list has.
const onePage = 50

// The states of a row, as the list is asked for them.
const (
	stateOpen    = "open"
	stateDecided = "decided"
	stateLater   = "later"
)

// filter says which rows somebody goes through.
type filter struct {
	reason reason.Code // "" for any
	state  string      // "" for any
}

func filterOf(v url.Values) filter {
	return filter{reason: reason.Code(v.Get("reason")), state: v.Get("state")}
}

// state is how far a row is.
func state(s *review.Sitting, question int) string {
	switch option, done := s.Answered(question); {
	case !done:
		return stateOpen
	case option == "":
		return stateLater
	}
	return stateDecided
}

func (f filter) takes(s *review.Sitting, question int) bool {
	return (f.reason == "" || s.Questions[question].Person.Reason == f.reason) &&
		(f.state == "" || state(s, question) == f.state)
}

// query is the filter as part of an address.
func (f filter) query() string {
	q := url.Values{}
	if f.reason != "" {
		q.Set("reason", string(f.reason))
	}
	if f.state != "" {
		q.Set("state", f.state)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// counted is how far a review is.
type counted struct{ All, Decided, Later, Open int }

func count(s *review.Sitting) counted {
	c := counted{All: len(s.Questions)}
	for i := range s.Questions {
		switch state(s, i) {
		case stateOpen:
			c.Open++
		case stateLater:
			c.Later++
		default:
			c.Decided++
		}
	}
	return c
}

// listed is the page of all rows.
type listed struct {
	counted
	Lists    string
	Operator string
	Next     int // number of the row to go on with, 0 for none
	Reasons  []reasonChoice
	States   []stateChoice
	Rows     []listedRow
	Found    int
	From, To int
	Before   string // address of the page before, "" for none
	After    string
	Undoable bool
}

type reasonChoice struct {
	Code   reason.Code
	Words  string
	Rows   int
	Chosen bool
}

type stateChoice struct {
	State, Words string
	Chosen       bool
}

// listedRow is a row of the list.
type listedRow struct {
	Number           int
	Place, Who, Mail string
	Why              string
	Accounts         int
	State, Decision  string
	Account          string // whom the decision is about, "" for nobody that may be shown
}

// list shows the rows that the filter takes, a page of them.
func (d *Desk) list(v *visit) answer {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, f := d.sitting, filterOf(v.URL.Query())
	var found []int
	for i := range s.Questions {
		if f.takes(s, i) {
			found = append(found, i)
		}
	}
	page, _ := strconv.Atoi(v.URL.Query().Get("page"))
	page = max(1, min(page, (len(found)+onePage-1)/onePage))
	from, to := (page-1)*onePage, min(page*onePage, len(found))
	b := listed{
		counted: count(s), Lists: listNames(s), Operator: s.Held.Operator, Next: d.next(0, f) + 1,
		Reasons: reasons(s, f.reason), States: states(d.in, f.state),
		Found: len(found), From: from + 1, To: to, Undoable: s.Undoable(),
	}
	address := func(page int) string {
		q := url.Values{"page": {strconv.Itoa(page)}, "reason": {string(f.reason)}, "state": {f.state}}
		return d.door.room + "/?" + q.Encode()
	}
	if page > 1 {
		b.Before = address(page - 1)
	}
	if to < len(found) {
		b.After = address(page + 1)
	}
	for _, i := range found[from:to] {
		b.Rows = append(b.Rows, listedOf(s, i))
	}
	return answer{status: http.StatusOK, screen: "list", title: d.in.Say("Review: who are these?"), body: b}
}

func listedOf(s *review.Sitting, i int) listedRow {
	q := s.Questions[i]
	return listedRow{
		Number: i + 1, Place: s.Place(q.Row.Row), Who: who(*q.Row), Mail: q.Row.Email.Address,
		Why:      words.Sentence(s.In.Say(reason.Of(q.Person.Reason).Meaning)),
		Accounts: len(q.Person.Candidates),
		State:    state(s, i), Decision: decisionWords(s, i), Account: chosenAccount(s, i),
	}
}

// chosenAccount names the account that a row was decided to be.
func chosenAccount(s *review.Sitting, question int) string {
	option, _ := s.Answered(question)
	q := s.Questions[question]
	i := slices.Index(q.Row.Options, option)
	for _, c := range q.Person.Candidates {
		if i >= 0 && q.Row.Choices[i].Account == c.Account && !c.Masked {
			return strings.Join(slices.DeleteFunc([]string{c.Name, c.Email}, func(text string) bool { return text == "" }), ", ")
		}
	}
	return ""
}

// decisionWords say what was decided about a row, as a person does.
func decisionWords(s *review.Sitting, question int) string {
	option, _ := s.Answered(question)
	q := s.Questions[question]
	if i := slices.Index(q.Row.Options, option); i >= 0 {
		return s.In.Choice(*q.Person, *q.Row, q.Row.Choices[i])
	}
	return ""
}

// reasons are those of the held people, the most frequent first.
func reasons(s *review.Sitting, chosen reason.Code) []reasonChoice {
	var all []reasonChoice
	for _, q := range s.Questions {
		i := slices.IndexFunc(all, func(c reasonChoice) bool { return c.Code == q.Person.Reason })
		if i < 0 {
			i = len(all)
			all = append(all, reasonChoice{
				Code: q.Person.Reason, Words: words.Sentence(s.In.Say(reason.Of(q.Person.Reason).Meaning)),
				Chosen: q.Person.Reason == chosen,
			})
		}
		all[i].Rows++
	}
	slices.SortStableFunc(all, func(a, b reasonChoice) int { return b.Rows - a.Rows })
	return all
}

func states(in words.In, chosen string) []stateChoice {
	all := []stateChoice{{"", in.Say("all"), false}, {stateOpen, in.Say("not decided yet"), false}, {stateDecided, in.Say("decided"), false},
		{stateLater, in.Say("left for later"), false}}
	for i := range all {
		all[i].Chosen = all[i].State == chosen
	}
	return all
}

// next is the next row from one on that a reviewer has not come to and the filter
// takes; -1 for none. What the filter says of states is for the list alone.
func (d *Desk) next(from int, f filter) int {
	f.state = stateOpen
	n := len(d.sitting.Questions)
	for i := range n {
		if at := (from + i) % n; f.takes(d.sitting, at) {
			return at
		}
	}
	return -1
}
