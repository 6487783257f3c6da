package importer

import (
	"testing"

	"muster/importer/record"
)

// Headers as exports and forms write them, and what they mean.
func TestMeaningOf(t *testing.T) {
	for want, headers := range map[record.Field][]string{
		"email": {"E-mail 1 - Value", "E-mail 2 Address", "Person - Email - Work", "Email address - other", "Emails", "Email(s)", "BuyerEmail", "Publisher Email", "Affiliate Email",
			"emails.0.address", "Email Address [Required]", "Email address to invite [inviteeEmail] Required",
			"User name [userPrincipalName] Required", "billing_email", "Email (Enter Email)",
			"Wie lautet deine E-Mail-Adresse?", "What's your email?", "Hey {{field:abc}}, what's your email?", "Email__c", "RecipientEmail", "donor_email"},
		"name":       {"Person - Name", "Publisher Name", "Billing Name", "Name [displayName] Required", "Wie heißt du?", "¿Cómo te llamas?", "Comment t'appelles-tu ?", "Como você se chama?", "Come ti chiami?", "What's your name?", "Your full name", "First, what's your *full name*?"},
		"first name": {"Name (First)", "name.givenName", "First Name [Required]", "First name [givenName]", "billing_first_name", "Person - First name", "Contact: First Name"},
		"last name":  {"Name (Last)", "name.familyName", "Last name [surname]", "RecipientLastName"},
		"contact email": {"Agent e-mail", "Manager's e-mail", "Manager Email", "Representante (correo)", "E-Mail des Managements", "Email (Agent)", "Correo del representante", "E-mail de l'agent",
			"Email dell'agente", "Talent manager email"},
		"blog":      {"Website 1 - Value", "externalUrl", "External URL", "Publisher Website"},
		"links":     {"profileUrl", "Profile URL", "Influencer handle", "Affiliate profile link"},
		"instagram": {"profiles.instagram", "instagram_username", "What's your Instagram handle?", "Dein Instagram-Name", "¿Cuál es tu usuario de Instagram?", "Instagram username (without @)", "Wie heißt dein Instagram-Account? (bitte mit @)", "Drop your IG handle 👇", "Instagram__c", "Instagram_Handle__pc", "Person - Instagram"},
		"tiktok":    {"Hast du einen TikTok-Account?", "Link zu deinem TikTok-Profil (falls vorhanden)", "Your TikTok (if applicable)", "Quel est ton compte TikTok ?", "Você tem TikTok?"},
		"youtube":   {"Please share a link to your YouTube channel", "¿Tienes un canal de YouTube?", "Hai un canale YouTube?"},
		"": {"E-mail 1 - Label", "E-mail 1 - Type", "E-mail Display Name", "Name (Prefix)", "Name (Middle)", "Name (Suffix)", "Name Prefix", "Middle Name", "role1", "Role 2", "permission1", "product2", "Person - Role",
			"Phonetic First Name", "Given Name Yomi", "Company Name", "Organization 1 - Name", "Event Name",
			"ad_name", "Account Name", "Shipping Name", "Ship To Name", "Lineitem name", "Recovery Email",
			"Owner email", "Referrer Email", "Payment Email", "email_status", "Email Marketing Consent",
			"Reference", "Order ID", "Transaction ID", "Ticket number", "How many TikTok followers do you have?",
			"Company Twitter Url", "First, what's your company name?", "And what is your manager's email?", "What's your email marketing consent?", "Manager Instagram", "Do you have a manager?", "Referral Link", "Source Url",
			"Affiliate link", "Affiliate URL", "Partner links",
			"imgUrl", "Customer ID", "contact_status"},
	} {
		for _, h := range headers {
			if got, _ := columnFor(h); got != want {
				t.Errorf("%q is %q, want %q", h, got, want)
			}
		}
	}
}

func TestFramesAreRanked(t *testing.T) {
	for header, want := range map[string]int{"Email": 0, "E-mail 1 - Value": 0, "E-mail Address": 0, "Buyer Email": 1, "E-mail 2 - Value": 2, "Person - Email - Home": 2, "User principal name": 2} {
		if got := meaningOf(header).rank; got != want {
			t.Errorf("%q has rank %d, want %d", header, got, want)
		}
	}
}

func TestIsSecret(t *testing.T) {
	for _, h := range []string{"Password", "user_pass", "Initial password [passwordProfile] Required", "Password Hash Function [UPLOAD ONLY]", "pw_hash", "API key", "accessToken", "manage_token", "Kennwort", "senha", "contrasena", "Reset link", "Recovery code", "OTP seed", "Security answer"} {
		if !isSecret(h, nil) {
			t.Errorf("%q is a secret", h)
		}
	}
	for _, h := range []string{"Pass type", "Boarding pass", "Compass", "Session", "Tokens earned", "Secret santa", "Passport Number", "Pinterest", "Key account"} {
		if isSecret(h, nil) {
			t.Errorf("%q is no secret", h)
		}
	}
	for _, v := range []string{"$2y$10$abcdefghijklmnopqrstuv", "$P$Babcdefgh", "{SSHA}abcdef", "pbkdf2_sha256$1000$salt$hash", "$argon2id$v=19$m=65536"} {
		if !isSecret("Code", []string{"x", v}) {
			t.Errorf("%q is a hash", v)
		}
	}
	for _, v := range []string{"$20", "$1,000.00", "{a}", "sha", "P$B"} {
		if isSecret("Code", []string{v}) {
			t.Errorf("%q is no hash", v)
		}
	}
}
