package identity

import (
	"strings"
	"testing"

	"muster/importer/reason"
)

func TestParseEmail(t *testing.T) {
	for _, c := range []struct{ name, cell, address, value, mailbox string }{
		{"plain", "jane@example.com", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"capitals are folded in the key, kept in the address", "Jane.Doe@Example.COM", "Jane.Doe@Example.COM", "jane.doe@example.com", "jane.doe@example.com"},
		{"name and angle brackets", "Jane Doe <jane@example.com>", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"quoted name with a comma", `"Doe, Jane" <jane@example.com>`, "jane@example.com", "jane@example.com", "jane@example.com"},
		{"unquoted name with a comma", "Doe, Jane <jane@example.com>", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"name behind", "jane@example.com (Jane)", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"mailto", "mailto:jane@example.com?subject=Hi", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"a telephone number behind it", "jane@example.com / 0170 5550123", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"a telephone number before it", "+44 7700 900001, jane@example.com", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"a telephone number with nothing between", "jane@example.com 0170 555 01 23", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"with what each is", "Email: jane@example.com, WhatsApp: +44 7700 900001", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"mailto formula", `=HYPERLINK("mailto:jane@example.com","mail me")`, "jane@example.com", "jane@example.com", "jane@example.com"},
		{"markdown", "[jane](mailto:jane@example.com)", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"label", "E-Mail: jane@example.com", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"quotes", "'jane@example.com'", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"final punctuation", "jane@example.com.,;)", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"final dot of the domain", "jane@example.com.", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"invisible characters", "\ufeffjane\u200b@exam\u00adple.com\u00a0", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"full-width at", "jane＠example.com", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"small at", "jane﹫example.com", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"full-width domain", "jane@ｅｘａｍｐｌｅ。com", "jane@example.com", "jane@example.com", "jane@example.com"},
		{"a domain in its own script", "jane@BÜCHER.example", "jane@bücher.example", "jane@xn--bcher-kva.example", "jane@xn--bcher-kva.example"},
		{"a domain in A-labels", "jane@xn--bcher-kva.example", "jane@xn--bcher-kva.example", "jane@xn--bcher-kva.example", "jane@xn--bcher-kva.example"},
		{"ß is not ss", "jane@straße.example", "jane@straße.example", "jane@xn--strae-oqa.example", "jane@xn--strae-oqa.example"},
		{"mixed scripts are shown in A-labels", "jane@exаmple.com", "jane@xn--exmple-4nf.com", "jane@xn--exmple-4nf.com", "jane@xn--exmple-4nf.com"},
		{"gmail dots and tag", "J.a.n.e+news@GoogleMail.com", "J.a.n.e+news@GoogleMail.com", "j.a.n.e+news@googlemail.com", "jane@gmail.com"},
		{"gmail, nothing but a tag", "+jane@gmail.com", "+jane@gmail.com", "+jane@gmail.com", "+jane@gmail.com"},
		{"outlook tag, dots stay", "jane.doe+x@outlook.de", "jane.doe+x@outlook.de", "jane.doe+x@outlook.de", "jane.doe@outlook.de"},
		{"hotmail of a country", "jane+x@hotmail.co.uk", "jane+x@hotmail.co.uk", "jane+x@hotmail.co.uk", "jane@hotmail.co.uk"},
		{"hotmail of a country whose registry sells a. too", "jane+x@hotmail.se", "jane+x@hotmail.se", "jane+x@hotmail.se", "jane@hotmail.se"},
		{"hotmail is not outlook", "jane@hotmail.com", "jane@hotmail.com", "jane@hotmail.com", "jane@hotmail.com"},
		{"icloud tag", "jane+x@icloud.com", "jane+x@icloud.com", "jane+x@icloud.com", "jane@icloud.com"},
		{"me.com is not icloud.com", "jane@me.com", "jane@me.com", "jane@me.com", "jane@me.com"},
		{"fastmail tag", "jane+x@fastmail.fm", "jane+x@fastmail.fm", "jane+x@fastmail.fm", "jane@fastmail.fm"},
		{"proton tag, dots stay", "jane.doe+x@proton.me", "jane.doe+x@proton.me", "jane.doe+x@proton.me", "jane.doe@proton.me"},
		{"a tag elsewhere is part of the name", "jane+x@example.com", "jane+x@example.com", "jane+x@example.com", "jane+x@example.com"},
		{"yahoo hyphen stays", "jane-x@yahoo.com", "jane-x@yahoo.com", "jane-x@yahoo.com", "jane-x@yahoo.com"},
		{"odd but allowed characters", "o'neil_x!#$%&*/=?^`{|}~@example.com", "o'neil_x!#$%&*/=?^`{|}~@example.com", "o'neil_x!#$%&*/=?^`{|}~@example.com", "o'neil_x!#$%&*/=?^`{|}~@example.com"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _, err := ParseEmail(c.cell)
			if err != nil || e.Address != c.address || e.Value != c.value || e.Mailbox != c.mailbox {
				t.Fatalf("ParseEmail(%q) = %q %q %q, %v", c.cell, e.Address, e.Value, e.Mailbox, err)
			}
			checkEmailAgain(t, e)
		})
	}
}

