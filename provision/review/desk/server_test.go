package desk

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"muster/provision/locale"
	"muster/provision/review"
	"muster/provision/words"
)

// get asks for a page as a browser does.
func (w *world) get(path string) (int, string) {
	w.t.Helper()
	return w.do(http.MethodGet, w.base+path, nil, nil)
}

// post sends a form of the review.
func (w *world) post(path string, pairs ...string) (int, string) {
	w.t.Helper()
	form := url.Values{"form": {w.desk.door.form}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return w.do(http.MethodPost, w.base+w.desk.door.room+path, form, nil)
}

func (w *world) do(method, address string, form url.Values, change func(*http.Request)) (int, string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if change != nil {
		change(r)
	}
	answer, err := w.client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	if answer.Header.Get("Content-Security-Policy") != contentPolicy || answer.Header.Get("Referrer-Policy") != "no-referrer" {
		w.t.Errorf("%s %s: headers %v", method, address, answer.Header)
	}
	if strings.Contains(string(body), "must never be seen") || strings.Contains(string(body), "hidden@example.org") {
		w.t.Errorf("%s shows an account that the operator may not see", address)
	}
	return answer.StatusCode, string(body)
}

// enter opens the address that was printed.
func (w *world) enter() *world {
	w.t.Helper()
	if status, page := w.get(strings.TrimPrefix(w.address, w.base)); status != http.StatusOK || !strings.Contains(page, w.desk.in.Say("Who are these people?")) {
		w.t.Fatalf("status %d\n%s", status, page)
	}
	return w
}

// decide answers a row as its page would, and returns the page that follows.
func (w *world) decide(row, option string) (int, string) {
	w.t.Helper()
	_, page := w.get(w.desk.door.room + "/row/" + row)
	return w.post("/decide", "row", row, "is", hidden(page, "is"), "seen", hidden(page, "seen"), "option", option)
}

// hidden is a value that a form carries.
func hidden(page, name string) string {
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		return "no " + name
	}
	return m[1]
}

func expect(t *testing.T, status, want int, page string, texts ...string) {
	t.Helper()
	if status != want {
		t.Errorf("status %d, want %d\n%s", status, want, page)
	}
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("%q is not in\n%s", text, page)
		}
	}
}

func TestTheAddressOpensOnce(t *testing.T) {
	w := open(t, 4)
	status, page := w.get("/open/somebodyelse")
	expect(t, status, http.StatusNotFound, page, "not the address that muster printed")
	status, page = w.get(w.desk.door.room + "/")
	expect(t, status, http.StatusForbidden, page, "did not open the review")
	w.enter()
	status, page = w.get(strings.TrimPrefix(w.address, w.base))
	expect(t, status, http.StatusGone, page, "opens once")
	w.client = &http.Client{} // another browser
	status, page = w.get(w.desk.door.room + "/row/1")
	expect(t, status, http.StatusForbidden, page, "did not open the review")
	if strings.Contains(page, "Ana") {
		t.Error("a stranger sees a person")
	}
}

func TestWhoComesFromElsewhereIsRefused(t *testing.T) {
	w := open(t, 4).enter()
	decide := url.Values{"form": {w.desk.door.form}, "row": {"1"}, "is": {"1"}, "seen": {""}, "option": {"create"}}
	for name, c := range map[string]struct {
		form   url.Values
		change func(*http.Request)
		status int
	}{
		"another host":        {decide, func(r *http.Request) { r.Host = "evil.example.com" }, http.StatusMisdirectedRequest},
		"another port":        {decide, func(r *http.Request) { r.Host = "127.0.0.1:1" }, http.StatusMisdirectedRequest},
		"a page of another":   {decide, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusForbidden},
		"another local port":  {decide, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, http.StatusForbidden},
		"an older browser":    {decide, foreignOrigin, http.StatusForbidden},
		"a form without word": {url.Values{"row": {"1"}, "option": {"create"}}, nil, http.StatusForbidden},
		"a form too large":    {url.Values{"form": {strings.Repeat("x", maxForm)}}, nil, http.StatusRequestEntityTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			status, page := w.do(http.MethodPost, w.base+w.desk.door.room+"/decide", c.form, c.change)
			expect(t, status, c.status, page)
		})
	}
	if status, page := w.do(http.MethodDelete, w.base+w.desk.door.room+"/decide", decide, nil); status != http.StatusForbidden {
		t.Errorf("status %d\n%s", status, page)
	}
	if got := count(w.desk.sitting); got.Decided != 0 {
		t.Errorf("%d rows are decided", got.Decided)
	}
}

