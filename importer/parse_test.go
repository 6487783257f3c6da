package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"muster/importer/file"
	"muster/importer/record"
)

// show writes a record as one line: what it says, then its problems.
func show(r record.Record) string {
	var b strings.Builder
	add := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s=%s ", name, value)
		}
	}
	add("name", r.Name)
	add("first", r.FirstName)
	add("last", r.LastName)
	add("email", r.Email.Address)
	add("contact", r.ContactEmail)
	add("id", r.ExternalID)
	for _, p := range r.Profiles {
		add(p.Network, p.Value)
	}
	add("kind", string(r.Kind))
	add("brands", strings.Join(r.Brands, "+"))
	add("campaigns", strings.Join(r.Campaigns, "+"))
	add("products", strings.Join(r.Products, "+"))
	add("role", r.Role)
	add("permissions", r.Permissions)
	add("status", r.Status)
	add("language", r.Language)
	add("zone", r.TimeZone)
	add("picture", r.Picture)
	for _, a := range r.Attributes {
		add("["+a.Column+"]", a.Value)
	}
	for _, p := range r.Problems {
		mark := "?"
		if p.Fatal {
			mark = "!"
		}
		fmt.Fprintf(&b, "%s%s:%s ", mark, p.Column, p.Code)
	}
	return strings.TrimSpace(b.String())
}

