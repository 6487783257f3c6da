package change

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	fastjson "github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"

	"muster/dedupe"
	"muster/dedupe/permission"
	"muster/importer/identity"
	"muster/importer/record"
	"muster/provision"
)

// Everything of the person's own in these changes says "secret".
var (
	anEmail   = identity.Email{Address: "Secret@example.com", Value: "secret@example.com", Mailbox: "secret@example.com"}
	another   = identity.Email{Address: "secret.b@gmail.com", Value: "secret.b@gmail.com", Mailbox: "secretb@gmail.com"}
	aKey      = identity.Key{Space: "external:here", Value: "secret-17"}
	aProfile  = identity.Profile{Network: "instagram", Kind: "handle", Value: "secret", Display: "@secret", URL: "//secret"}
	aPage     = identity.Profile{Network: "website", Kind: identity.Blog, Value: "secret.example", Shared: true}
	aMember   = dedupe.Membership{Brand: "alpha", Kind: record.Staff, Role: "manager"}
	anOffer   = dedupe.Offer{Membership: aMember, Campaigns: []string{"alpha/launch"}, Products: []string{"reports"}}
	aMemory   = dedupe.Memory{Digest: "d1", Record: "r1", Choice: dedupe.ChooseClaim, Note: "secret", By: "secret"}
	someFill  = dedupe.Fill{Name: "Secret", Details: dedupe.Details{Language: "secret"}}
	newcomer  = dedupe.NewAccount{Email: anEmail, Name: "Secret", Details: someFill.Details}
	noMark    = func(identity.Key) string { return "mark" }
	noColumns = map[string]string{"Tier": ""}
	columns   = map[string]string{"Tier": "secret"}
)

// aLift lifts a block without the roles of before.
var aLift = Unblock{Why: "secret", Lowered: []SetRole{{Brand: "alpha", From: "manager", To: "member", Lowers: true}}}

