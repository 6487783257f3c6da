package dedupe_test

import (
	"testing"

	"muster/dedupe"
)

// asking is the policy of an organization whose people of others are asked.
func asking(p *dedupe.Policy) { p.ClaimConsent = true }

func askingByMail(p *dedupe.Policy) {
	asking(p)
	byMail(p)
}

var offerCases = []decisionCase{
	{name: "somebody registered is asked before they are added, however people are invited", policy: asking,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] claim membership_offered A link:asked mail:consent offer:b1:member[][]"}},
	{name: "another organization's account is asked, and gets no invite link", policy: askingByMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima campaign=b1/c1"},
		want:     []string{"[1] claim membership_offered A link:asked mail:consent offer:b1:member[b1/c1][]"}},
	{name: "the organization's own people are not asked", policy: asking,
		accounts: []string{"A email=ana@example.com name=Ana_Lima in=b2 link=live"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] claim email_match A link:keep"}},
	{name: "while they have not answered nothing is done", policy: askingByMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X offer=b1"},
		rows:     []string{"email=ana@example.com name=Ana_Lima campaign=b1/c1 ext=7"},
		want:     []string{"[1] unchanged awaits_consent A link:asked"}},
	{name: "whoever declined is not asked again", policy: func(p *dedupe.Policy) { askingByMail(p); reissue(p) },
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X offer=b1!"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] unchanged declined A link:asked"}},
	{name: "a question whose link has expired is asked again where that is wanted",
		policy:   func(p *dedupe.Policy) { asking(p); reissue(p); p.Now = now.AddDate(0, 2, 0) },
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X offer=b1"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] claim membership_offered A link:asked mail:consent offer:b1:member[][]"}},
	{name: "each brand is asked for by itself", policy: asking,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X offer=b1"},
		rows:     []string{"email=ana@example.com name=Ana_Lima brand=b1,b2"},
		want:     []string{"[1] claim membership_offered A link:asked mail:consent offer:b2:member[][]"}},
	{name: "an id is not written down before they accept", policy: asking,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ext=7"},
		want:     []string{"[1] claim membership_offered A link:asked mail:consent offer:b1:member[][]"}},
	{name: "what needs no question is added all the same", policy: asking,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X in=b1 offer=b2"},
		rows:     []string{"email=ana@example.com name=Ana_Lima brand=b1,b2 campaign=b1/c1"},
		want:     []string{"[1] update access_added A link:needless"}},
	{name: "a profile alone asks nobody", policy: func(p *dedupe.Policy) { asking(p); claimProfile(p) },
		accounts: []string{"A email=ana@example.com name=Ana_Lima ig=@ana.one status=registered of=X"},
		rows:     []string{"ig=@ana.one name=Ana_Lima"},
		want:     []string{"[1] review cannot_be_asked"}},
	{name: "claims are held where that is asked for", policy: func(p *dedupe.Policy) { asking(p); holdEmails(p) },
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] review email_match_held"}},
}

func TestWhoIsAskedFirst(t *testing.T) { tryDecisions(t, offerCases) }

// An id that a person brings is written once they are in, not with the question.
func TestNothingIsGivenToWhoeverIsAsked(t *testing.T) {
	w := decisionCase{policy: asking,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima ext=7 tier=Gold campaign=b1/c1"},
	}.world(t)
	d := w.decide(t)[0]
	d.Write.Offers = nil
	d.Write.Attributes = nil // of the membership that is offered
	if !d.Write.IsZero() {
		t.Errorf("written at once: %+v", d.Write)
	}
}
