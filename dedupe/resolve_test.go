package dedupe_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/record"
)

// A review is held rows, what somebody answered, and what comes of it. Each
// that decides is carried out, and the next night must neither ask again nor
// write anything.
type review struct {
	name     string
	policy   func(*dedupe.Policy)
	accounts []string
	erased   string
	rows     []string
	answers  []string // "2 claim A"; a row without one is blank
	want     []string
	left     []int    // the rows that are still on the list then; nil for all
	next     []string // the night after
}

var twoHandles = []string{
	"email=talent@agency.example.org name=Ana_Lima ig=ana.one",
	"email=talent@agency.example.org name=Ben_Okafor ig=ben.two",
}

var looksLikeA = []string{"email=ana@example.com name=Ana_Lima ig=ana.one"}

const declaresHandle = "A email=old@example.com name=Ana_Souza ig=ana.one"

var reviews = []review{
	{name: "claim adds the account to the brand and sends nothing to the row's address",
		accounts: []string{declaresHandle},
		rows:     looksLikeA,
		answers:  []string{"1 claim A"},
		want:     []string{"[1] claim decided A link:profile only note:name_differs note:email_differs"},
		next:     []string{"[1] unchanged decided A link:profile only note:name_differs"}},
	{name: "claim of another organization's account attaches nothing to it",
		accounts: []string{declaresHandle + " of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one tt=@ana.talks ext=7"},
		answers:  []string{"1 claim A"},
		want:     []string{"[1] claim decided A link:by mail note:name_differs note:email_differs note:profile_proposed"},
		next: []string{
			"[1] unchanged decided A link:by mail note:name_differs note:profile_proposed",
		}},
	{name: "claim attaches what is new to an account of our own",
		accounts: []string{declaresHandle},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one tt=@ana.talks"},
		answers:  []string{"1 claim A"},
		want: []string{
			"[1] claim decided A link:profile only note:name_differs note:email_differs note:details_added +tiktok/ana.talks",
		},
		next: []string{"[1] unchanged decided A link:profile only note:name_differs"}},
	{name: "claim of one of two leaves the other's handle with it",
		accounts: []string{"A email=ana@example.com name=Ana_Lima", "B email=b@example.com name=Ben_Okafor ig=b.two"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=b.two"},
		answers:  []string{"1 claim A"},
		want:     []string{"[1] claim decided A link:issue note:disputed"},
		next:     []string{"[1] unchanged decided A link:keep note:disputed"}},
	{name: "a blocked account is not claimed",
		accounts: []string{declaresHandle + " blocked="},
		rows:     looksLikeA,
		answers:  []string{"1 claim A"},
		want:     []string{"fault 1: the account is blocked here"}},
	{name: "an account that is no candidate is not claimed",
		accounts: []string{declaresHandle, "B email=b@example.com"},
		rows:     looksLikeA,
		answers:  []string{"1 claim B"},
		want:     []string{"fault 1: the account is none of the candidates"}},
	{name: "create makes a new account whose handle stays with the other",
		accounts: []string{declaresHandle},
		rows:     looksLikeA,
		answers:  []string{"1 create"},
		want:     []string{"[1] create decided link:issue note:disputed +email/ana@example.com +instagram/ana.one"},
		next:     []string{"[1] unchanged decided N1 link:keep note:disputed"}},
	{name: "create takes no external id from another",
		accounts: []string{"A email=old@example.com name=Tom_Berg ext=7"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ext=7"},
		answers:  []string{"1 create"},
		want:     []string{"[1] create decided link:issue note:disputed +email/ana@example.com"},
		next:     []string{"[1] unchanged decided N1 link:keep note:disputed"}},
	{name: "create needs an email that is free",
		accounts: []string{"A email=ana@example.com name=Ana_Lima ig!=ana.one"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.two"},
		answers:  []string{"1 create"},
		want:     []string{"fault 1: the email belongs to an account already"}},
	{name: "create needs an email",
		accounts: []string{
			"A email=old@example.com name=Ana_Souza ig=ana.one",
			"B email=b@example.com tt=@ana.talks",
		},
		rows:    []string{"name=Ana_Lima ig=ana.one tt=@ana.talks"},
		answers: []string{"1 create"},
		want:    []string{"fault 1: a new account needs an email, and the row has none"}},
	{name: "create as contact keeps the agency's address as a contact",
		rows:    twoHandles,
		answers: []string{"1 create as contact", "2 create as contact"},
		want: []string{
			"[1] create decided link:no address contact:talent@agency.example.org +instagram/ana.one",
			"[2] create decided link:no address contact:talent@agency.example.org +instagram/ben.two",
		},
		next: []string{
			"[1] unchanged decided N0 link:no address",
			"[2] unchanged decided N1 link:no address",
		}},
	{name: "create as contact needs something of the person's own",
		accounts: []string{"A email=ab@gmail.com name=Ana_Lima"},
		rows:     []string{"email=a.b@gmail.com name=Ana_Lima"},
		answers:  []string{"1 create as contact"},
		want:     []string{"fault 1: without the address nothing is left to know the person by"}},
	{name: "one of two rows may have the address",
		rows:    twoHandles,
		answers: []string{"1 create", "2 create as contact"},
		want: []string{
			"[1] create decided link:issue +email/talent@agency.example.org +instagram/ana.one",
			"[2] create decided link:no address contact:talent@agency.example.org +instagram/ben.two",
		},
		next: []string{
			"[1] unchanged decided N0 link:keep",
			"[2] unchanged decided N1 link:no address",
		}},
	{name: "both cannot",
		rows:    twoHandles,
		answers: []string{"1 create", "2 create"},
		want:    []string{"fault 2: row 1 and row 2 would both get the address talent@agency.example.org"}},
	{name: "a handle of two goes to the first",
		rows: []string{
			"email=e1@example.com name=Ana_Lima ig=ana.one",
			"email=e2@example.com name=Ben_Okafor ig=ana.one",
		},
		answers: []string{"1 create", "2 create"},
		want: []string{
			"[1] create decided link:issue +email/e1@example.com +instagram/ana.one",
			"[2] create decided link:issue note:disputed +email/e2@example.com +instagram/ana.one",
		},
		next: []string{"[1] unchanged decided N0 link:keep", "[2] unchanged decided N1 link:keep note:disputed"}},
	{name: "same as row joins rows that contradict each other",
		rows:    []string{"email=ana@example.com name=Anna_Kim", "email=ana@example.com name=Tom_Berg"},
		answers: []string{"1 create", "2 same 1"},
		want:    []string{"[1 2] create decided link:issue note:other_name +email/ana@example.com"},
		next:    []string{"[1 2] unchanged decided N0 link:keep note:other_name"}},
	{name: "same as row follows a chain and takes the address of its end",
		rows: []string{
			"email=a.b@gmail.com name=Ana_Lima",
			"email=ab@gmail.com name=Ana_Lima",
			"email=a.b+x@gmail.com name=Ana_Lima",
		},
		answers: []string{"1 same 3", "2 create", "3 same 2"},
		want: []string{
			"[2 1 3] create decided link:issue note:other_spelling note:other_spelling " +
				"+email/a.b+x@gmail.com +email/a.b@gmail.com +email/ab@gmail.com",
		}},
	{name: "in a circle it is refused",
		rows:    []string{"email=ana@example.com name=Anna_Kim", "email=ana@example.com name=Tom_Berg"},
		answers: []string{"1 same 2", "2 same 1"},
		want: []string{
			"fault 1: the rows are said to be the same as each other in a circle",
			"fault 2: the rows are said to be the same as each other in a circle",
		}},
	{name: "and so is a row that is not decided",
		rows:    []string{"email=a.b@gmail.com name=Ana_Lima", "email=ab@gmail.com name=Ana_Lima"},
		answers: []string{"1 same 2"},
		want:    []string{"fault 1: row 2 is not decided here"}},
	{name: "the rows of one person cannot be two accounts",
		accounts: []string{"A email=ana@example.com name=Ana_Lima", "B email=b@example.com name=Ben_Okafor ig=b.two"},
		rows: []string{
			"email=ana@example.com name=Ana_Lima ig=b.two",
			"email=ana@example.com name=Ana_Lima ig=b.two brand=b2",
		},
		answers: []string{"1 claim A", "2 claim B"},
		want:    []string{"fault 2: row 1 and row 2 are one person and are decided differently"}},
	{name: "rows that contradict each other may be",
		accounts: []string{
			"A email=old@example.com name=Ana_Lima ig=ana.one",
			"B email=b@example.com name=Ben_Okafor ig=ben.two",
		},
		rows:    twoHandles,
		answers: []string{"1 claim A", "2 claim B"},
		want: []string{
			"[1] claim decided A link:profile only note:email_differs",
			"[2] claim decided B link:profile only note:email_differs",
		},
		next: []string{
			"[1] unchanged decided A link:profile only",
			"[2] unchanged decided B link:profile only",
		}},
	{name: "all of them have to be decided",
		rows:    twoHandles,
		answers: []string{"2 create as contact"},
		want:    []string{"fault 1: another row of the same person is decided, and this one is not"}},
	{name: "a new email takes the place of the old one and its link",
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one in=b1 link=live"},
		rows:     looksLikeA,
		answers:  []string{"1 new A"},
		want:     []string{"[1] update decided A link:reissue note:new_address address:ana@example.com"},
		next:     []string{"[1] unchanged nothing_new A link:keep"}},
	{name: "without links none is issued for it", policy: inviteNone,
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one in=b1"},
		rows:     looksLikeA,
		answers:  []string{"1 new A"},
		want:     []string{"[1] update decided A link:none note:new_address address:ana@example.com"},
		next:     []string{"[1] unchanged nothing_new A link:none"}},
	{name: "nor while the organization is not active", policy: inactive,
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one in=b1"},
		rows:     looksLikeA,
		answers:  []string{"1 new A"},
		want:     []string{"[1] update decided A link:not now note:new_address address:ana@example.com"},
		next:     []string{"[1] unchanged nothing_new A link:not now"}},
	{name: "nobody who ranks above the reviewer gets a new email", policy: manager,
		accounts: []string{declaresHandle + " in=b1:creator:administrator link=live"},
		rows:     looksLikeA,
		answers:  []string{"1 new A"},
		want:     []string{"fault 1: the account may do more than you: its address is an administrator's to change"}},
	{name: "nor who manages a brand the reviewer does not see",
		policy:   func(p *dedupe.Policy) { manager(p); seesB1(p) },
		accounts: []string{declaresHandle + " in=b1 in=b2:creator:manager"},
		rows:     looksLikeA,
		answers:  []string{"1 new A"},
		want:     []string{"fault 1: the account may do more than you: its address is an administrator's to change"}},
	{name: "nor whom the reviewer does not see at all", policy: seesB1,
		accounts: []string{declaresHandle + " in=b2"},
		rows:     looksLikeA,
		answers:  []string{"1 new A"},
		want:     []string{"fault 1: the account is in brands you do not see"}},
	{name: "nor who was taken into a brand of the reviewer's, and is in others", policy: seesB1,
		accounts: []string{"A email=old@example.com name=Ana_Lima ext=7 in=b1 in=b2 link=live"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ext=7"},
		answers:  []string{"1 new A"},
		want:     []string{"fault 1: the account is in brands you do not see"}},
	{name: "nobody's registered account gets a new email",
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one status=registered"},
		rows:     looksLikeA,
		answers:  []string{"1 new A"},
		want:     []string{"fault 1: the account is not this organization's to change"}},
	{name: "nor another organization's",
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one of=X"},
		rows:     looksLikeA,
		answers:  []string{"1 new A"},
		want:     []string{"fault 1: the account is not this organization's to change"}},
	{name: "skip is a decision and stays held",
		accounts: []string{declaresHandle},
		rows:     looksLikeA,
		answers:  []string{"1 skip"},
		want:     []string{"[1] review skipped"},
		next:     []string{"[1] review skipped"}},
	{name: "somebody erased can only be skipped", erased: "email=ana@example.com",
		rows:    []string{"email=ana@example.com name=Ana_Lima"},
		answers: []string{"1 create"},
		want:    []string{"fault 1: the person was erased earlier"}},
	{name: "but is created again by who may let them come back", erased: "email=ana@example.com ig=ana.one",
		policy:  func(p *dedupe.Policy) { p.MayReadmit = true },
		rows:    []string{"email=ana@example.com name=Ana_Lima ig=ana.one"},
		answers: []string{"1 create"},
		want:    []string{"[1] create decided link:issue +email/ana@example.com +instagram/ana.one marks:2"},
		next:    []string{"[1] unchanged nothing_new N0 link:keep"}},
	{name: "an account that is there is nobody's who was erased", erased: "email=ana@example.com",
		policy:   func(p *dedupe.Policy) { p.MayReadmit = true },
		accounts: []string{declaresHandle},
		rows:     looksLikeA,
		answers:  []string{"1 claim A"},
		want:     []string{"fault 1: the person was erased earlier"}},
	{name: "a block that the list asks for creates nobody",
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one status=blocked"},
		answers:  []string{"1 create"},
		want:     []string{"fault 1: the list says blocked, and somebody new is nobody to block"}},
	{name: "but a claim blocks the account",
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one in=b1"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one status=blocked"},
		answers:  []string{"1 claim A"},
		want:     []string{"[1] update decided A link:ended note:blocked_now"}},
	{name: "and with a new address gets no link to it",
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one in=b1 link=live"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one status=blocked"},
		answers:  []string{"1 new A"},
		want:     []string{"[1] update decided A link:ended note:new_address note:blocked_now address:ana@example.com"}},
	{name: "nor where it is blocked already",
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one in=b1 blocked="},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one status=blocked"},
		answers:  []string{"1 new A"},
		want:     []string{"[1] update already_blocked A link:ended note:new_address address:ana@example.com"}},
	{name: "not one whom the operator may not block", policy: manager,
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one in=b1:staff:administrator"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one status=blocked kind=staff"},
		answers:  []string{"1 claim A"},
		want:     []string{"fault 1: the list says blocked, and you may not block this person"}},
	{name: "an address that an id alone led to can become the account's",
		accounts: []string{"A email=old@example.com name=Ana_Lima ext=7 in=b1 link=live"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ext=7"},
		answers:  []string{"1 new A"},
		want:     []string{"[1] update decided A link:reissue note:new_address address:ana@example.com"}},
	{name: "or stays as it is",
		accounts: []string{"A email=old@example.com name=Ana_Lima ext=7 in=b1 link=live"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ext=7"},
		answers:  []string{"1 claim A"},
		want:     []string{"[1] unchanged decided A link:keep note:email_differs"}},
	{name: "two people of the list who are one account are joined",
		accounts: []string{"A email=old@example.com name=Ana_Lima ig=ana.one tt=@ana.talks"},
		rows: []string{
			"email=e1@example.com name=Ana_Lima ig=ana.one",
			"email=e2@example.com name=Ana_Lima tt=@ana.talks",
		},
		answers: []string{"1 claim A", "2 claim A"},
		want:    []string{"[1 2] claim decided A link:profile only note:email_differs"},
		next: []string{
			"[1] unchanged decided A link:profile only",
			"[2] unchanged decided A link:profile only",
		}},
	{name: "a row that a new address parts from the others stays the same person",
		accounts: []string{"A email=old@example.com name=Ana_Lima ext=7"},
		rows:     []string{"email=new@example.com name=Ana_Lima ext=7 ig=ana.one", "email=old@example.com name=Ana_Lima tt=@ana.talks"},
		answers:  []string{"1 new A", "2 same 1"},
		want:     []string{"[1 2] claim decided A link:issue note:new_address note:details_added address:new@example.com +instagram/ana.one +tiktok/ana.talks"},
		next: []string{
			"[1] unchanged nothing_new A link:keep",
			"[2] unchanged decided A link:profile only",
		}},
	{name: "a row is the person of another with which it shares nothing",
		accounts: []string{declaresHandle, "B email=b@example.com name=Ben_Okafor ig=ben.two"},
		rows:     append(slices.Clone(looksLikeA), "name=Ben_Okafor ig=ben.two relation=manager"),
		answers:  []string{"1 create", "2 same 1"},
		want: []string{
			"[1 2] create decided link:issue note:other_name note:disputed note:disputed +email/ana@example.com +instagram/ana.one +instagram/ben.two",
		},
		next: []string{
			"[1] unchanged decided N2 link:keep note:disputed",
			"[2] unchanged decided N2 link:profile only note:disputed",
		}},
	{name: "what was decided about a row stands when those beside it have gone",
		accounts: []string{declaresHandle},
		rows:     []string{"email=ana@example.com name=Ana_Lima ig=ana.one", "email=ana@example.org name=Ana_L ig=ana.one"},
		answers:  []string{"1 claim A", "2 same 1"},
		want:     []string{"[1 2] claim decided A link:profile only note:other_name note:name_differs note:email_differs"},
		left:     []int{2},
		next:     []string{"[1] unchanged decided A link:profile only"}},
	{name: "the same line twice needs one answer",
		rows:    append(slices.Clone(twoHandles), twoHandles[0]),
		answers: []string{"1 create", "2 create as contact"},
		want: []string{
			"[1 3] create decided link:issue +email/talent@agency.example.org +instagram/ana.one",
			"[2] create decided link:no address contact:talent@agency.example.org +instagram/ben.two",
		},
		next: []string{
			"[1 3] unchanged decided N0 link:keep",
			"[2] unchanged decided N1 link:no address",
		}},
	{name: "what is left blank stays held", accounts: []string{declaresHandle}, rows: looksLikeA},
}

func TestResolve(t *testing.T) {
	for _, c := range reviews {
		t.Run(c.name, func(t *testing.T) {
			w := decisionCase{policy: c.policy, accounts: c.accounts, erased: c.erased, rows: c.rows}.world(t)
			decisions, faults := c.answer(t, w)
			var got []string
			for _, f := range faults {
				got = append(got, fmt.Sprintf("fault %d: %s", f.Row, f.Msg))
			}
			for _, d := range decisions {
				got = append(got, sayWrites(d))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Fatalf("decisions (-want +got):\n%s", diff)
			}
			w.carryOut(decisions)
			if c.left != nil {
				w.records = slices.DeleteFunc(w.records, func(r record.Record) bool { return !slices.Contains(c.left, r.Row) })
				for i := range w.records {
					w.records[i].Row = i + 1
				}
			}
			got = nil
			for _, d := range w.decide(t) {
				got = append(got, say(d))
				if !d.Write.IsZero() || d.Link.Issues() {
					t.Errorf("the night after writes: %s %+v", say(d), d.Write)
				}
			}
			if diff := cmp.Diff(c.next, got); c.next != nil && diff != "" {
				t.Errorf("the night after (-want +got):\n%s", diff)
			}
		})
	}
}

func (c review) answer(t *testing.T, w *world) ([]dedupe.Decision, []dedupe.Fault) {
	t.Helper()
	cases := w.held(t)
	for _, a := range c.answers {
		number, choice, _ := strings.Cut(a, " ")
		row, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		for i := range cases {
			if slices.Contains(cases[i].Match.Person.Rows(), row) {
				r := resolution(choice)
				r.Digest = cases[i].Digest
				cases[i].Answers[row] = r
			}
		}
	}
	return dedupe.Resolve(cases, w.policy)
}

func resolution(text string) dedupe.Resolution {
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "claim":
		return dedupe.Resolution{Choice: dedupe.ChooseClaim, Account: rest}
	case "new":
		return dedupe.Resolution{Choice: dedupe.ChooseNewEmail, Account: rest}
	case "same":
		row, _ := strconv.Atoi(rest)
		return dedupe.Resolution{Choice: dedupe.ChooseSame, Row: row}
	}
	return dedupe.Resolution{Choice: dedupe.Choice(text)}
}

// sayWrites adds to a decision what it gives: keys and profiles, an address.
func sayWrites(d dedupe.Decision) string {
	s := say(d)
	if e := d.Write.Email; e != nil {
		s += " address:" + e.Address
	}
	if n := d.Write.New; n != nil {
		if n.ContactEmail != "" {
			s += " contact:" + n.ContactEmail
		}
		for _, k := range d.NewKeys() {
			if k.Space == "email" {
				s += " +email/" + k.Value
			}
		}
	}
	for _, p := range d.Write.Profiles {
		s += " +" + p.Network + "/" + p.Value
	}
	if n := len(d.Write.Readmit); n > 0 {
		s += fmt.Sprintf(" marks:%d", n)
	}
	return s
}

// What a decision was made on is compared with what there is: a digest that
// misses holds the person again.
func TestDecisionsGoStale(t *testing.T) {
	build := func(account, row string) *world {
		w := newWorld()
		w.account(t, account)
		w.row(t, row)
		return w
	}
	first := build(declaresHandle, looksLikeA[0])
	c := review{answers: []string{"1 claim A"}}
	decisions, _ := c.answer(t, first)
	first.carryOut(decisions)
	for name, change := range map[string]struct {
		w    *world
		held bool
	}{
		"nothing":                          {build(declaresHandle+" in=b1", looksLikeA[0]), false},
		"the name in the list":             {build(declaresHandle+" in=b1", "email=ana@example.com name=Ana_L ig=ana.one"), true},
		"the email in the list":            {build(declaresHandle+" in=b1", "email=ana2@example.com name=Ana_Lima ig=ana.one"), true},
		"what the row asks for":            {build(declaresHandle+" in=b1", looksLikeA[0]+" campaign=b1/c1"), true},
		"the handle went to somebody else": {build("B email=b@example.com name=Ana_Souza ig=ana.one", looksLikeA[0]), true},
		"the account got the row's handle": {build(declaresHandle+" in=b1 tt=@ana.talks", looksLikeA[0]), false},
	} {
		w := change.w
		w.memories = first.memories
		d := w.decide(t)[0]
		if held := d.Action == dedupe.Review; held != change.held {
			t.Errorf("%s: %s", name, say(d))
		}
	}
	w := build(declaresHandle+" in=b1", looksLikeA[0])
	w.account(t, "B email=ana@example.com name=Ana_Lima")
	w.memories = first.memories
	if d := w.decide(t)[0]; d.Action != dedupe.Review {
		t.Errorf("another account has the email now: %s", say(d))
	}
}

// An answer made on evidence that changed meanwhile is refused.
func TestStaleAnswer(t *testing.T) {
	w := newWorld()
	w.account(t, declaresHandle)
	w.row(t, looksLikeA[0])
	cases := w.held(t)
	cases[0].Answers[1] = dedupe.Resolution{Choice: dedupe.ChooseSkip, Digest: cases[0].Digest}
	if _, faults := dedupe.Resolve(cases, w.policy); len(faults) > 0 {
		t.Error(faults)
	}
	cases[0].Digest = "another"
	if _, faults := dedupe.Resolve(cases, w.policy); len(faults) != 1 {
		t.Error(faults)
	}
}

// Options offers what Resolve accepts, and nothing else.
func TestOptions(t *testing.T) {
	for _, c := range []struct {
		accounts, rows []string
		want           string
	}{
		{[]string{declaresHandle}, looksLikeA, "claim A, create, same person, new email A, skip"},
		{[]string{declaresHandle + " of=X"}, looksLikeA, "claim A, create, skip"},
		{[]string{declaresHandle + " blocked="}, looksLikeA, "create, skip"},
		{nil, twoHandles, "create, create as contact, same as row 2, skip"},
		{[]string{"A email=ana@example.com ig!=ana.one"},
			[]string{"email=ana@example.com name=Ana_Lima ig=ana.two"},
			"claim A, create as contact, skip"},
	} {
		w := newWorld()
		for _, a := range c.accounts {
			w.account(t, a)
		}
		for _, r := range c.rows {
			w.row(t, r)
		}
		var got []string
		for _, o := range w.held(t)[0].Match.Options(1, w.policy) {
			text := string(o.Choice)
			if o.Account != "" {
				text += " " + o.Account
			}
			if o.Row != 0 {
				text += fmt.Sprintf(" %d", o.Row)
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%v: -want +got:\n%s", c.rows, diff)
		}
	}
}

// Rows that share nothing are tied by their way through others.
func TestPath(t *testing.T) {
	w := newWorld()
	w.account(t, "A email=c@example.com ext=7")
	w.row(t, "email=e1@example.com name=Ana_Lima yt=@ana.x")
	w.row(t, "name=Ana_Lima yt=@ana.x tt=@ana.talks")
	w.row(t, "name=Ana_Lima tt=@ana.talks ext=7")
	w.row(t, "name=Ana_Lima email=c@example.com")
	m := w.matches(t)[0]
	var got []string
	for _, tie := range dedupe.Path(m, "O") {
		got = append(got, fmt.Sprintf("%d-%d %s %s", tie.Row, tie.Other, tie.Key.Space, tie.Account))
	}
	want := []string{"2-1 youtube ", "3-2 tiktok ", "4-3 email A"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if way := dedupe.Ways(dedupe.Path(m, "O"))(4); len(way) != 3 || way[2].Other != 1 {
		t.Errorf("the way from row 4: %+v", way)
	}
}
