package dedupe_test

import (
	"testing"

	"muster/dedupe"
)

// staffByMail is a list of staff who are invited by mail.
func staffByMail(p *dedupe.Policy) {
	staffList(p)
	byMail(p)
}

var mailingCases = []decisionCase{
	{name: "somebody new is mailed their link", policy: byMail,
		rows: []string{"email=ana@example.com name=Ana_Lima"},
		want: []string{"[1] create new_person link:issue mail:invite+link"}},
	{name: "without --invite mail nobody is mailed anything",
		rows: []string{"email=ana@example.com name=Ana_Lima"},
		want: []string{"[1] create new_person link:issue"}},
	{name: "a live link is mailed once", policy: byMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] unchanged nothing_new A link:keep"}},
	{name: "an expired one is mailed anew where that is asked for", policy: func(p *dedupe.Policy) { byMail(p); reissue(p) },
		accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=expired"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] update reissued A link:reissue mail:invite+link"}},
	{name: "another organization's account gets its link by mail", policy: byMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] claim email_match A link:issue mail:invite+link"}},
	{name: "but not while any is live, and learns who added it", policy: byMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima of=X link=live"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] claim email_match A link:by mail mail:claimed"}},
	{name: "a profile alone mails another organization's account nothing", policy: func(p *dedupe.Policy) { byMail(p); claimProfile(p) },
		accounts: []string{"A email=ana@example.com name=Ana_Lima ig=@ana.one of=X"},
		rows:     []string{"ig=@ana.one name=Ana_Lima"},
		want:     []string{"[1] claim profile_match A link:profile only"}},
	{name: "somebody registered learns who added them", policy: byMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] claim email_match A link:needless mail:claimed"}},
	{name: "or not, where that is asked for", policy: func(p *dedupe.Policy) { byMail(p); p.NoClaimNotice = true },
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X"},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] claim email_match A link:needless"}},
	{name: "staff with a dashboard get one mail, about that, with their link", policy: staffByMail,
		rows: []string{"email=ana@example.com name=Ana_Lima role=manager"},
		want: []string{"[1] create new_person link:issue mail:dashboard+link"}},
	{name: "somebody registered who may use the dashboard now is told so", policy: staffByMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered in=b1:staff:member"},
		rows:     []string{"email=ana@example.com name=Ana_Lima role=manager"},
		want:     []string{"[1] update role_raised A link:needless mail:dashboard"}},
	{name: "and not a second time", policy: staffByMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered in=b1:staff:manager"},
		rows:     []string{"email=ana@example.com name=Ana_Lima role=administrator"},
		want:     []string{"[1] update role_raised A link:needless mail:administrator-added"}},
	{name: "the other administrators learn of a new one", policy: staffByMail,
		rows: []string{"email=ana@example.com name=Ana_Lima role=administrator"},
		want: []string{"[1] create new_person link:issue mail:dashboard+link mail:administrator-added"}},
	{name: "under single sign-on people are told where to sign in", policy: func(p *dedupe.Policy) { byMail(p); singleSignOn(p) },
		rows: []string{"email=ana@example.com name=Ana_Lima"},
		want: []string{"[1] create new_person link:sign in mail:welcome-sso"}},
	{name: "whoever is blocked is mailed nothing", policy: byMail,
		accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 blocked="},
		rows:     []string{"email=ana@example.com name=Ana_Lima"},
		want:     []string{"[1] blocked blocked_here A"}},
}

func TestWhoIsMailedWhat(t *testing.T) { tryDecisions(t, mailingCases) }