func TestColumnsOfOneField(t *testing.T) {
	list := write(t, "list.csv", "Name,Display name,Email\nAnn Lee,annie,ann@example.com\n")
	for _, c := range []struct {
		name      string
		o         Options
		want, say string
	}{
		{"the first is taken", Options{}, "name=Ann Lee email=ann@example.com [Display name]=annie", `"Name" and "Display name" hold the name`},
		{"what --map says goes first", Options{Map: map[string]string{"Display name": "name"}}, "name=annie email=ann@example.com [Name]=Ann Lee", `"Display name" and "Name" hold the name`},
		{"a column may be said to be free", Options{Map: map[string]string{"Display name": "attribute"}}, "name=Ann Lee email=ann@example.com [Display name]=annie", ""},
		{"a column that is left out is none", Options{Map: map[string]string{"Display name": ""}}, "name=Ann Lee email=ann@example.com", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, records, err := read(t, list, c.o)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range records[0].Attributes {
				if !slices.Contains(info.Free, a.Column) {
					t.Errorf("%s is kept and not among the free columns %v", a.Column, info.Free)
				}
			}
			if got := show(records[0]); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			said := ""
			for _, n := range info.Notes {
				if n.Code == "columns_of_one_field" {
					said = n.Message
				}
			}
			if (c.say == "") != (said == "") || !strings.Contains(said, c.say) {
				t.Errorf("said %q, want %q", said, c.say)
			}
		})
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, list, want string }{
		{"a name is joined of its parts", "First name,Last name,Email\n Ann ,  Lee,ann@example.com\n", "name=Ann Lee first=Ann last=Lee email=ann@example.com"},
		{"Vorname and Name are the two parts", "Name;Vorname;E-Mail\nLee;Ann;ann@example.com\n", "name=Ann Lee first=Ann last=Lee email=ann@example.com"},
		{"Vorname and a whole name stay as they are", "Name;Vorname;E-Mail\nAnn Lee;Ann;ann@example.com\n", "name=Ann Lee first=Ann email=ann@example.com"},
		{"Nombre and Apellidos are the two parts", "Nombre;Apellidos;Correo\nAna;Ruiz Gil;ana@example.com\n", "name=Ana Ruiz Gil first=Ana last=Ruiz Gil email=ana@example.com"},
		{"the name in front of an address is used", "E-mail\nAnn Lee <ann@example.com>\nBob <bob@example.com>\n", "name=Ann Lee email=ann@example.com"},
		{"a placeholder is no address", "Email,Instagram\nn/a,ann.lee\n", "instagram=ann.lee"},
		{"a malformed address ends the row", "Name,Email\nAnn Lee,ann@\n", "name=Ann Lee !Email:email_malformed"},
		{"nothing to know the person by", "Name,Email\nAnn Lee,\n", "name=Ann Lee !:nothing_to_know_by"},
		{"an unreadable profile is left out", "Name,Email,Instagram\nAnn Lee,ann@example.com,https://www.instagram.com/p/Cxyz123/\n", "name=Ann Lee email=ann@example.com ?Instagram:post"},
		{"one cell of several links", "Email,Links\nann@example.com,\"https://www.instagram.com/ann.lee, https://www.tiktok.com/@ann.lee\"\n", "email=ann@example.com instagram=ann.lee tiktok=ann.lee"},
		{"several addresses of one person, as Google writes them", "E-mail 1 - Value,Labels,Website 1 - Value\nann@example.com ::: lee@example.com,* myContacts,https://www.instagram.com/ann.lee ::: https://www.tiktok.com/@ann.lee\n",
			"email=ann@example.com instagram=ann.lee tiktok=ann.lee [Labels]=* myContacts ?E-mail 1 - Value:second_email"},
		{"the family name before the comma", "Name,Email\n\"van den Berg, Anne-Marie\",ann@example.com\n", "name=Anne-Marie van den Berg email=ann@example.com"},
		{"with a handle behind it", "Name,Email,Instagram\n\"Lee, Ann (@ann.lee)\",ann@example.com,ann.lee\n", "name=Ann Lee email=ann@example.com instagram=ann.lee"},
		{"a comma before what is no given name", "Name,Email\n\"Ann Lee, Jr.\",ann@example.com\n", "name=Ann Lee, Jr. email=ann@example.com"},
		{"a comma before a number", "Name,Email\n\"Studio Lee, 2nd floor\",ann@example.com\n", "name=Studio Lee, 2nd floor email=ann@example.com"},
		{"a handle behind a name is no part of it", "Influencer,Email\nAnn Lee (@ann.lee),ann@example.com\n", "name=Ann Lee email=ann@example.com ?Influencer:ambiguous_no_hint"},
		{"nor a question, where the row has the profile", "Influencer,Email,Instagram\nAnn Lee (@Ann.Lee),ann@example.com,https://www.instagram.com/ann.lee/\n", "name=Ann Lee email=ann@example.com instagram=ann.lee"},
		{"a name may have brackets", "Name,Email\nAnn (Annie) Lee,ann@example.com\n", "name=Ann (Annie) Lee email=ann@example.com"},
		{"a bare handle is no question beside its link", "Username,Email,Profile URL\n@ann.lee,ann@example.com,https://www.instagram.com/ann.lee\n", "email=ann@example.com instagram=ann.lee"},
		{"another one is", "Username,Email,Profile URL\n@lee.ann,ann@example.com,https://www.instagram.com/ann.lee\n", "email=ann@example.com instagram=ann.lee ?Username:ambiguous_no_hint"},
		{"the first of two different addresses wins", "Email,Email\nann@example.com,ann@example.org\n", "email=ann@example.com ?Email 2:second_email"},
		{"a second column fills in for a blank one", "Email,Email 2\n,ann@example.com\n", "email=ann@example.com"},
		{"whom to contact is not the person", "Ansprechpartner,Name,Email\nMs Stone,Ann Lee,ann@example.com\n", "name=Ann Lee email=ann@example.com [Ansprechpartner]=Ms Stone"},
		{"whom to contact is not the person whose name has two parts", "First name,Last name,Email,Contact person\nAnn,Lee,ann@example.com,Ms Stone\n", "name=Ann Lee first=Ann last=Lee email=ann@example.com [Contact person]=Ms Stone"},
		{"whom to contact is the person where nobody else is named", "Contact name,Email\nAnn Lee,ann@example.com\n", "name=Ann Lee email=ann@example.com"},
		{"the first of two names counts", "Name,Display name,Email\nAnn Lee,annie,ann@example.com\n", "name=Ann Lee email=ann@example.com [Display name]=annie"},
		{"first and last name go before what a profile is called", "profile_name,first_name,last_name,email\nannie.sample,Ann,Lee,ann@example.com\nbo.sample,,,bo@example.com\n",
			"name=Ann Lee first=Ann last=Lee email=ann@example.com [profile_name]=annie.sample"},
		{"who has no other name is called by the profile", "profile_name,first_name,last_name,email\nbo.sample,,,bo@example.com\n", "name=bo.sample email=bo@example.com"},
		{"first and last name go before handles", "Creator,First name,Last name,Email\n@annie,Ann,Lee,ann@example.com\n", "name=Ann Lee first=Ann last=Lee email=ann@example.com [Creator]=@annie"},
		{"a whole name goes before its parts", "Creator,First name,Last name,Email\nAnn van Lee,Ann,Lee,ann@example.com\n", "name=Ann van Lee first=Ann last=Lee email=ann@example.com"},
		{"the name is whose the address is", "Partner name,Primary contact name,Primary contact email\nLee Media LLC,Ann Lee,ann@example.com\n", "name=Ann Lee email=ann@example.com [Partner name]=Lee Media LLC"},
		{"a second name fills in for a blank one", "Name,Display name,Email\n,annie,ann@example.com\n", "name=annie email=ann@example.com"},
		{"the first of two ids counts", "HR number,Creator ID,Email\n17,C-9,ann@example.com\n", "email=ann@example.com id=17 [Creator ID]=C-9"},
		{"a second status does not paper over a bad one", "Status,Account status,Email\nregistered,blocked,ann@example.com\nactivate,,bob@example.com\n", "email=ann@example.com [Account status]=blocked !Status:value_out_of_range"},
		{"an agency's address is not the person's", "Email,Agency email\nann@example.com,talent@example.org\n", "email=ann@example.com contact=talent@example.org"},
		{"words for kinds and several brands", "Email,Kind,Brands,Campaign\nann@example.com,Influencer,\"Acme; Bolt\",Spring\n", "email=ann@example.com kind=creator brands=Acme+Bolt campaigns=Spring"},
		{"rights", "Email,Kind,Role,Permissions,Products\nann@example.com,staff,member,default,reports\n", "email=ann@example.com kind=staff products=reports role=member permissions=default"},
		{"a status that lists may not set", "Email,Status\nann@example.com,registered\nbob@example.com,activate\n", "email=ann@example.com !Status:value_out_of_range"},
		{"a status of somebody's pipeline is kept", "Email,Status\nann@example.com,Blocked\nbob@example.com,Contacted\n", "email=ann@example.com [Status]=Blocked ?Status:status_not_read"},
		{"a status of a programme that somebody is not in", "Email,Status\nann@example.com,Denied\n", "email=ann@example.com [Status]=Denied ?Status:status_not_read"},
		{"a status of a pause", "Email,Estado\nann@example.com,En pausa\nbob@example.com,Activo\n", "email=ann@example.com [Estado]=En pausa ?Estado:status_not_read"},
		{"a status in another language", "Email,Status\nann@example.com,Gesperrt\n", "email=ann@example.com status=blocked"},
		{"a status that lists may set", "Email,Status\nann@example.com,Activate + Roles\n", "email=ann@example.com status=activate+roles"},
		{"Estado is a region where it is no status", "Email,Estado\nann@example.com,Jalisco\n", "email=ann@example.com [Estado]=Jalisco"},
		{"Type is a kind where it is one", "Email,Type\nann@example.com,client\n", "email=ann@example.com kind=client"},
		{"language, time zone and picture", "Email,Sprache,Zeitzone,Foto\nann@example.com,Deutsch,Europe/Berlin,https://example.com/a.jpg\n", "email=ann@example.com language=de zone=Europe/Berlin picture=https://example.com/a.jpg"},
		{"what they may not be", "Email,Language,Time zone,Picture\nann@example.com,klingonish,Mars/One,a.jpg\nbob@example.com,de,Europe/Berlin,https://example.com/b.jpg\n", "email=ann@example.com !Language:value_out_of_range !Time zone:value_out_of_range ?Picture:bad_link"},
		{"free columns are kept", "Email,Shoe size,Followers\nann@example.com,38,12000\n", "email=ann@example.com [Shoe size]=38 [Followers]=12000"},
		{"one apostrophe guards a formula", "Email,Instagram,Note\nann@example.com,'@ann.lee,'=1+1\n", "email=ann@example.com instagram=ann.lee [Note]==1+1"},
		{"a garbled name is repaired", "Name,Email\nZoÃ« MÃ¼ller,zoe@example.com\n", "name=Zoë Müller email=zoe@example.com ?Name:text_garbled"},
		{"control characters are taken out", "Name,Email\nAnn\u202eLee,ann@example.com\n", "name=AnnLee email=ann@example.com ?Name:control_characters"},
		{"zero-width characters are nothing", "Name,Email\nAnn\u200b Lee,ann@example.com\u200b\n", "name=Ann Lee email=ann@example.com"},
		{"a handle turned into a date", "Email,Instagram\nann@example.com,05-Mar\n", "email=ann@example.com ?Instagram:profile_damaged"},
		{"an id turned into a number with an exponent", "Email,External ID\nann@example.com,1.23E+11\n", "email=ann@example.com ?External ID:spreadsheet_damage"},
		{"an error value is nothing", "Email,Instagram,Note\nann@example.com,#N/A,x\n", "email=ann@example.com [Note]=x ?Instagram:profile_damaged"},
		{"an address under Name", "Name,Email\nann@example.com,\nBob,bob@example.com\n", "name=ann@example.com !Name:columns_shifted"},
		{"a cell too many", "Name,Email,City\nLee, Ann,ann@example.com,Paris\nBob,bob@example.com,Rome\nCat,cat@example.com,Oslo\n", "name=Lee [City]=ann@example.com !Email:email_malformed !:row_too_wide"},
		{"a name too long", "Name,Email\n" + strings.Repeat("x", 257) + ",ann@example.com\n", "email=ann@example.com !Name:text_too_long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records, err := read(t, write(t, "list.csv", c.list), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := show(records[0]); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestDefaultsAndMappings(t *testing.T) {
	list := write(t, "list.csv", "Who,E-Mail,Role,Secret code\nAnn Lee,ann@example.com,,1\nBob Ray,bob@example.com,admin,2\n")
	_, records, err := read(t, list, Options{Map: map[string]string{"who": "name", "Secret code": ""}, Set: map[string]string{"role": "member", "kind": "staff"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"name=Ann Lee email=ann@example.com kind=staff role=member", "name=Bob Ray email=bob@example.com kind=staff role=admin"} {
		if got := show(records[i]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for _, o := range []Options{{Map: map[string]string{"Whom": "name"}}, {Map: map[string]string{"Who": "nmae"}}, {Set: map[string]string{"nmae": "y"}}, {First: 5, Last: 2}, {Encoding: "klingon"}, {Delimiter: "x"}} {
		if _, _, err := read(t, list, o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
}

func TestColumnsThatAreLeftOut(t *testing.T) {
	for header, code := range map[string]string{
		"Password": "secrets_left_out", "password_hash": "secrets_left_out", "token": "secrets_left_out", "Passwort": "secrets_left_out", "Mot de passe": "secrets_left_out",
		"Contraseña": "secrets_left_out", "Senha": "secrets_left_out", "Initial password [passwordProfile] Required": "secrets_left_out", "user_pass": "secrets_left_out",
		"is_admin": "columns_left_out", "account_id": "columns_left_out", "Status ID": "columns_left_out", "expires_at": "columns_left_out", "IsActive": "columns_left_out",
		"OwnerId": "columns_left_out", "Person - ID": "columns_left_out", "admin": "columns_left_out",
	} {
		list := write(t, "list.csv", "Email,"+header+"\nann@example.com,hush\n")
		info, records, err := read(t, list, Options{})
		if err != nil || len(records) != 1 || len(records[0].Attributes) != 0 || len(records[0].Profiles) != 0 {
			t.Errorf("%s: %v, %v", header, records, err)
			continue
		}
		if hidden := records[0].Cells[1] == ""; hidden != (code == "secrets_left_out") {
			t.Errorf("%s: the cell is %q", header, records[0].Cells[1])
		}
		if n := len(info.Notes); n != 1 || info.Notes[0].Code != code || !strings.Contains(info.Notes[0].Message, header) {
			t.Errorf("%s: %v", header, info.Notes)
		}
		if code != "secrets_left_out" {
			continue
		}
		if _, records, err := read(t, list, Options{Map: map[string]string{header: AttributeField}}); err != nil || records[0].Cells[1] != "" || len(records[0].Attributes) != 0 {
			t.Errorf("%s kept: %v, %v", header, records, err)
		}
	}
}

func TestSecretsInRowsThatMoved(t *testing.T) {
	_, records, err := read(t, write(t, "list.csv", "Name,Email,Password,City\nLee, Ann,ann@example.com,hush,Paris\nBob,bob@example.com,hush,Rome\nCy,cy@example.com,hush,Oslo\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if strings.Contains(strings.Join(r.Cells, ","), "hush") {
			t.Errorf("line %d: %v", r.Line, r.Cells)
		}
	}
}

func TestHeaders(t *testing.T) {
	for _, c := range []struct {
		name, list string
		line       int
		mapping    string
		rows       int
	}{
		{"two header rows", "Person,,Social media,\nName,Email,Instagram,TikTok\nAnn Lee,ann@example.com,ann.lee,annlee\n", 2, "map[Email:email Instagram:instagram Name:name TikTok:tiktok]", 1},
		{"networks above, handle and link below", "Name,Email,Instagram,,TikTok,\n,,Handle,URL,Handle,URL\nAnn Lee,ann@example.com,ann.lee,https://www.instagram.com/ann.lee,annlee,\n", 2, "map[Email:email Instagram Handle:instagram Instagram URL:instagram Name:name TikTok Handle:tiktok TikTok URL:tiktok]", 1},
		{"repeated headers and blank rows are left out", "Name,Email\nAnn,ann@example.com\n\n,\nName,Email\nBob,bob@example.com\n", 1, "map[Email:email Name:name]", 2},
		{"a person called like a field", "Name,Email\nBrand,brand@example.com\n", 1, "map[Email:email Name:name]", 1},
		{"notes above and a total below", "Creators of spring,,\nas of 2026-03-01,,\n\nName,Email,Fee\nAnn,ann@example.com,10\nSumme,,10\n", 4, "map[Email:email Name:name]", 1},
		{"no header, links and names", "Ann Lee,https://www.instagram.com/ann.lee\nBob Ray,https://www.instagram.com/bob.ray\n", 0, "map[column 1:name column 2:links]", 2},
		{"headers in one list of Italian", "Nome,Cognome,Indirizzo e-mail,Profilo Instagram,Lingua\nAnna,Rossi,anna@example.com,anna.rossi,italiano\n", 1, "map[Cognome:last name Indirizzo e-mail:email Lingua:language Nome:name Profilo Instagram:instagram]", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, records, err := read(t, write(t, "list.csv", c.list), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if info.HeaderLine != c.line || fmt.Sprint(info.Mapping) != c.mapping || len(records) != c.rows {
				t.Errorf("line %d, %v, %d rows", info.HeaderLine, info.Mapping, len(records))
			}
			for _, r := range records {
				if !r.Usable() {
					t.Errorf("line %d: %s", r.Line, show(r))
				}
			}
		})
	}
}

func TestUnmappedList(t *testing.T) {
	_, _, err := read(t, write(t, "list.csv", "Foo,Emial\nAnn,ann@example.com\n"), Options{})
	if classOf(err) != file.NoHeader || !strings.Contains(err.(*file.Error).Hint, "--map 'Emial=email'") {
		t.Errorf("got %v", err)
	}
	info, _, err := read(t, write(t, "list.csv", "Email,Frist name\nann@example.com,Ann\n"), Options{})
	if err != nil || len(info.Unknown) != 1 || info.Unknown[0].Nearest != "first name" {
		t.Errorf("unknown %v, %v", info.Unknown, err)
	}
}