func foreignOrigin(r *http.Request) {
	r.Header.Del("Sec-Fetch-Site")
	r.Header.Set("Origin", "http://127.0.0.1:1")
}

// A row is shown with what may be decided about it, and nothing else is taken.
func TestARowBesideItsAccounts(t *testing.T) {
	w := open(t, 4).enter()
	status, page := w.get(w.desk.door.room + "/row/1")
	expect(t, status, http.StatusOK, page, "The list says, line 2 of creators.csv", "Ana Souza <span class=\"how yes\">alike</span>",
		"old@example.com <span class=\"how not\">differs</span>", "ana.sample (connected) <span class=\"how yes\">the same</span>",
		"registered, creator in outdoor", "Shares the Instagram profile ana.sample: not proven", "Somebody new", "Gold")
	_, page = w.get(w.desk.door.room + "/row/2")
	expect(t, status, http.StatusOK, page, "Not shown: this account is not yours to see.", "Shares the Instagram profile henri.sample: sure")
	_, page = w.get(w.desk.door.room + "/row/4")
	expect(t, status, http.StatusOK, page, "Line 4 and line 5 share the email talent@agency.example.org", "Held together with line 4", "The same person as line 4")
	status, page = w.decide("1", "claim B")
	expect(t, status, http.StatusConflict, page, "That was not taken", "not possible for row 1")
	status, page = w.get(w.desk.door.room + "/row/6")
	expect(t, status, http.StatusNotFound, page)
}

func TestDecidingUndoingAndGoingOn(t *testing.T) {
	w := open(t, 4).enter()
	status, page := w.decide("1", "claim A")
	expect(t, status, http.StatusOK, page, "Row 2 of 5", "1 of 5 decided")
	status, page = w.decide("2", "")
	expect(t, status, http.StatusOK, page, "Row 3 of 5", "1 left for later")
	status, page = w.post("/undo")
	expect(t, status, http.StatusOK, page, "Row 2 of 5")
	_, page = w.get(w.desk.door.room + "/?state=decided")
	expect(t, status, http.StatusOK, page, "Rows 1 to 1 of 1", "<b>It is A</b>")
	status, page = w.get(w.desk.door.room + "/?reason=shared_address")
	expect(t, status, http.StatusOK, page, "Rows 1 to 2 of 2", "Ben Okafor", "Cy Dane")
	if strings.Contains(page, "Ana Lima") {
		t.Error("a row of another reason is listed")
	}
	// Within a reason one goes on with rows of that reason, and then to the list.
	_, page = w.post("/decide", "row", "3", "is", "3", "seen", "", "option", "create", "reason", "shared_address")
	expect(t, status, http.StatusOK, page, "Row 4 of 5")
	_, page = w.post("/decide", "row", "4", "is", "4", "seen", "", "option", "create", "reason", "shared_address")
	expect(t, status, http.StatusOK, page, "Who are these people?")
}

// Sent twice an answer counts once; a window that shows an older answer changes
// nothing.
func TestTwoWindows(t *testing.T) {
	w := open(t, 4).enter()
	form := []string{"row", "1", "is", "1", "seen", "", "option", "claim A"}
	status, page := w.post("/decide", form...)
	expect(t, status, http.StatusOK, page, "Row 2 of 5")
	version := w.desk.version
	status, page = w.post("/decide", form...)
	expect(t, status, http.StatusOK, page, "Row 2 of 5")
	if w.desk.version != version {
		t.Error("an answer that was sent twice counts twice")
	}
	form[7] = "create"
	status, page = w.post("/decide", form...)
	expect(t, status, http.StatusConflict, page, "answered in another window", "Decided: <b>It is A</b>")
	form[3] = "7"
	status, page = w.post("/decide", form...)
	expect(t, status, http.StatusConflict, page, "others by now")
	status, page = w.decide("1", "create")
	expect(t, status, http.StatusOK, page, "Row 2 of 5")
	if option, _ := w.desk.sitting.Answered(0); option != "create" {
		t.Errorf("the answer is %q", option)
	}
}