func checkEmailAgain(t interface {
	Helper()
	Errorf(string, ...any)
}, e Email) {
	t.Helper()
	for _, s := range []string{e.Address, e.Value} {
		if again, _, err := ParseEmail(s); err != nil || again.Value != e.Value || again.Mailbox != e.Mailbox || again.Role != e.Role {
			t.Errorf("%q parsed again: %+v, %v, want %+v", s, again, err, e)
		}
	}
	if again, _, err := ParseEmail(e.Mailbox); err != nil || again.Mailbox != e.Mailbox {
		t.Errorf("mailbox %q parsed again: %q, %v", e.Mailbox, again.Mailbox, err)
	}
}

func TestParseEmailRefuses(t *testing.T) {
	for want, cells := range map[reason.Code][]string{
		reason.Placeholder:       {"", " ", "-", "n/a", "none", "\u200b", "keine", "@", "n.d.", "sin correo", "keine E-Mail", "no email", "pas d'email"},
		reason.SeveralAddresses:  {"a@example.com, b@example.com", "a@example.com b@example.com", "a@example.com;b@example.com", "a@example.com\nb@example.com", "a@example.com / b@example.com", "victim@example.com <evil@example.org>"},
		reason.SpreadsheetDamage: {"#N/A", "#REF!", "6.15E+13"},
		reason.EmailNoAt:         {"jane", "jane.example.com", "https://example.com/jane"},
		reason.EmailNoDomain:     {"jane@", "Jane <jane@>"},
		reason.EmailNoLocal:      {"@example.com"},
		reason.EmailBadDomain: {"jane@example", "jane@localhost", "jane@127.0.0.1", "jane@[127.0.0.1]", "jane@example,com", "jane@exam_ple.com", "jane@-example.com", "jane@example-.com",
			"jane@example..com", "jane@.example.com", "jane@exa mple.com", "jane@example.com/x", "jane@" + strings.Repeat("a", 64) + ".com", "jane@" + strings.Repeat("a.", 130) + "com", "jane@example.123", "jane@example.c0m", "jane@example.co-m", "jane@example.x1",
			"jane@☃.net", "jane@i❤.example.com", "jane@xn--n3h.net", "jane@exa™ple.com", "jane@a¿.com"},
		reason.EmailBadLocal: {"jane..doe@example.com", ".jane@example.com", "jane.@example.com", "jane doe@example.com", "jane@doe@example.com", "jane\\@example.com", strings.Repeat("a", 65) + "@example.com", "jane,doe@example.com", "a>b@example.com", "ja\x00ne@example.com", "jane@exam\x07ple.com", "jane\x7f@example.com", "jane@example.com\u0090"},
		reason.EmailUnusual:  {`"jane doe"@example.com`, "jané@example.com", "\u212aate@example.com", "ſam@example.com", "jıne@example.com", "İpek@example.com", "ｊane@example.com"},
	} {
		for _, cell := range cells {
			e, _, err := ParseEmail(cell)
			if r, _ := err.(*Refusal); r == nil || r.Reason != want {
				t.Errorf("ParseEmail(%q) = %+v, %v; want %s", cell, e, err, want)
			}
		}
	}
}

