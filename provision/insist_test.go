package provision_test

import (
	"path/filepath"
	"testing"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/accounts"
	"muster/provision/directory"
	"muster/provision/links"
	"muster/provision/pick"
	"muster/provision/run"
)

// Whoever is to be kept out does not get away by changing something between the
// moment they were looked at and the one they are written to. What somebody else
// would have agreed to see is reported as stale.
func TestNobodyGetsAwayByChangingMeanwhile(t *testing.T) {
	for name, test := range map[string]struct {
		verb pick.Verb
		want reason.Code
	}{
		"a block":              {accounts.Block{}, reason.BlockedNow},
		"an end of access":     {accounts.Revoke{All: true}, reason.AccessRevoked},
		"an erasure":           {accounts.Forget{}, reason.Forgotten},
		"the end of a link":    {links.Revoke{}, reason.LinkRevoked},
		"a picture taken away": {accounts.ResetPicture{}, reason.AccountChanged},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.imports(b.settings(b.file("list.csv", "Name,Email,Picture\nAna Lima,ana@example.com,https://example.com/ana.png\n")))
			sc, err := b.Engine.Oversight(t.Context(), provision.Terms{Invite: dedupe.InviteNone})
			if err != nil {
				t.Fatal(err)
			}
			begins := func(provision.PlanSummary) (bool, error) {
				export := b.file("directory.csv", "email,name,status\nana@example.com,Ana Lima,registering\n")
				loaded, err := directory.Load(t.Context(), b.Engine, export, provision.Terms{Organization: "default"})
				if loaded.Updated != 1 {
					t.Errorf("she changed nothing: %+v", loaded)
				}
				return true, err
			}
			ending := run.Ending{Out: filepath.Join(b.dir, "out"), Confirm: begins}
			summary, err := pick.Run(t.Context(), b.Engine, sc, test.verb, pick.Selection{Targets: []pick.Target{target(t, "ana@example.com")}}, ending)
			if err != nil || summary.Reasons[test.want] != 1 {
				t.Errorf("%v %v, want %s", summary.Reasons, err, test.want)
			}
		})
	}
}
