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

func TestNearestField(t *testing.T) {
	for header, want := range map[string]record.Field{"Emial": "email", "Frist name": "first name", "Kampagnne": "campaigns", "Shoe size": "", "Followers": "", "nmae": "name", "Fooo": "", "Rloe": "role"} {
		if got := nearestField(header); got != want {
			t.Errorf("%q is nearest to %q, want %q", header, got, want)
		}
	}
}