func TestWhatARefusedAddressMayMean(t *testing.T) {
	for want, cells := range map[string][]string{
		"jane@example.com": {"jane(at)example.com", "jane [at] example.com", "jane{AT}example.com", "jane <at> example.com", "jane (a) example.com", "jane at example dot com", "jane AT example.com", "jane_at_example.com",
			"jane[at]example[dot]com", "jane (arroba) example.com", "jane arroba example punto com", "jane (ät) example (punkt) com", "jane arobase example point com", "jane chiocciola example punto com", "jane[@]example.com", "jane [[[@]]] example (dot) com", "jane {@} example [dot] com", "jane(@)example.com",
			"jane @example.com", "jane@ example.com", "jane @ example . com", "jane@@example.com", "jane@.example.com", "jane.@example.com", ".jane@example.com", "jane@example..com", "jane@example,com", "jane@example;com",
			"jane@exa mple.com", "jane@example.c0m", "jane@example.com/instagram", "Jane Doe <jane(at)example.com>", "mailto:jane@example,com", "janè@example.com"},
		"jane.doe@example.com":     {"jane..doe@example.com", "jane,doe@example.com"},
		"nunez@example.com":        {"nuñez@example.com", "núñez@example.com"},
		"mueller.j@example.com":    {"müller.j@example.com"},
		"Groess@example.com":       {"Größ@example.com"},
		"jane@gmail.com":           {"jane@gmail,com", "jane@gmail", "jane@gmailcom", "janegmail.com", "jane.gmail.com", "jane(at)gmial.com", "jane@gmail.c0m", "jane @gmial.com", "jane@gmail..con"},
		"jane@gmx.de":              {"jane@gmx.d"},
		"jane@bücher.example.org":  {"jane@ bücher.example.org"},
		"o'neil_x!#$%@example.com": {"o'neil_x!#$%@@example.com"},
		"": {"jane", "jane doe", "jane@", "@example.com", "jane@example", "jane doe@example.com", "jane@doe@example.com", "write to jane at once", "see below", "https://example.com/jane", "jane@localhost", "jane@127.0.0.1",
			`"jane doe"@example.com`, "жанна@example.com", "jane@☃.net", "@jane", "a@example.com, b@example.com"},
	} {
		for _, cell := range cells {
			e, _, err := ParseEmail(cell)
			if r, _ := err.(*Refusal); r == nil || r.Suggestion != want {
				t.Errorf("ParseEmail(%q) = %+v, %+v; want a suggestion %q", cell, e, r, want)
			}
		}
	}
}

func TestEmailsThatAreNotEqual(t *testing.T) {
	for _, pair := range [][2]string{
		{"j.doe@example.com", "jdoe@example.com"}, {"jane+x@example.com", "jane@example.com"},
		{"jane@hotmail.com", "jane@outlook.com"}, {"jane@hotmail.com", "jane@live.com"}, {"jane@mail.ru", "jane@bk.ru"}, {"jane@163.com", "jane@126.com"},
		{"jane@qq.com", "jane@foxmail.com"}, {"jane@gmx.de", "jane@gmx.net"}, {"jane@yahoo.com", "jane@yahoo.co.jp"}, {"jane@google.com", "ja.ne@google.com"},
		{"amy+t@outlook.com", "amyt@outlook.com"}, {"jane-a@yahoo.com", "jane@yahoo.com"}, {"jane@straße.example", "jane@strasse.example"}, {"jane@me.com", "jane@icloud.com"},
	} {
		a, _, errA := ParseEmail(pair[0])
		b, _, errB := ParseEmail(pair[1])
		if errA != nil || errB != nil || a.Key() == b.Key() || a.MailboxKey() == b.MailboxKey() {
			t.Errorf("%v: %v %v, %v %v", pair, a, errA, b, errB)
		}
	}
}

