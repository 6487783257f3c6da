package importer

import (
	"strings"
	"testing"

	"muster/importer/reason"
)

// What is said of a cell is enough to mend it by.
func TestWhatIsSaidOfAnAddress(t *testing.T) {
	for _, c := range []struct {
		name, cells, want string
		code              reason.Code
		say, remedy       string
		o                 Options
	}{
		{"a misspelled provider is refused", "jane@gmial.com,", "!Email:email_misspelled", reason.EmailMisspelled, `"jane@gmial.com": the domain "gmial.com" is nearly always a misspelling of "gmail.com"; did you mean "jane@gmail.com"?`, "--allow-domain", Options{}},
		{"unless the domain is let through", "jane@gmial.com,", "email=jane@gmial.com", "", "", "", Options{AllowDomains: []string{"gmial.com"}}},
		{"another domain that is let through changes nothing", "jane@gmial.com,", "!Email:email_misspelled", reason.EmailMisspelled, "", "", Options{AllowDomains: []string{"gmal.com"}}},
		{"an ending for examples is used and said", "jane@studio.example,", "email=jane@studio.example ?Email:email_suspicious", reason.EmailSuspicious, `the ending ".example" is reserved`, "used as it stands", Options{}},
		{"two addresses are no address", "jane@example.com / talent@example.org,", "!Email:several_addresses", reason.SeveralAddresses, `"jane@example.com / talent@example.org": the cell holds more than one email address`, "contact email", Options{}},
		{"signs as words", "jane(at)example.com,", "!Email:email_malformed", reason.EmailMalformed, `"jane(at)example.com" is not a valid email address: the @ is missing; did you mean "jane@example.com"?`, "correct", Options{}},
		{"a blank before the @", "jane @example.com,", "!Email:email_malformed", reason.EmailMalformed, `did you mean "jane@example.com"?`, "", Options{}},
		{"a letter that no address has", "nuñez@example.com,", "!Email:email_malformed", reason.EmailMalformed, `did you mean "nunez@example.com"?`, "", Options{}},
		{"of two addresses to contact the first is kept", "jane@example.com,\"talent@example.org, pr@example.org\"", "email=jane@example.com contact=talent@example.org ?Agency email:second_contact", reason.SecondContact, "of which the first is shown", "", Options{}},
		{"an address to contact that is none is left out", "jane@example.com,talent(at)example.org", "email=jane@example.com ?Agency email:email_malformed", reason.EmailMalformed, `did you mean "talent@example.org"?`, "", Options{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records, err := read(t, write(t, "list.csv", "Email,Agency email\n"+c.cells+"\n"), c.o)
			if err != nil {
				t.Fatal(err)
			}
			if got := show(records[0]); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for _, p := range records[0].Problems {
				if p.Code == c.code && (!strings.Contains(p.Message, c.say) || !strings.Contains(reason.Of(p.Code).Remedy, c.remedy)) {
					t.Errorf("said %q (%s)", p.Message, reason.Of(p.Code).Remedy)
				}
			}
		})
	}
}

func TestDomainsThatAreLetThrough(t *testing.T) {
	for domain, want := range map[string]string{"gmial.com": "gmial.com", " @Gmial.COM ": "gmial.com", "bücher.example": "xn--bcher-kva.example", "gmial": "", "jane@gmial.com": "", "": ""} {
		if as, ok := MailDomain(domain); as != want || ok != (want != "") {
			t.Errorf("MailDomain(%q) = %q, %v", domain, as, ok)
		}
	}
	if err := (Options{AllowDomains: []string{"Gmial.com"}}).Validate(); err == nil {
		t.Error("a domain that is not in the form domains are compared in is taken")
	}
}