// everyChange has each kind of change, and what else one can be.
var everyChange = map[string]Change{
	"an account is made":            Create{NewAccount: newcomer, Status: dedupe.Invited},
	"an account nobody signs in to": Create{NewAccount: dedupe.NewAccount{Name: "Secret"}},
	"its status":                    SetStatus{From: dedupe.Created, To: dedupe.Registered},
	"blanks are filled":             Fill{Fill: someFill},
	"details are blanked":           Clear{Fill: someFill},
	"a new address":                 Readdress{From: anEmail, To: another},
	"a first address":               Readdress{To: another},
	"an external id":                TakeKey{aKey},
	"an external id is dropped":     DropKey{aKey},
	"a profile":                     AddProfile{Profile: aProfile, Connected: true},
	"a profile of another's key":    AddProfile{Profile: aProfile, Disputed: true},
	"a page that people share":      AddProfile{Profile: aPage},
	"a profile is dropped":          DropProfile{Profile: aProfile},
	"a profile is connected":        Connect{Profile: aProfile},
	"a profile is disconnected":     Disconnect{Profile: aProfile},
	"a brand is joined":             Join{Membership: aMember, Attributes: json.RawMessage(`{"Tier":"secret"}`)},
	"a brand that is joined again":  Join{Membership: aMember, Back: true},
	"a campaign as before":          GrantCampaign{Campaign: "alpha/launch", Back: true},
	"a product as before":           GrantProduct{Product: "reports", Back: true},
	"a brand is left":               Leave{Membership: aMember, Attributes: json.RawMessage(`{"Tier":"secret"}`)},
	"a membership is offered":       Offer{Offer: anOffer, Attributes: json.RawMessage(`{"Tier":"secret"}`)},
	"an offer is withdrawn":         Withdraw{Offer: anOffer, Attributes: json.RawMessage(`{"Tier":"secret"}`)},
	"an offer is accepted":          Accept{Offer: anOffer, Link: "00ff"},
	"an offer is declined":          Decline{Brand: "alpha", Link: "00ff"},
	"a mail that asks somebody":     SendMail{Template: "consent", Asks: true, Brand: "alpha"},
	"a role":                        SetRole{Brand: "alpha", From: "member", To: "manager"},
	"permissions":                   SetPermissions{Brand: "alpha", To: &permission.Grant{Mode: permission.Custom, Leaves: []string{"a.b"}, Source: "a"}},
	"free columns":                  SetColumns{Brand: "alpha", From: noColumns, To: columns, Rest: columns},
	"a campaign":                    GrantCampaign{Campaign: "alpha/launch"},
	"a campaign is revoked":         RevokeCampaign{"alpha/launch"},
	"a product":                     GrantProduct{Product: "reports"},
	"a product is revoked":          RevokeProduct{"reports"},
	"a block":                       Block{EndsLink: true, EndsMail: 2, Elsewhere: 1, Why: "secret"},
	"a block everywhere":            Block{Everywhere: true},
	"a block with roles put back":   Block{Roles: []SetRole{{Brand: "alpha", From: "member", To: "manager"}}},
	"a block as it was":             Block{Again: true},
	"a block everywhere is lifted":  Unblock{Everywhere: true, Roles: true},
	"a block is lifted, roles too":  aLift,
	"a block is lifted":             Unblock{},
	"a block is lifted with roles":  Unblock{Roles: true},
	"a link":                        IssueLink{Link: "00ff", Again: true},
	"a live link is replaced":       IssueLink{Again: true, Live: true},
	"a link is shown":               Reveal{Link: "00ff"},
	"a link ends":                   EndLink{Why: provision.EndRegistered},
	"a link to reset, by mail":      IssueLink{Reset: true, Mail: true},
	"a link is used":                Redeem{Link: "00ff", Unseen: true},
	"a password is set":             SetPassword{Verified: true, Registers: true},
	"a question is answered":        Answer{Name: "size"},
	"terms are agreed to":           Agree{Document: "terms", Version: "3"},
	"a link is handed over":         HandOver{Link: "00ff"},
	"a mail about a link":           SendMail{Template: "invite", About: true, Brand: "alpha"},
	"a dashboard is opened":         OpenDashboard{},
	"the others are told":           TellAdministrators{},
	"a mail was accepted":           Mailed{Mail: "m1", Template: "invite", State: provision.MailAccepted, Attempt: 1},
	"another account is taken in":   Merge{Account: "b", Version: 3, Links: 1},
	"an account goes again":         Unmake{EndsLink: true},
	"mail that waits is cancelled":  CancelMail{Run: "r1", Mails: 2},
	"a person is erased":            Erase{Whole: true, Everywhere: true, Marks: []string{"k1-secret"}, EndsLink: true},
	"somebody may come back":        Readmit{Marks: []string{"k1-mark"}, Everywhere: []string{"k1-other"}},
	"a decision is remembered":      Remember{aMemory},
	"a decision is forgotten":       Reopen{aMemory},
	"a source gives a role":         Own{Source: "hr", What: provision.RoleGrant, Target: "alpha", Former: "member", Given: "manager"},
	"a source gives it no more":     Disown{Source: "hr", What: provision.CampaignGrant, Target: "alpha/launch"},
	"a source names somebody":       Attend{Source: "hr", To: &provision.Attendance{}},
	"all mail that waits":           StopMail{},
	"a source misses somebody":      Attend{Source: "hr", From: &provision.Attendance{}, To: &provision.Attendance{Absences: 1, Run: "r1"}},
}

func TestEveryKindOfChangeIsKnown(t *testing.T) {
	seen := map[Op]bool{}
	for _, c := range everyChange {
		seen[c.Op()] = true
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(kinds)), slices.Sorted(maps.Keys(seen))); diff != "" {
		t.Errorf("kinds that can be read (-) and kinds that are tried (+):\n%s", diff)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := 0
	for _, name := range slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") }) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		declared += strings.Count(string(text), ") Op() Op {")
	}
	if declared != len(kinds) {
		t.Errorf("%d kinds are declared, %d can be read", declared, len(kinds))
	}
}

func TestChangesSurviveAFile(t *testing.T) {
	for name, c := range everyChange {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(Changes{c, nil, c})
			if err != nil {
				t.Fatal(err)
			}
			if prefix := `[{"op":"` + string(c.Op()) + `"`; !strings.HasPrefix(string(text), prefix) {
				t.Errorf("%s does not begin with %s", text, prefix)
			}
			for reader, read := range map[string]func([]byte, any) error{
				"encoding/json": json.Unmarshal,
				"faster":        func(text []byte, into any) error { return fastjson.Unmarshal(text, into) },
			} {
				var got Changes
				if err := read(text, &got); err != nil {
					t.Fatalf("%s: %v", reader, err)
				}
				if diff := cmp.Diff(Changes{c, nil, c}, got); diff != "" {
					t.Errorf("%s: -written +read:\n%s", reader, diff)
				}
			}
		})
	}
}