// The rule of each provider, by what must and what must not be one mailbox.
func TestProviderRules(t *testing.T) {
	domains := []string{"outlook.com", "outlook.de", "outlook.com.br", "hotmail.com", "hotmail.co.uk", "hotmail.se", "live.com", "live.nl", "live.com.mx"}
	for domain := range plusTags {
		domains = append(domains, domain)
	}
	for _, domain := range domains {
		checkMailboxes(t, domain, true, "jane", "jane+x", "JANE+y", "jane+x+y", "jane+")
		checkMailboxes(t, domain, false, "jane", "jane.", "j.ane", "jane-x", "janex", "jane_x", "+jane", "+x")
	}
	for _, domain := range []string{"gmail.com", "googlemail.com"} {
		checkMailboxes(t, domain, true, "jane", "j.a.n.e", "jane+x", "J.ane+x.y+z", "jane+")
		checkMailboxes(t, domain, false, "jane", "jane-x", "janex", "jane_x", "+jane", "+x")
	}
	for _, domain := range []string{"example.com", "yahoo.com", "gmx.de", "mail.ru", "yandex.ru", "qq.com", "google.com", "gmail.co.uk", "outlook.example.com", "nothotmail.com", "outlook.info"} {
		checkMailboxes(t, domain, false, "jane", "jane+x", "j.ane", "jane-x", "janex", "+jane")
	}
	if a, b := mailboxOf("jane@gmail.com"), mailboxOf("j.ane+x@googlemail.com"); a != b {
		t.Errorf("%v and %v are one mailbox", a, b)
	}
}

// checkMailboxes compares the mailbox of local with those of the others; what
// is no address at all is nobody's.
func checkMailboxes(t *testing.T, domain string, same bool, local string, others ...string) {
	t.Helper()
	want := mailboxOf(local + "@" + domain)
	for _, other := range others {
		if got := mailboxOf(other + "@" + domain); want.Value == "" || (got == want) != same {
			t.Errorf("%s and %s at %s: %v, %v; one mailbox must be %v", local, other, domain, want, got, same)
		}
	}
}

func mailboxOf(cell string) Key {
	e, _, _ := ParseEmail(cell)
	return e.MailboxKey()
}

func TestRoleMailboxes(t *testing.T) {
	for cell, want := range map[string]bool{"info@example.com": true, "INFO@example.com": true, "talent+lea@example.com": true, "no-reply@example.com": true, "kontakt@example.com": true, "jane@example.com": false, "information.jane@example.com": false, "informer@example.com": false} {
		if e, _, err := ParseEmail(cell); err != nil || e.Role != want {
			t.Errorf("%s: role %v, %v", cell, e.Role, err)
		}
	}
}

