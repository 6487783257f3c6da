package importer

import (
	"strings"
	"testing"
)

// What a column is called and what stands in it: who is right.
func TestBelieved(t *testing.T) {
	for _, c := range []struct{ name, list, want string }{
		{"a status of ours", "Email,Status\nann@example.com,blocked\nbob@example.com,active\n", "Status=status"},
		{"a status in German", "Email,Status\nann@example.com,Gesperrt\nbob@example.com,aktiv\n", "Status=status"},
		{"a status in Spanish", "Email,Estado\nann@example.com,BLOQUEADA\nbob@example.com,activo\n", "Estado=status"},
		{"a status in French", "Email,Statut\nann@example.com,bloquée\nbob@example.com,actif\n", "Statut=status"},
		{"a status in Italian", "Email,Stato\nann@example.com,bloccato\nbob@example.com,attiva\n", "Stato=status"},
		{"a status in Portuguese", "Email,Situação\nann@example.com,bloqueado\nbob@example.com,ativo\n", "Situação=status"},
		{"a status in Dutch", "Email,Status\nann@example.com,geblokkeerd\nbob@example.com,actief\n", "Status=status"},
		{"a status with a reason in brackets", "Email,Status\nann@example.com,gesperrt (Instagram)\nbob@example.com,aktiv\n", ""},
		{"a status of a pipeline", "Email,Status\nann@example.com,Blocked\nbob@example.com,Contacted\n", ""},
		{"the status of an order", "Email,Order ID,Status\nann@example.com,1,Blocked\nbob@example.com,2,Active\n", ""},
		{"types of users that are kinds", "Email,User Type\nann@example.com,Creator\n", "User Type=kind"},
		{"types of users that are none", "Email,userType\nann@example.com,Member\nbob@example.com,Guest\n", ""},
		{"the campaign of an advertisement", "Email,ad_id,campaign_name\nann@example.com,1,Spring\n", ""},
		{"a campaign", "Email,Campaign name\nann@example.com,Spring\n", "Campaign name=campaigns"},
		{"the product of an order", "Email,Order ID,Product\nann@example.com,1,Mug\n", ""},
		{"logins that are addresses, where there is no other", "Name,Username\nAnn,ann@example.com\nBob,bob@example.com\n", "Name=name Username=email"},
		{"logins that are addresses, beside another", "Email,Username\nann@example.com,ann@example.org\n", ""},
		{"logins that are names", "Email,User name\nann@example.com,Ann Lee\nbob@example.com,Bob Ray\n", "User name=name"},
		{"logins", "Email,Username\nann@example.com,annlee\nbob@example.com,bob_r\n", ""},
		{"handles without a network", "Email,Handle\nann@example.com,annlee\n", "Handle=links"},
		{"handles beside their networks", "Email,Platform,Handle\nann@example.com,TikTok,annlee\n", "Handle=links"},
		{"networks without handles", "Email,Social network\nann@example.com,Instagram\n", ""},
		{"creators that are handles", "Email,Creator\nann@example.com,@annlee\nbob@example.com,@bobr\n", ""},
		{"creators that are names", "Email,Creator\nann@example.com,Ann Lee\nbob@example.com,@bobr\ncy@example.com,Cy\n", "Creator=name"},
		{"channels that are names", "Email,Channel Name\nann@example.com,Ann on Wheels\n", "Channel Name=name"},
		{"channels that are names, beside the person's", "Name,Email,Channel Name\nAnn,ann@example.com,Ann on Wheels\n", "Name=name"},
		{"channels that say which network they are of", "Email,Kanal\nann@example.com,IG: @annlee\nbob@example.com,@bobr (Insta)\ncy@example.com,TT @cyd\n", "Kanal=links"},
		{"channels that are links", "Email,Channel\nann@example.com,https://www.youtube.com/@annlee\n", "Channel=youtube"},
		{"a network with yes and no", "Email,Instagram\nann@example.com,Yes\nbob@example.com,No\n", ""},
		{"contacts that are addresses", "Name,Kontakt\nAnn,ann@example.com / 0170 5550123\nBob,bob@example.com\n", "Name=name Kontakt=email"},
		{"contacts that are names", "Name,Instagram,Kontakt\nAnn,ann.lee,Ms Stone\nBob,bobr,Ms Stone\n", "Name=name Instagram=instagram"},
		{"contacts beside the person's own address", "Email,Contact\nann@example.com,talent@example.org\n", ""},
		{"a network whose box is ticked", "Email,Instagram,TikTok\nann@example.com,Instagram,\nbob@example.com,Instagram,TikTok\n", ""},
		{"a network with marks", "Email,Instagram\nann@example.com,x\nbob@example.com,✔\n", ""},
		{"a network with a mark among handles", "Email,Instagram\nann@example.com,ann.lee\nbob@example.com,Instagram\n", "Instagram=instagram"},
		{"a network with numbers of followers", "Email,Instagram\nann@example.com,12.5k\nbob@example.com,900\ncy@example.com,1200\n", ""},
		{"a partner's id", "Email,Partner ID\nann@example.com,P1\nbob@example.com,P2\n", "Partner ID=external id"},
		{"a partner's id on two people", "Email,Partner ID\nann@example.com,P1\nbob@example.com,P1\n", ""},
		{"the organization's own id on two people is theirs to mend", "Email,External ID\nann@example.com,P1\nbob@example.com,P1\n", "External ID=external id"},
		{"a name that is a number", "Name,Email,Billing Name\n#1001,ann@example.com,Ann Lee\n", "Billing Name=name"},
		{"photos on request", "Email,Photo\nann@example.com,yes\nbob@example.com,no\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, _, err := read(t, write(t, "list.csv", c.list), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, label := range info.Labels {
				if field := info.Mapping[label]; field != "" && label != "Email" {
					got = append(got, label+"="+field)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s; %v", got, c.want, info.Notes)
			}
		})
	}
}

// A handle is on the network that its row names; nothing is made up.
func TestHandlesByPlatform(t *testing.T) {
	list := "Name,Email,Platform,Handle\nAnn,ann@example.com,TikTok,annlee\nBob,bob@example.com,Instagram,@bobr\nCy,cy@example.com,,cyd\nDi,di@example.com,TikTok,https://www.instagram.com/di.sample\n"
	info, records, err := read(t, write(t, "list.csv", list), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"tiktok=annlee", "instagram=bobr", "", "instagram=di.sample"} {
		got := ""
		for _, p := range records[i].Profiles {
			got += p.Network + "=" + p.Value
		}
		if got != want {
			t.Errorf("line %d gives %q, want %q", records[i].Line, got, want)
		}
	}
	if len(info.Notes) != 1 || info.Notes[0].Code != "handles_by_platform" {
		t.Errorf("noted %v", info.Notes)
	}
}

func TestFormatsAreKnownByTheirHeaders(t *testing.T) {
	for _, f := range formats {
		if len(f.marks) < 2 && !strings.Contains(f.marks[0], "[") {
			t.Errorf("%s is known by %v alone", f.name, f.marks)
		}
		if got := formatOf(append([]string{"Something"}, f.marks...)); got == nil {
			t.Errorf("%s is not known by %v", f.name, f.marks)
		}
		if formatOf(f.marks[:len(f.marks)-1]) == &f {
			t.Errorf("%s is known without %s", f.name, f.marks[len(f.marks)-1])
		}
		for header, field := range f.fields {
			if _, ok := fieldNamed(string(field)); field != "" && !ok {
				t.Errorf("%s: %s is to be %q, which is no field", f.name, header, field)
			}
		}
	}
}
