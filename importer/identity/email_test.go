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
		reason.Placeholder:       {"", " ", "-", "n/a", "none", "\u200b", "keine", "@", "n.d."},
		reason.SeveralValues:     {"a@example.com, b@example.com", "a@example.com b@example.com", "a@example.com;b@example.com", "a@example.com\nb@example.com", "a@example.com / b@example.com", "victim@example.com <evil@example.org>"},
		reason.SpreadsheetDamage: {"#N/A", "#REF!", "6.15E+13"},
		reason.EmailNoAt:         {"jane", "jane.example.com", "https://example.com/jane"},
		reason.EmailNoDomain:     {"jane@", "Jane <jane@>"},
		reason.EmailNoLocal:      {"@example.com"},
		reason.EmailBadDomain: {"jane@example", "jane@localhost", "jane@127.0.0.1", "jane@[127.0.0.1]", "jane@example,com", "jane@exam_ple.com", "jane@-example.com", "jane@example-.com",
			"jane@example..com", "jane@.example.com", "jane@exa mple.com", "jane@example.com/x", "jane@" + strings.Repeat("a", 64) + ".com", "jane@" + strings.Repeat("a.", 130) + "com", "jane@example.123"},
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
	_, _, err := ParseEmail("jane@gmail,com")
	if r, _ := err.(*Refusal); r == nil || r.Suggestion != "jane@gmail.com" {
		t.Errorf("a comma for a dot: %+v", r)
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

func TestSuspiciousDomains(t *testing.T) {
	for cell, want := range map[string]bool{"jane@gmial.com": true, "jane@example.con": true, "jane@hotmial.com": true, "jane@example.com": false, "jane@example.co.uk": false, "jane@gmail.com": false, "jane@example.versicherung": false, "jane@jane.github.io": false} {
		if _, notes, err := ParseEmail(cell); err != nil || (len(notes) == 1 && notes[0] == reason.EmailSuspicious) != want {
			t.Errorf("%s: %v, %v", cell, notes, err)
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