func TestDoubts(t *testing.T) {
	for _, c := range []struct {
		name, cell string
		reason     reason.Code
		why, meant string
	}{
		{"a misspelling of the table", "Jane@Gmial.com", reason.EmailMisspelled, `the domain "gmial.com" is nearly always a misspelling of "gmail.com"`, "jane@gmail.com"},
		{"one of a German provider", "jane@wbe.de", reason.EmailMisspelled, `of "web.de"`, "jane@web.de"},
		{"a provider that lost a letter of its ending", "jane@hotmail.co", reason.EmailMisspelled, `of "hotmail.com"`, "jane@hotmail.com"},
		{"a provider with an ending there is none of", "jane@yahoo.con", reason.EmailMisspelled, `of "yahoo.com"`, "jane@yahoo.com"},
		{"a provider that nobody has in the table, one letter off", "jane@gmxil.com", reason.EmailSuspicious, `the domain "gmxil.com" is one letter away from "gmail.com"`, "jane@gmail.com"},
		{"two letters that changed places", "jane@freente.de", reason.EmailSuspicious, `one letter away from "freenet.de"`, "jane@freenet.de"},
		{"an ending that nobody has", "jane@example.con", reason.EmailSuspicious, `there is no ending ".con" on the internet`, "jane@example.com"},
		{"an ending that nobody has and no word is near", "jane@example.qqqq", reason.EmailSuspicious, `there is no ending ".qqqq"`, ""},
		{"an ending for examples", "jane@studio.example", reason.EmailSuspicious, `the ending ".example" is reserved for tests and private networks`, ""},
		{"a private network", "jane@mail.local", reason.EmailSuspicious, `".local" is reserved`, ""},
		{"an ordinary domain", "jane@example.com", "", "", ""},
		{"one of a country", "jane@example.co.uk", "", "", ""},
		{"the provider itself", "jane@gmail.com", "", "", ""},
		{"the provider in a country", "jane@hotmail.co.uk", "", "", ""},
		{"a provider that is really near another", "jane@ymail.com", "", "", ""},
		{"another of them", "jane@mail.com", "", "", ""},
		{"a long ending", "jane@example.versicherung", "", "", ""},
		{"a site on a platform", "jane@jane.github.io", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, d, err := ParseEmail(c.cell)
			if err != nil || e.IsZero() {
				t.Fatal(e, err)
			}
			if d == nil {
				d = &Doubt{}
			}
			if d.Reason != c.reason || !strings.Contains(d.Why, c.why) || d.Meant != c.meant {
				t.Errorf("%+v", d)
			}
		})
	}
}

// A domain that is right is no misspelling of another, and what a misspelling
// is corrected to is right.
func TestMisspellingsLeadToRightDomains(t *testing.T) {
	right := []string{"ymail.com", "gmx.de", "web.de"}
	right = append(right, greatProviders...)
	for domain := range realNeighbours {
		right = append(right, domain)
	}
	for domain := range comProviders {
		right = append(right, domain)
	}
	for wrong, domain := range misspellings {
		right = append(right, domain)
		got := ""
		_, d, err := ParseEmail("jane@" + wrong)
		if d != nil {
			got = d.Meant
		} else if r, refused := err.(*Refusal); refused { // gmx.d is no domain at all
			got = r.Suggestion
		}
		if got != "jane@"+domain {
			t.Errorf("%s: %+v, %v", wrong, d, err)
		}
	}
	for _, domain := range right {
		if _, d, err := ParseEmail("jane@" + domain); err != nil || d != nil {
			t.Errorf("%s: %+v, %v", domain, d, err)
		}
	}
}

func TestSplitAddress(t *testing.T) {
	for cell, want := range map[string][2]string{
		"jane@example.com":                      {"", "jane@example.com"},
		"Jane Doe <jane@example.com>":           {"Jane Doe", "jane@example.com"},
		`"Doe, Jane" <jane@example.com>`:        {"Doe, Jane", "jane@example.com"},
		"Doe, Jane <jane@example.com>,":         {"Doe, Jane", "jane@example.com"},
		"jane@example.com (Jane)":               {"Jane", "jane@example.com"},
		"<jane@example.com>":                    {"", "jane@example.com"},
		"'Jane' <mailto:jane@example.com>":      {"Jane", "jane@example.com"},
		"Зоя <zoya@example.com>":                {"Зоя", "zoya@example.com"},
		"Jane (she/her) Doe <jane@example.com>": {"Jane (she/her) Doe", "jane@example.com"},
	} {
		if name, address := SplitAddress(cell); name != want[0] || address != want[1] {
			t.Errorf("SplitAddress(%q) = %q, %q", cell, name, address)
		}
	}
}

func TestMailboxKeyOfEveryAddress(t *testing.T) {
	e, _, _ := ParseEmail("jane@example.com")
	if e.Key() != (Key{"email", "jane@example.com"}) || e.MailboxKey() != (Key{"mailbox", "jane@example.com"}) || e.IsZero() || !(Email{}).IsZero() {
		t.Errorf("%v %v", e.Key(), e.MailboxKey())
	}
}
