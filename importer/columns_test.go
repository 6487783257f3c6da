package importer

import (
	"testing"

	"muster/importer/record"
)

func TestColumnFor(t *testing.T) {
	for header, want := range map[string]record.Field{
		"E-Mail": "email", "e_mail": "email", "EMAIL ADDRESS *": "email", "Email (required)": "email", "Correo electrónico": "email", "Adresse e-mail": "email", "Endereço de e-mail": "email", "Indirizzo e-mail": "email", "E-Mail-Adresse": "email", "Email 2": "email",
		"IG": "instagram", "Insta handle": "instagram", "Instagram": "instagram", "TikTok-Profil": "tiktok", "YouTube URL": "youtube", "Channel": "youtube", "X/Twitter": "x", "Instagram followers": "", "TikTok engagement rate": "",
		"Vorname": "first name", "Apellidos": "last name", "Prénom": "first name", "Cognome": "last name", "Sobrenome": "last name", "Full Name": "name", "Nom": "name", "Nombre": "name",
		"Agency e-mail": "contact email", "Social media": "links", "Website": "blog", "Blog-URL": "blog", "Handle": "links",
		"Marke": "brands", "Campaña": "campaigns", "Produits": "products", "Rôle": "role", "Berechtigungen": "permissions", "Statut": "status", "Sprache": "language", "Fuso horário": "time zone", "Foto": "picture",
		"Followers": "", "Country": "", "Notes": "", "Phone": "",
	} {
		if got, _ := columnFor(header); got != want {
			t.Errorf("%q is %q, want %q", header, got, want)
		}
	}
}

func TestNoRightIsSuggestedForANumberedColumn(t *testing.T) {
	for header, want := range map[string]record.Field{"role1": "", "Role 2": "", "permissions3": "", "Rloe": "role", "Kampagnne": "campaigns"} {
		if got := suggestion(header); got != want {
			t.Errorf("%q: %q is suggested, want %q", header, got, want)
		}
	}
}

// What is suggested for a header is what its cells can be.
func TestSuggestions(t *testing.T) {
	for _, c := range []struct{ name, list, want string }{
		{"projects are no products", "Email,projects\nann@example.com,Summer\n", ""},
		{"an owner is no relation", "Email,Relationship owner\nann@example.com,Casey Stone\n", ""},
		{"an id is no relation", "Email,CONTACT ID\nann@example.com,17\n", ""},
		{"an account is no link", "Email,Account name\nann@example.com,Talent Co\n", ""},
		{"a file is no link", "Email,Attachments\nann@example.com,contract.pdf (https://files.example.com/abc)\n", ""},
		{"a page of a shop is no profile", "Email,Affiliate link\nann@example.com,https://shop.example.com/discount/ANN15\n", ""},
		{"how a payment stands is no status", "Email,Payment account status\nann@example.com,Not invited\nbob@example.com,Active\n", ""},
		{"a status", "Email,Account status (CRM)\nann@example.com,active\n", ""},
		{"links to profiles", "Email,media_url\nann@example.com,https://www.instagram.com/ann.lee/\nbob@example.com,https://www.tiktok.com/@bobr\n", "links"},
		{"handles of a network", "Email,Which IG shall we tag\nann@example.com,@ann.lee\n", "instagram"},
		{"addresses beside telephone numbers", "Name,Instagram,Mail or phone\nAnn,ann.lee,\"Email: ann@example.com, WhatsApp: +44 7700 900001\"\n", "email"},
	} {
		info, _, err := read(t, write(t, "list.csv", c.list), Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(info.Unknown) > 0 {
			got = info.Unknown[0].Nearest
		}
		if got != c.want {
			t.Errorf("%s: %q is suggested, want %q (%v)", c.name, got, c.want, info.Unknown)
		}
	}
}

func TestNearestField(t *testing.T) {
	for header, want := range map[string]record.Field{"Emial": "email", "Frist name": "first name", "Kampagnne": "campaigns", "Shoe size": "", "Followers": "", "nmae": "name", "Fooo": "", "Rloe": "role"} {
		if got := nearestField(header); got != want {
			t.Errorf("%q is nearest to %q, want %q", header, got, want)
		}
	}
}