// Rows that are left for later are no reason to say that nothing waits.
func TestSomeAreLeft(t *testing.T) {
	w := open(t, 2).enter()
	w.decide("1", "create")
	_, page := w.get(w.desk.door.room + "/apply")
	_, page = w.post("/apply", "version", hidden(page, "version"))
	status, page := w.post("/confirm", "version", hidden(page, "version"), "answer", "yes")
	expect(t, status, http.StatusOK, page, "1 person is in; 1 row is not decided yet.",
		"1 row is not decided yet, and stays held. Go on with it whenever you like.", "<code>muster review run --browser</code>")
	if strings.Contains(page, "Nothing to do.") {
		t.Error("there is nothing to do, although a row is left")
	}
}

func TestApplying(t *testing.T) {
	w := open(t, 2).enter()
	_, page := w.get(w.desk.door.room + "/apply")
	expect(t, 200, 200, page, "Nothing is decided yet")
	w.decide("1", "create")
	status, page := w.decide("2", "claim B")
	expect(t, status, http.StatusOK, page, "What you decided", "Somebody new <span", "It is the account <span", "It is B (Henri Exemple, henri@example.com)")
	old := hidden(page, "version")
	w.decide("1", "claim A")
	status, page = w.post("/apply", "version", old)
	expect(t, status, http.StatusOK, page, "What you decided") // another window went on meanwhile: look at it first
	status, page = w.post("/apply", "version", hidden(page, "version"))
	expect(t, status, http.StatusOK, page, "What will happen", "Nothing is written yet", "2 invite links will be issued")
	status, page = w.decide("1", "create")
	expect(t, status, http.StatusOK, page, "What will happen") // it is too late for that
	status, page = w.post("/confirm", "version", hidden(page, "version"), "answer", "no")
	expect(t, status, http.StatusOK, page, "Nothing was written. What you decided is kept.", "2 of 2 decided")
	_, page = w.post("/apply", "version", hidden(page, "version"))
	confirm := []string{"version", hidden(page, "version"), "answer", "yes"}
	status, page = w.post("/confirm", confirm...)
	expect(t, status, http.StatusOK, page, "2 people are in; nothing waits for you.", "muster-runs/0198c0de")
	status, page = w.post("/confirm", confirm...)
	expect(t, status, http.StatusOK, page, "2 people are in")
	if len(w.applied) != 1 || len(w.applied[0].All) != 2 || w.applied[0].All[0].Decision != "claim A" {
		t.Errorf("applied: %+v", w.applied)
	}
	status, page = w.post("/end")
	expect(t, status, http.StatusOK, page, "The review is closed")
	if c := <-w.closed; !c.Applied || c.Summary.Rows != 2 || c.Failed != nil {
		t.Errorf("closed: %+v", c)
	}
}

// What cannot be applied is named, and leads to its row.
func TestAnswersThatCannotBeApplied(t *testing.T) {
	w := open(t, 4).enter()
	w.refuse = &review.Error{Path: "review", Faults: []review.CellFault{
		{Cell: "line 5", Msg: "row 4: another row of the same person is not decided", Hint: "decide it, too"},
	}}
	w.decide("3", "create")
	_, page := w.get(w.desk.door.room + "/apply")
	status, page := w.post("/apply", "version", hidden(page, "version"))
	expect(t, status, http.StatusOK, page, "Nothing was applied, because not all of it can be", `/row/4">line 5</a>`,
		"Line 5: another row of the same person is not decided. Decide it, too.", "1 of 5 decided")
	w.post("/end")
	if c := <-w.closed; c.Applied || c.Failed == nil {
		t.Errorf("closed: %+v", c)
	}
}

