package dedupe_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/importer/record"
)

type decisionCase struct {
	name     string
	policy   func(*dedupe.Policy)
	accounts []string
	erased   string // network=value of an erased person
	rows     []string
	want     []string
}

func staffList(p *dedupe.Policy)      { p.Kind = record.Staff }
func claimProfile(p *dedupe.Policy)   { p.OnProfileMatch = dedupe.ClaimMatches }
func reissue(p *dedupe.Policy)        { p.ReissueExpired = true }
func holdEmails(p *dedupe.Policy)     { p.OnEmailMatch = dedupe.HoldMatches }
func inviteNone(p *dedupe.Policy)     { p.Invite = dedupe.InviteNone }
func singleSignOn(p *dedupe.Policy)   { p.SSO = true }
func manager(p *dedupe.Policy)        { p.OperatorRank = 50 }
func seesB1(p *dedupe.Policy)         { p.VisibleBrands = []string{"b1"} }
func mayNotActivate(p *dedupe.Policy) { p.MayActivate = false }

// The decisions of the table, case by case. The numbered ones are the
// product's own worked cases.
var decisionCases = []decisionCase{
	{name: "1 a new email and name are created", rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] create new_person link:issue"}},
	{name: "2 a registered account is claimed without a link", accounts: []string{"A email=ana@example.com name=Ana_Lima status=registered of=X"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] claim email_match A link:needless"}},
	{name: "3 an account in the brand keeps its live link", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] unchanged nothing_new A link:keep"}},
	{name: "4 an expired link is said to be expired", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=expired"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] unchanged nothing_new A link:expired"}},
	{name: "4b an expired link is renewed when asked", policy: reissue, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=expired"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] update reissued A link:reissue"}},
	{name: "5 somebody never invited is invited", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] update invited A link:issue"}},
	{name: "5b but not where no links are issued", policy: inviteNone, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] unchanged nothing_new A link:none"}},
	{name: "6 another organization's account is claimed, its link is not ours", accounts: []string{"A email=ana@example.com name=Ana_Lima of=X link=live"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] claim email_match A link:by mail"}},
	{name: "7 a new campaign updates", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live"},
		rows: []string{"email=ana@example.com name=Ana_Lima campaign=b1/c1"}, want: []string{"[1] update access_added A link:keep"}},
	{name: "8 a role mailbox is created", rows: []string{"email=info@studio.example.com name=Studio_Nine"}, want: []string{"[1] create new_person link:issue"}},
	{name: "8b and is unchanged the second time", accounts: []string{"A email=info@studio.example.com name=Studio_Nine in=b1 link=live"},
		rows: []string{"email=info@studio.example.com name=Studio_Nine"}, want: []string{"[1] unchanged nothing_new A link:keep"}},
	{name: "a role mailbox alone on a stranger's account is held", accounts: []string{"A email=info@studio.example.com name=Studio_Nine of=X"},
		rows: []string{"email=info@studio.example.com name=Ben_Okafor"}, want: []string{"[1] review looks_like"}},
	{name: "9 a creator in a staff list is held", policy: staffList, accounts: []string{"A email=ana@example.com in=b1"},
		rows: []string{"email=ana@example.com"}, want: []string{"[1] review kind_differs note:kind_differs"}},
	{name: "10 another handle than the declared one is reported", accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one"},
		rows: []string{"email=ana@example.com name=Ana_Lima ig=ana.two"}, want: []string{"[1] claim email_match A link:issue note:handle_differs"}},
	{name: "11 another handle than the connected one is a conflict", accounts: []string{"A email=ana@example.com name=Ana_Lima ig!=ana.one"},
		rows: []string{"email=ana@example.com name=Ana_Lima ig=ana.two"}, want: []string{"[1] review connected_differs note:connected_differs"}},
	{name: "12 an unrelated name is reported", accounts: []string{"A email=ana@example.com name=Tom_Berg of=X"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] claim email_match A link:by mail note:name_differs"}},
	{name: "12b but held where the external id is another as well", accounts: []string{"A email=ana@example.com name=Tom_Berg ext=7"},
		rows: []string{"email=ana@example.com name=Ana_Lima ext=8"}, want: []string{"[1] review nothing_else_agrees"}},
	{name: "12c another external id alone is reported", accounts: []string{"A email=ana@example.com name=Tom_Berg ext=7"},
		rows: []string{"email=ana@example.com ext=8"}, want: []string{"[1] claim email_match A link:issue note:external_id_differs"}},
	{name: "12d and so it is where a word of the name agrees", accounts: []string{"A email=ana@example.com name=Ana_Souza ext=7"},
		rows: []string{"email=ana@example.com name=Ana_Lima ext=8"}, want: []string{"[1] claim email_match A link:issue note:name_differs note:external_id_differs"}},
	{name: "12e or a declared handle", accounts: []string{"A email=ana@example.com name=Tom_Berg ext=7 ig=ana.one"},
		rows: []string{"email=ana@example.com name=Ana_Lima ext=8 ig=ana.one"}, want: []string{"[1] claim email_match A link:issue note:name_differs note:external_id_differs"}},
	{name: "13 a new email with a declared handle looks like its account", accounts: []string{"A email=old@example.com name=Ana_Souza ig=ana.one"},
		rows: []string{"email=ana@example.com name=Ana_Lima ig=ana.one"}, want: []string{"[1] review looks_like"}},
	{name: "13b and claims it when asked and the names agree", policy: claimProfile, accounts: []string{"A email=old@example.com name=Ana_Souza ig=ana.one"},
		rows: []string{"email=ana@example.com name=Ana_Lima ig=ana.one"}, want: []string{"[1] claim profile_match A link:profile only note:name_differs note:email_differs"}},
	{name: "13c but not when the names share nothing", policy: claimProfile, accounts: []string{"A email=old@example.com name=Tom_Berg ig=ana.one"},
		rows: []string{"email=ana@example.com name=Ana_Lima ig=ana.one"}, want: []string{"[1] review looks_like"}},
	{name: "14 a declared handle in the brand is unchanged", accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one in=b1"},
		rows: []string{"name=Ana_Lima ig=ana.one"}, want: []string{"[1] unchanged nothing_new A link:profile only"}},
	{name: "15 a connected handle claims", accounts: []string{"A email=ana@example.com name=Ana_Lima ig!=ana.one status=registered of=X"},
		rows: []string{"ig=ana.one"}, want: []string{"[1] claim connected_match A link:needless"}},
	{name: "15b but not where the external id is all there is to compare, and another", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7 ig!=ana.one"},
		rows: []string{"ig=ana.one ext=8"}, want: []string{"[1] review nothing_else_agrees"}},
	{name: "15c the same id agrees", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7 ig!=ana.one"},
		rows: []string{"ig=ana.one ext=7 name=Tom_Berg"}, want: []string{"[1] claim external_id_match A link:issue note:name_differs"}},
	{name: "16 the email of one and the handle of another is a conflict", accounts: []string{"A email=ana@example.com name=Ana_Lima", "B email=b@example.com ig=b.two"},
		rows: []string{"email=ana@example.com name=Ana_Lima ig=b.two"}, want: []string{"[1] review accounts_conflict"}},
	{name: "17 the email decides, the mailbox of another does not matter", accounts: []string{"A email=a.b@gmail.com name=Ana_Lima in=b1 link=live", "B email=ab@gmail.com name=Abe_Odd"},
		rows: []string{"email=a.b@gmail.com name=Ana_Lima"}, want: []string{"[1] unchanged nothing_new A link:keep"}},
	{name: "18 two spellings of one mailbox are both held", rows: []string{"email=a.b@gmail.com name=Ana_Lima", "email=ab@gmail.com name=Ana_Lima"},
		want: []string{"[1] review same_mailbox", "[2] review same_mailbox"}},
	{name: "18b unless their handles differ: an agency's tagged addresses", rows: []string{"email=studio+ana@gmail.com name=Ana_Lima ig=ana.one", "email=studio+ben@gmail.com name=Ben_Okafor ig=ben.two"},
		want: []string{"[1] create new_person link:issue", "[2] create new_person link:issue"}},
	{name: "18c a mailbox that is somebody's is held", accounts: []string{"A email=ab@gmail.com name=Ana_Lima"},
		rows: []string{"email=a.b@gmail.com name=Ana_Lima"}, want: []string{"[1] review looks_like"}},
	{name: "18d whatever the handles", accounts: []string{"A email=studio+ana@gmail.com name=Ana_Lima ig=ana.one"},
		rows: []string{"email=studio+ben@gmail.com name=Ben_Okafor ig=ben.two"}, want: []string{"[1] review looks_like"}},
	{name: "19 the email decides, somebody else's website does not matter", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live", "B email=b@example.com name=Ben_Okafor site=https://agency.example.org"},
		rows: []string{"email=ana@example.com name=Ana_Lima site=https://agency.example.org"}, want: []string{"[1] update details_added A link:keep"}},
	{name: "21 one agency mailbox with two handles is held", rows: []string{"email=talent@agency.example.org name=Ana_Lima ig=ana.one", "email=talent@agency.example.org name=Ben_Okafor ig=ben.two"},
		want: []string{"[1 2] review shared_address"}},
	{name: "22 one email with unrelated names is held", rows: []string{"email=ana@example.com name=Anna_Kim", "email=ana@example.com name=Tom_Berg"},
		want: []string{"[1 2] review names_share_nothing"}},
	{name: "22b but not one name in two spellings", rows: []string{"email=team@example.com name=Jürgen_Müller", "email=team@example.com name=Juergen_Mueller"},
		want: []string{"[1 2] create new_person link:issue"}},
	{name: "23 one person of two kinds is held", rows: []string{"email=ana@example.com name=Ana_Lima ig=ana.one kind=creator", "email=ana@example.com name=Ana_Lima ig=ana.one kind=client"},
		want: []string{"[1 2] review kinds_differ"}},
	{name: "24 the same line twice is one person", rows: []string{"email=ana@example.com name=Ana_Lima", "email=ana@example.com name=Ana_Lima"},
		want: []string{"[1 2] create new_person link:issue"}},
	{name: "25 a row without email joins by handle", rows: []string{"name=Ana_Lima ig=ana.one", "email=ana@example.com name=Ana_Lima ig=ana.one"},
		want: []string{"[1 2] create new_person link:issue"}},
	{name: "26 but not one that cannot be used", rows: []string{"name=Ana_Lima ig=ana.one", "malformed= name=Ana_Lima ig=ana.one"},
		want: []string{"[1] reject email_needed", "[2] reject email_malformed"}},
	{name: "27 two emails tied by handles are held", rows: []string{"email=e1@example.com name=Ana_Lima ig=ana.one", "ig=ana.one tt=@ana.t", "email=e2@example.com name=Ana_Lima tt=@ana.t"},
		want: []string{"[1 2 3] review shared_handle"}},
	{name: "28 a handle and a channel id do not contradict", rows: []string{"email=ana@example.com name=Ana_Lima yt=@analima", "email=ana@example.com name=Ana_Lima yt=https://youtube.com/channel/UCabcdefghijklmnopqrstuA"},
		want: []string{"[1 2] create new_person link:issue"}},
	{name: "29 overlapping handles do not contradict", rows: []string{"email=ana@example.com name=Ana_Lima ig=ana.one ig=ana.two", "email=ana@example.com name=Ana_Lima ig=ana.one"},
		want: []string{"[1 2] create new_person link:issue"}},
	{name: "30 somebody erased is held", erased: "email=ana@example.com", rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] review erased"}},
	{name: "31 the handle of somebody erased is held", erased: "ig=ana.one", rows: []string{"email=new@example.com name=Ana_Lima ig=ana.one"}, want: []string{"[1] review erased"}},
	{name: "32 a blocked account is blocked", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 blocked="},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] blocked blocked_here A"}},
	{name: "33 what looks like a blocked account is held", accounts: []string{"B email=b@example.com name=Ben_Okafor ig=ben.two blocked="},
		rows: []string{"email=new@example.com name=Ben_Okafor ig=ben.two"}, want: []string{"[1] review blocked_candidate"}},
	{name: "34 the status activate lifts a block", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 blocked="},
		rows: []string{"email=ana@example.com name=Ana_Lima status=activate"}, want: []string{"[1] update activated A link:issue"}},
	{name: "34 and is unchanged where there is none", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live"},
		rows: []string{"email=ana@example.com name=Ana_Lima status=activate"}, want: []string{"[1] unchanged not_blocked A link:keep"}},
	{name: "a block of the whole platform is no organization's to lift", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 blocked=everywhere"},
		rows: []string{"email=ana@example.com name=Ana_Lima status=activate"}, want: []string{"[1] reject blocked_everywhere"}},
	{name: "and blocks as any other", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 blocked=everywhere"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] blocked blocked_everywhere A"}},
	{name: "single sign-on elsewhere leaves the live link alone", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 sso= link=live"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] unchanged nothing_new A link:keep"}},
	{name: "and issues none", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 sso="},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] unchanged nothing_new A link:sign in"}},
	{name: "34b if the operator may", policy: mayNotActivate, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 blocked="},
		rows: []string{"email=ana@example.com name=Ana_Lima status=activate"}, want: []string{"[1] blocked blocked_here A"}},
	{name: "36 staff may come by email alone", policy: staffList, rows: []string{"email=ana@example.com"}, want: []string{"[1] create new_person link:issue note:no_dashboard"}},
	{name: "37 a creator needs a name", rows: []string{"email=ana@example.com"}, want: []string{"[1] reject name_needed"}},
	{name: "38 a new person needs an email", rows: []string{"name=Ana_Lima ig=ana.one"}, want: []string{"[1] reject email_needed"}},
	{name: "39 an external id with another email is held", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7"},
		rows: []string{"ext=7 email=tom@example.com name=Tom_Berg"}, want: []string{"[1] review email_differs note:name_differs note:email_differs"}},
	{name: "39b whatever the name", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7"},
		rows: []string{"ext=7 email=new@example.com name=Ana_Lima"}, want: []string{"[1] review email_differs note:email_differs"}},
	{name: "39c and whatever the account declares", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7 ig=ana.one in=b1 link=live"},
		rows: []string{"ext=7 email=new@example.com name=Ana_Lima ig=ana.one"}, want: []string{"[1] review email_differs note:email_differs"}},
	{name: "39d an id without an email claims", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7"},
		rows: []string{"ext=7 name=Ana_Lima"}, want: []string{"[1] claim external_id_match A link:issue"}},
	{name: "40 the external id of one and the email of another is a conflict", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7", "B email=b@example.com name=Ben_Okafor"},
		rows: []string{"ext=7 email=b@example.com name=Ben_Okafor"}, want: []string{"[1] review accounts_conflict"}},
	{name: "41 one external id with two emails is held", rows: []string{"ext=7 email=e1@example.com name=Ana_Lima", "ext=7 email=e2@example.com name=Ana_Lima"},
		want: []string{"[1 2] review shared_external_id"}},
	{name: "42 one of several brands held already is an update", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live"},
		rows: []string{"email=ana@example.com name=Ana_Lima brand=b1,b2"}, want: []string{"[1] update access_added A link:keep"}},
	{name: "43 an email with another name and another handle than the declared one is shared", accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one"},
		rows: []string{"email=ana@example.com name=Tom_Berg ig=tom.two"}, want: []string{"[1] review shared_address note:name_differs note:handle_differs"}},
	{name: "43b not where an external id agrees", accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one ext=7"},
		rows: []string{"email=ana@example.com name=Tom_Berg ig=tom.two ext=7"}, want: []string{"[1] claim email_match A link:issue note:name_differs note:handle_differs"}},
	{name: "43c nor where one of the names agrees", accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one"},
		rows: []string{"email=ana@example.com name=Tom_Berg ig=tom.two", "email=ana@example.com name=Ana_Berg"},
		want: []string{"[1 2] claim email_match A link:issue note:other_name note:name_differs note:handle_differs"}},
	{name: "44 an office's email with another name is shared", accounts: []string{"A email=talent@agency.example.org name=Ana_Lima in=b1"},
		rows: []string{"email=talent@agency.example.org name=Tom_Berg"}, want: []string{"[1] review shared_address note:name_differs"}},
	{name: "44b the same name is not", accounts: []string{"A email=talent@agency.example.org name=Ana_Lima in=b1 link=live"},
		rows: []string{"email=talent@agency.example.org name=Ana_Souza"}, want: []string{"[1] unchanged row_differs A link:keep note:name_differs"}},
	{name: "45 one mailbox, one handle and a shared name are one person", rows: []string{"email=a.b@gmail.com name=Ana_Lee ig=ana.one", "email=ab@gmail.com name=Ana ig=ana.one"},
		want: []string{"[1 2] create new_person link:issue note:other_name note:other_spelling"}},
	{name: "45b two of the three are not: the name", rows: []string{"email=a.b@gmail.com name=Ana_Lee ig=ana.one", "email=ab@gmail.com name=Tom_Berg ig=ana.one"},
		want: []string{"[1 2] review shared_handle"}},
	{name: "45c nor without a name", rows: []string{"email=a.b@gmail.com name=Ana_Lee ig=ana.one", "email=ab@gmail.com ig=ana.one"},
		want: []string{"[1 2] review shared_handle"}},
	{name: "45d nor with a handle that only a third row has in common", rows: []string{"email=a.b@gmail.com name=Ana ig=ana.one", "name=Ana ig=ana.one tt=@ana.t", "email=ab@gmail.com name=Ana tt=@ana.t"},
		want: []string{"[1 2 3] review shared_handle"}},
	{name: "45e nor where no provider says that the mailbox is one", rows: []string{"email=a.b@example.com name=Ana_Lee ig=ana.one", "email=ab@example.com name=Ana ig=ana.one"},
		want: []string{"[1 2] review shared_handle"}},
	{name: "46 and they are the account that has all three", accounts: []string{"A email=a.b@gmail.com name=Ana_Lee ig=ana.one"},
		rows: []string{"email=ab@gmail.com name=Ana ig=ana.one"}, want: []string{"[1] claim mailbox_match A link:profile only note:name_differs note:other_spelling"}},
	{name: "46b an address that is not the one stored on it shows no link", accounts: []string{"A email=a.b@gmail.com name=Ana_Lee ig=ana.one in=b1 link=live"},
		rows: []string{"email=ab@gmail.com name=Ana ig=ana.one"}, want: []string{"[1] unchanged row_differs A link:profile only note:name_differs note:other_spelling"}},
	{name: "46c two of the three are held: the name", accounts: []string{"A email=a.b@gmail.com name=Ana_Lee ig=ana.one"},
		rows: []string{"email=ab@gmail.com name=Tom_Berg ig=ana.one"}, want: []string{"[1] review looks_like"}},
	{name: "46d or the handle", accounts: []string{"A email=a.b@gmail.com name=Ana_Lee ig=ana.one"},
		rows: []string{"email=ab@gmail.com name=Ana_Lee ig=ana.two"}, want: []string{"[1] review looks_like"}},
	{name: "46e where they are blocked, so is the row", accounts: []string{"A email=a.b@gmail.com name=Ana_Lee ig=ana.one blocked="},
		rows: []string{"email=ab@gmail.com name=Ana ig=ana.one"}, want: []string{"[1] blocked blocked_here A"}},
	{name: "an external id and the same mailbox are no difference", accounts: []string{"A email=a.b@gmail.com name=Ana_Lee ext=7 in=b1 link=live"},
		rows: []string{"email=ab@gmail.com ext=7"}, want: []string{"[1] unchanged nothing_new A link:keep note:other_spelling"}},
	{name: "48 another name alone is reported", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live"},
		rows: []string{"email=ana@example.com name=Miss_Sunshine"}, want: []string{"[1] unchanged row_differs A link:keep note:name_differs"}},
	{name: "53 a manager is not the creator", rows: []string{"email=ana@example.com name=Ana_Lima relation=manager"}, want: []string{"[1] review not_the_creator"}},
	{name: "53b nor is whoever else shares the row's address", rows: []string{"email=ana@example.com name=Ana_Lima relation=agency", "email=ana@example.com name=Ana_Lima"},
		want: []string{"[1 2] review not_the_creator"}},
	{name: "53c a manager among the staff is staff", policy: staffList, rows: []string{"email=ana@example.com name=Ana_Lima relation=manager"},
		want: []string{"[1] create new_person link:issue note:no_dashboard"}},
	{name: "one email with two external ids is held", rows: []string{"ext=7 email=ana@example.com name=Ana_Lima", "ext=8 email=ana@example.com name=Ana_Lima"},
		want: []string{"[1 2] review two_external_ids"}},
	{name: "claims can be held as asked", policy: holdEmails, accounts: []string{"A email=ana@example.com name=Ana_Lima"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] review email_match_held"}},
	{name: "single sign-on issues no links", policy: singleSignOn, rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] create new_person link:sign in"}},
	{name: "47 a free column follows the list", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live tier=Silver"},
		rows: []string{"email=ana@example.com name=Ana_Lima tier=Platinum"}, want: []string{"[1] update details_changed A link:keep"}},
	{name: "47b on somebody else's account as well: it is the brand's", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 of=X tier=Silver"},
		rows: []string{"email=ana@example.com name=Ana_Lima tier=Platinum"}, want: []string{"[1] update details_changed A link:by mail"}},
	{name: "47c the same again changes nothing", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live tier=Silver"},
		rows: []string{"email=ana@example.com name=Ana_Lima tier=Silver"}, want: []string{"[1] unchanged nothing_new A link:keep"}},
	{name: "47d of rows that disagree one is right", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live tier=Silver"},
		rows: []string{"email=ana@example.com name=Ana_Lima tier=Platinum", "email=ana@example.com tier=Silver"}, want: []string{"[1 2] unchanged nothing_new A link:keep"}},
	{name: "47e a handle alone proves too little to change anything", accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one in=b1 tier=Silver"},
		rows: []string{"name=Ana_Lima ig=ana.one tier=Platinum"}, want: []string{"[1] unchanged row_differs A link:profile only note:details_differ"}},
	{name: "47f even where profiles are to claim", policy: claimProfile, accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one in=b1 tier=Silver"},
		rows: []string{"name=Ana_Lima ig=ana.one tier=Platinum"}, want: []string{"[1] unchanged row_differs A link:profile only note:details_differ"}},
	{name: "blanks of an own account are filled", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live"},
		rows: []string{"email=ana@example.com name=Ana_Lima first=Ana last=Lima lang=de contact=office@example.org"}, want: []string{"[1] update details_filled A link:keep"}},
	{name: "a blank name is filled", accounts: []string{"A email=ana@example.com in=b1 link=live"},
		rows: []string{"email=ana@example.com name=Ana_Lima"}, want: []string{"[1] update details_filled A link:keep"}},
	{name: "parts of another name are not", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live"},
		rows: []string{"email=ana@example.com name=Ana_Souza first=Ana last=Souza"}, want: []string{"[1] unchanged row_differs A link:keep note:name_differs"}},
	{name: "what is there already is reported", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live lang=en contact=office@example.org"},
		rows: []string{"email=ana@example.com name=Ana_Lima lang=de contact=other@example.org"}, want: []string{"[1] unchanged row_differs A link:keep note:details_differ note:details_differ"}},
	{name: "blanks of somebody who registered are theirs to fill", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 status=registered"},
		rows: []string{"email=ana@example.com name=Ana_Lima lang=de"}, want: []string{"[1] unchanged nothing_new A link:needless"}},
	{name: "52 a list blocks whom the operator may block", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 link=live tier=Silver"},
		rows: []string{"email=ana@example.com name=Ana_Lima status=blocked tier=Gold campaign=b1/c1"}, want: []string{"[1] update blocked_now A link:ended"}},
	{name: "52b and then they are", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 blocked="},
		rows: []string{"email=ana@example.com name=Ana_Lima status=blocked"}, want: []string{"[1] unchanged already_blocked A link:ended"}},
	{name: "52c nobody who ranks as high as the operator", policy: staffList, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1:staff:administrator"},
		rows: []string{"email=ana@example.com name=Ana_Lima status=blocked"}, want: []string{"[1] reject block_not_allowed"}},
	{name: "52d what only looks like somebody is held", accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one in=b1"},
		rows: []string{"name=Ana_Lima ig=ana.one status=blocked"}, want: []string{"[1] review block_requested"}},
	{name: "52e and nobody is made to be blocked", rows: []string{"email=ana@example.com name=Ana_Lima status=blocked"}, want: []string{"[1] reject nobody_to_block"}},
	{name: "52f somebody of another kind is held", policy: staffList, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1"},
		rows: []string{"email=ana@example.com status=blocked"}, want: []string{"[1] review kind_differs note:kind_differs"}},
	{name: "52g rows that disagree about it are held", accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1"},
		rows: []string{"email=ana@example.com name=Ana_Lima status=blocked", "email=ana@example.com name=Ana_Lima status=activate"}, want: []string{"[1 2] review statuses_differ"}},
	{name: "52h who looks like somebody that the list blocks is held", accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one in=b1"},
		rows: []string{"email=ana@example.com name=Ana_Lima status=blocked", "ig=ana.one"}, want: []string{"[1] update blocked_now A link:ended", "[2] review blocked_candidate"}},
	{name: "a higher role within the kind is raised", policy: staffList, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1:staff:member link=live"},
		rows: []string{"email=ana@example.com role=manager"}, want: []string{"[1] update role_raised A link:keep"}},
	{name: "a lower role is reported", policy: staffList, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1:staff:manager link=live"},
		rows: []string{"email=ana@example.com role=member"}, want: []string{"[1] unchanged nothing_new A link:keep note:role_lower"}},
	{name: "people tied by an account alone are one person", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7"},
		rows: []string{"email=ana@example.com name=Ana_Lima", "ext=7 name=Ana_Lima"}, want: []string{"[1 2] claim email_match A link:issue"}},
	{name: "and held where they contradict each other", accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7"},
		rows: []string{"email=ana@example.com name=Ana_Lima", "ext=7 name=Ana_Lima email=other@example.com"}, want: []string{"[1 2] review shared_account"}},
	{name: "who only looks like an account that somebody else is does not claim it", policy: claimProfile, accounts: []string{"A email=ana@example.com name=Ana_Lima ig=ana.one"},
		rows: []string{"email=ana@example.com name=Ana_Lima", "name=Ana_Lima ig=ana.one campaign=b1/c1"}, want: []string{"[1] claim email_match A link:issue", "[2] review looks_like"}},
	{name: "a row without email does not borrow that of a stranger", rows: []string{"name=Anna_Kim ig=ana.one", "email=evil@example.com name=Bob_Evil ig=ana.one"},
		want: []string{"[1 2] review names_share_nothing"}},
	{name: "the link of somebody who ranks above the operator is withheld", policy: manager, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1:staff:administrator link=live"},
		rows: []string{"email=ana@example.com kind=staff"}, want: []string{"[1] unchanged nothing_new A link:above"}},
	{name: "and that of somebody who manages a brand the operator does not see", policy: func(p *dedupe.Policy) { manager(p); seesB1(p) },
		accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1:staff:member in=b2:staff:manager link=live"},
		rows:     []string{"email=ana@example.com kind=staff"}, want: []string{"[1] unchanged nothing_new A link:above"}},
	{name: "but not that of a mere member of one", policy: func(p *dedupe.Policy) { manager(p); seesB1(p) },
		accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1 in=b2 link=live"},
		rows:     []string{"email=ana@example.com"}, want: []string{"[1] unchanged nothing_new A link:keep"}},
	{name: "nor is the block lifted of somebody who ranks above the operator", policy: manager, accounts: []string{"A email=ana@example.com name=Ana_Lima in=b1:staff:administrator blocked="},
		rows: []string{"email=ana@example.com kind=staff status=activate+roles"}, want: []string{"[1] blocked blocked_here A"}},
	{name: "an id alone shows no link of people in brands the operator does not see", policy: seesB1, accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7 in=b2 link=live"},
		rows: []string{"ext=7"}, want: []string{"[1] claim external_id_match A link:profile only"}},
	{name: "nor the night after it claimed them", policy: seesB1, accounts: []string{"A email=ana@example.com name=Ana_Lima ext=7 in=b1 in=b2"},
		rows: []string{"ext=7"}, want: []string{"[1] unchanged nothing_new A link:profile only"}},
	{name: "a profile on somebody else's account is proposed", accounts: []string{"A email=ana@example.com name=Ana_Lima of=X in=b1"},
		rows: []string{"email=ana@example.com name=Ana_Lima ig=ana.one"}, want: []string{"[1] unchanged nothing_new A link:by mail note:profile_proposed"}},
}

