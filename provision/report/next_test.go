package report

import (
	"fmt"
	"strings"
	"testing"

	"muster/importer/reason"
	"muster/importer/record"
	"muster/provision"
)

// A row that is rejected for a name that the organization does not have has that
// problem, too: it is one row.
func TestRowsThatAskForMoreAreCountedOnce(t *testing.T) {
	row := func(n int, why reason.Code, more ...reason.Code) provision.Line {
		l := provision.Line{Record: record.Record{Row: n, Place: record.Place{File: "a.csv", Line: n + 1}}, Outcome: provision.Rejected, Reason: why}
		for _, code := range append(more, why) {
			l.Problems = append(l.Problems, record.Problem{Column: "Brand", Code: code, Fatal: true, Message: fmt.Sprintf("there is no brand %q; the brands are: %q", "A"+fmt.Sprint(n), "B")})
		}
		return l
	}
	page := webpageAlone(t, seq([]provision.Line{
		row(1, reason.UnknownBrand, reason.UnknownBrand, reason.UnknownCampaign),
		row(2, reason.UnknownCampaign),
		row(3, reason.EmailMalformed),
	}), provision.Summary{Run: account(1), Command: "import", Rows: 3, Lists: []provision.ListInfo{{File: "a.csv", Rows: 3}},
		Outcomes: map[provision.Outcome]int{provision.Rejected: 3}})
	for _, want := range []string{
		"<p>2 rows ask for a brand, campaign, product or role that the organization does not have. Correct the names, or have them added. Asked for are: &#34;A1&#34; (1), &#34;A2&#34; (1).</p>",
		`The organization has no such brand</td><td class="n" data-label="Rows">1</td><td data-label="First places">line 2</td>`,
		`The brand has no such campaign</td><td class="n" data-label="Rows">2</td><td data-label="First places">line 2, line 3</td>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
}