// Where others decided meanwhile, one goes on with the rest, and may still take an
// answer back; a row is named once.
func TestOthersDecidedMeanwhile(t *testing.T) {
	w := openIn(t, 4, words.In{Language: locale.German}).enter()
	w.refuse = &review.Error{Path: "review", Faults: []review.CellFault{
		{Cell: "Zeile 10", Msg: "the person is no longer held", Hint: "export the review again", Settled: true},
		{Cell: "line 5", Msg: "another row of the same person is not decided", Hint: "decide it, too", Row: 4},
	}}
	w.decide("3", "create")
	_, page := w.get(w.desk.door.room + "/apply")
	status, page := w.post("/apply", "version", hidden(page, "version"))
	expect(t, status, http.StatusOK, page, "Zeile 10: Über diese Zeile hat inzwischen jemand anders entschieden. Ihre Antwort wurde weggelassen: wenden Sie die übrigen an.",
		`/row/4">Zeile 5</a>: `, `data-key="u"`)
	if strings.Contains(page, "exportieren") || strings.Contains(page, "</a>: Zeile") {
		t.Error("the page says what is for a workbook, or a row twice")
	}
	status, page = w.post("/undo")
	expect(t, status, http.StatusOK, page, "Zeile 3 von 5")
}

// Keys go up in the order in which the answers stand.
func TestKeysAreInOrder(t *testing.T) {
	w := open(t, 4).enter()
	for row := 1; row <= 5; row++ {
		_, page := w.get(fmt.Sprintf("%s/row/%d", w.desk.door.room, row))
		for i, key := range regexp.MustCompile(`data-key="([0-9])"`).FindAllStringSubmatch(page, -1) {
			if key[1] != fmt.Sprint(i+1) {
				t.Errorf("row %d: answer %d has the key %s", row, i+1, key[1])
			}
		}
	}
}

// Where no account is near, nothing is said of candidates.
func TestNobodyNear(t *testing.T) {
	w := open(t, 4).enter()
	_, page := w.get(w.desk.door.room + "/row/4")
	expect(t, 200, 200, page, "Nobody on the platform looks like this row", "Make a new account.")
	if strings.Contains(page, "None of the candidates") {
		t.Error("candidates are spoken of where there are none")
	}
}

// The answers are kept where the review ends before they were applied, also while
// it asks about the plan.
func TestEndingAtThePlan(t *testing.T) {
	w := open(t, 1).enter()
	_, page := w.decide("1", "create")
	_, page = w.post("/apply", "version", hidden(page, "version"))
	expect(t, 200, 200, page, "What will happen")
	w.stop()
	if c := <-w.closed; c.Applied || len(w.applied) != 0 {
		t.Errorf("closed: %+v", c)
	}
	if got := w.desk.sitting.Answers().All; len(got) != 1 {
		t.Errorf("%d answers are kept", len(got))
	}
}

func TestADeskThatNobodyUsesCloses(t *testing.T) {
	w := open(t, 1)
	w.desk.mu.Lock()
	w.desk.asked = time.Now().Add(-2 * time.Hour)
	left := w.desk.Idle - time.Since(w.desk.asked)
	w.desk.mu.Unlock()
	if left > 0 || w.desk.left() > 0 {
		t.Errorf("%s left", w.desk.left())
	}
	w.desk.mu.Lock()
	w.desk.asked, w.desk.stage = time.Now(), applied
	w.desk.mu.Unlock()
	if left := w.desk.left(); left > afterwards {
		t.Errorf("%s left to look at the result", left)
	}
}

func TestAListOfManyPages(t *testing.T) {
	w := open(t, 2000).enter()
	_, page := w.get(w.desk.door.room + "/")
	expect(t, 200, 200, page, "Rows 1 to 50 of 2,500", "Further rows", "for any reason (2,500)")
	_, page = w.get(w.desk.door.room + "/?page=50")
	expect(t, 200, 200, page, "Rows 2,451 to 2,500 of 2,500", "Earlier rows")
	_, page = w.get(w.desk.door.room + "/?page=99")
	expect(t, 200, 200, page, "Rows 2,451 to 2,500 of 2,500")
}

// A row of a workbook is named with its sheet.
func TestTheCardOfARowNamesItsSheet(t *testing.T) {
	held := heldPeople(1)
	held.Lists[0].File, held.Lists[0].Sheet = "lists/creators.xlsx", "Spring"
	s, err := review.Sit(held, filepath.Join(t.TempDir(), "answers.json"), words.In{})
	if err != nil {
		t.Fatal(err)
	}
	if got := rowCard(s, held.People[0].Rows[0], "The list says, %s").Title; got != "The list says, line 2 of creators.xlsx, sheet Spring" {
		t.Error(got)
	}
}