func TestDecide(t *testing.T) {
	for _, c := range decisionCases {
		t.Run(c.name, func(t *testing.T) {
			w := c.world(t)
			var got []string
			for _, d := range w.decide(t) {
				got = append(got, say(d))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("decisions (-want +got):\n%s", diff)
			}
		})
	}
}

// Whoever decides about a held person sees what stands against what, as far as
// they may see the account.
func TestNotesOfHeldPeople(t *testing.T) {
	for _, c := range []struct {
		name   string
		policy func(*dedupe.Policy)
		account,
		row string
		want []dedupe.Note
	}{
		{"the handle beside the connected one", nil, "A email=ana@example.com name=Ana_Lima ig!=ana.one in=b1", "email=ana@example.com ig=ana.two name=Ana_Lima",
			[]dedupe.Note{{Code: reason.ConnectedDiffers, Row: 1, Said: "https://www.instagram.com/ana.two/", Holds: "https://www.instagram.com/ana.one/"}}},
		{"the connected one is not shown to whom the account is not", seesB1, "A email=ana@example.com name=Ana_Lima ig!=ana.one in=b2", "email=ana@example.com ig=ana.two name=Ana_Lima",
			[]dedupe.Note{{Code: reason.ConnectedDiffers, Row: 1, Said: "https://www.instagram.com/ana.two/"}}},
		{"the kind of the list beside that of the brand", staffList, "A email=ana@example.com in=b1", "email=ana@example.com",
			[]dedupe.Note{{Code: reason.KindDiffers, Row: 1, Said: "staff", Holds: "creator"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := decisionCase{policy: c.policy, accounts: []string{c.account}, rows: []string{c.row}}.world(t)
			d := w.decide(t)[0]
			if diff := cmp.Diff(c.want, d.Notes); d.Action != dedupe.Review || diff != "" {
				t.Errorf("%s (-want +got):\n%s", say(d), diff)
			}
		})
	}
}

func (c decisionCase) world(t testing.TB) *world {
	w := newWorld()
	if c.policy != nil {
		c.policy(&w.policy)
	}
	for _, a := range c.accounts {
		w.account(t, a)
	}
	for _, r := range c.rows {
		w.row(t, r)
	}
	if c.erased != "" {
		e := newWorld()
		e.row(t, c.erased)
		keys, _ := dedupe.Keys(e.records[0], "O")
		w.erased = keys
	}
	return w
}

// Case 20: what an agency's people share does not make them one.
func TestThirtyPeopleOfOneWebsite(t *testing.T) {
	w := newWorld()
	for i := range 30 {
		w.row(t, fmt.Sprintf("email=p%d@example.com name=Person_%c%c site=https://agency.example.org", i, 'A'+i%26, 'a'+i/26))
	}
	for _, d := range w.decide(t) {
		if d.Action != dedupe.Create {
			t.Errorf("row %d: %s", d.Rows[0], say(d))
		}
	}
}