func TestChangesThatCannotBeRead(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"an op that there is not": {`[{"op":"explode"}]`, `there is no op "explode"`},
		"no op":                   {`[{"brand":"b1"}]`, `there is no op ""`},
		"a field of another type": {`[{"op":"join","brand":7}]`, `reading a change "join"`},
		"no list":                 {`{"op":"join"}`, "no list"},
		"half a list":             {`[{"op":"block"}`, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			var got Changes
			if err := fastjson.Unmarshal([]byte(tt.text), &got); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	t.Run("an op that does not come first is found", func(t *testing.T) {
		var got Changes
		err := fastjson.Unmarshal([]byte(` [ { "brand" : "b1", "op" : "role", "to":"member" } ] `), &got)
		if diff := cmp.Diff(Changes{SetRole{Brand: "b1", To: "member"}}, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}

// What can be taken back can be done again: turned round twice a change is
// itself.
func TestReverseOfReverse(t *testing.T) {
	last := map[Op]bool{
		OpCreate: true, OpEndLink: true, OpRedeem: true, OpPassword: true, OpAnswer: true, OpAgree: true,
		OpHandOver: true, OpMail: true, OpDashboard: true, OpMailed: true, OpReveal: true,
		OpTellAdministrators: true, OpAccept: true, OpDecline: true, OpErase: true, OpMerge: true,
		OpUnmake: true, OpCancelMail: true, OpReadmit: true, OpStopMail: true,
	}
	for name, c := range everyChange {
		t.Run(name, func(t *testing.T) {
			back, reversible := c.Reverse()
			if lowered := cmp.Equal(c, Unblock{}); reversible == (last[c.Op()] || lowered) {
				t.Fatalf("reversible: %v", reversible)
			}
			if !reversible || c.Op() == OpIssueLink {
				return
			}
			again, reversible := back.Reverse()
			c = oftenAs(c)
			if diff := cmp.Diff(c, asBefore(again, c)); !reversible || diff != "" {
				t.Errorf("reversible: %v, -once +twice:\n%s", reversible, diff)
			}
		})
	}
}

// oftenAs is what a change does as often as it is done: links and mail end once,
// and nobody says why it is done again.
func oftenAs(c Change) Change {
	switch c := c.(type) {
	case Block:
		return Block{Everywhere: c.Everywhere, Roles: c.Roles, Again: c.Again}
	case Unblock:
		c.Why = ""
		return c
	}
	return c
}

// asBefore is what was granted again, told like what it was granted as first:
// it comes back as it was, which a first grant cannot say.
func asBefore(again, first Change) Change {
	switch c := again.(type) {
	case Block:
		c.Again = first.(Block).Again
		return c
	case Join:
		c.Back = first.(Join).Back
		return c
	case GrantCampaign:
		c.Back = first.(GrantCampaign).Back
		return c
	case GrantProduct:
		c.Back = first.(GrantProduct).Back
		return c
	}
	return again
}

// The audit keeps nothing of the person's own for good, and of a change that
// is not whole there the whole one apart.
func TestAuditKeepsWhatIsPersonalApart(t *testing.T) {
	for name, c := range everyChange {
		t.Run(name, func(t *testing.T) {
			kept, apart := audited(Changes{c}, noMark)
			text, err := json.Marshal(kept)
			if err != nil || strings.Contains(strings.ToLower(string(text)), "secret") {
				t.Errorf("kept for good: %s %v", text, err)
			}
			if kept[0].Op() != c.Op() {
				t.Errorf("kept as %q", kept[0].Op())
			}
			if apart != nil {
				if diff := cmp.Diff(Changes{c}, apart); diff != "" {
					t.Errorf("-change +kept apart:\n%s", diff)
				}
				return
			}
			want, reversible := c.Reverse()
			if !reversible {
				return
			}
			got, _ := kept[0].Reverse()
			kept, _ = audited(Changes{want, got}, noMark)
			if diff := cmp.Diff(kept[0], kept[1]); diff != "" {
				t.Errorf("what is kept is turned round into something else, -want +got:\n%s", diff)
			}
		})
	}
}
