package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"muster/provision/locale"
)

// The lists of the test say nothing in English but names.
var leftFiles = map[string]string{
	"org.yaml": `slug: firma
name: Firma Nord
language: LANGUAGE
administrators: [ada@example.com]
member_url: https://app.example.com/
brands:
  - slug: aussen
    name: Marke Außen
    campaigns: [{slug: lenz, name: Lenz}, {slug: herbst, name: Herbst}]
  - slug: innen
    name: Marke Innen
products: [berichte]
roles:
  - {name: leitung, rank: 50, dashboard: true, capabilities: [links:reissue, "staff:create", "roles:assign"]}
  - {name: chef, rank: 60, dashboard: true, capabilities: ["people:block"]}
  - {name: empfang, rank: 20, dashboard: false, capabilities: []}
plan: {limits: {client: 1}}
`,
	"ordner.csv": `email,name,status,external_id,connected_profiles,declared_profiles,organization,brand,kind,role
alt@example.com,Ana Souza,created,,,https://www.instagram.com/ana.sample/,firma,,,
olga@example.com,Olga Esempio,created,OP-9,,https://www.instagram.com/olga.sample/,firma,aussen,creator,member
mara@example.net,Mara Agentin,registered,,,,firma,aussen,staff,member
rick@example.net,Rick Specimen,blocked,OP-14,,https://www.instagram.com/rick.sample/,firma,aussen,creator,member
hana@example.net,Hana Vzor,registered,,https://www.instagram.com/hana.sample/,,firma,,,
`,
	"leute.csv": `Name,E-Mail,Instagram,Externe ID,Kind,Rolle,Marke,Kampagne,Status,Sprache,TikTok / YT
Ana Lima,ana@example.com,ana.sample,,,,,,,,
Olga Muster,olga@example.com,olga.anders,OP-9,,,,,,,
Mara Agentin,mara@example.net,,,,,,,,,
Rick Specimen,rick@example.net,rick.sample,OP-14,,,,,,,
Hana Vzor,hana@example.net,hana.anders,,,,,,,,
Ute Rang,ute@example.com,,,STAFF,leitung,,,,,
Udo Rang,udo@example.com,,,STAFF,oberst,,,,,
Kai Kunde,kai@example.com,,,CLIENT,,,,,,
Kim Kunde,kim@example.com,,,CLIENT,,,,,,
Leo Laut,leo@example.com,,,kapitän,,,,,,
Lia Laut,lia@example.com,,,,,mond,,,,
Lou Laut,lou@example.com,,,,,,winter,,,
Max Mild,max@example.com,,,,,,,schläft,,
Mia Mild,mia@example.com,,,,,,,,klingonisch,mia.mild
Neo Nord,talente@example.org,neo.sample,,,,,,,,
Noa Nord,talente@example.org,noa.sample,,,,,,,,
,leer@example.com,,,,,,,,,
Pia Post,"a@example.com, b@example.com",,,,,,,,,
Pit Post,,,,,,,,,,
`,
	"rollen.csv": "Name,E-Mail,Rolle,Status\nUli Berg,uli@example.com,chef,\nUrs Berg,urs@example.com,empfang,blocked\nUwe Berg,uwe@example.com,administrator,\n",
	"alle.csv":   "Email,Name,Kampagne,Tier\nann@example.com,Ann Lee,lenz,Gold\nbob@example.com,Bob Ray,lenz,Gold\ncyd@example.com,Cyd Fox,,Gold\ndan@example.com,Dan Fox,,Gold\n",
	"weg.csv":    "Email,Name,Kampagne,Tier\nann@example.com,Ann Lee,lenz,Gold\ncyd@example.com,Cyd Fox,,Gold\ndan@example.com,Dan Fox,,Gold\n",
	"ann.csv":    "Email,Name\nann@example.com,Ann Lee\nzed@example.com,Zed Fay\nyan@example.com,Yan Fay\n",
	"zwei.csv":   "Email,Name\nzed@example.com,Zed Fay\n",
	"anna2.csv":  "Name,Email,Instagram\nAna Lima-Silva,ana@example.com,ana.sample\n",
}

// leftIn does in a language what leaves files behind, and returns their folders.
func leftIn(t *testing.T, l locale.Language) {
	t.Helper()
	messy, err := os.ReadFile("../../fixtures/messy.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	t.Setenv("MUSTER_ORG", "firma")
	t.Setenv("MUSTER_BRAND", "aussen")
	t.Setenv("MUSTER_AS", "ada@example.com")
	t.Setenv("MUSTER_BASE_URL", "https://claim.example.com")
	files := maps.Clone(leftFiles)
	files["messy.xlsx"] = string(messy)
	for name, text := range files {
		if err := os.WriteFile(name, []byte(strings.Replace(text, "LANGUAGE", string(l), 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	did := func(want int, command string) string {
		t.Helper()
		return muster1(t, want, strings.Fields(command)...)
	}
	for _, dir := range []string{"pläne", "offen"} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	did(0, "org apply org.yaml --yes")
	did(0, "directory load ordner.csv")
	did(0, "plan messy.xlsx --sheet * -o pläne/messy.html -o pläne/messy.xlsx")
	did(3, "import messy.xlsx --sheet * --yes --out messy")
	did(0, "plan leute.csv -o pläne/leute.html -o pläne/leute.xlsx")
	did(3, "import leute.csv --yes --out leute")
	did(3, "import leute.csv --yes --out noch-einmal")
	did(0, "review export last -o offen/review.json")
	decided, err := os.ReadFile("offen/review.json")
	if err != nil {
		t.Fatal(err)
	}
	decided = bytes.Replace(decided, []byte(`"decision": ""`), []byte(`"decision": "create"`), 1)
	decided = bytes.Replace(decided, []byte(`"decision": ""`), []byte(`"decision": "skip"`), 1)
	if err := os.WriteFile("offen/review.json", decided, 0o600); err != nil {
		t.Fatal(err)
	}
	did(0, "review apply offen/review.json --yes --out entschieden")
	did(3, "import anna2.csv --yes --out geändert")
	pagesOf(t, "desk")
	did(3, "import rollen.csv --kind staff --as ute@example.com --yes --out rollen")
	did(0, "sync alle.csv --source crm --out nacht1")
	did(0, "accounts grant ann@example.com --campaign aussen/herbst --yes --out gegeben")
	did(0, "accounts revoke cyd@example.com --brand aussen --yes --out genommen")
	did(0, "sync weg.csv --source crm --out nacht2")
	later := time.Now().Add(24 * time.Hour)
	if err := os.Chtimes("weg.csv", later, later); err != nil {
		t.Fatal(err)
	}
	did(0, "plan weg.csv --source crm -o pläne/nacht3.html -o pläne/nacht3.xlsx")
	did(0, "sync weg.csv --source crm --out nacht3")
	did(0, "import ann.csv --invite report --yes --out ann")
	did(0, "import zwei.csv --yes --out zwei")
	did(0, "accounts grant yan@example.com --product berichte --yes --out produkt")
	first := regexp.MustCompile(`"run": "([^"]+)"`).FindStringSubmatch(read(t, "ann/summary.json"))[1]
	did(3, "undo "+first+" --yes --out zurück")
	did(3, "undo last --yes --out zurück2")
	did(0, "report "+first+" -o ann-danach")
	did(0, "sources end crm --yes --out ende")
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// pagesOf keeps the pages of a review in a browser in a folder.
func pagesOf(t *testing.T, dir string) {
	t.Helper()
	out, in := io.Pipe()
	go func() {
		runProgram(t.Context(), []string{"review", "last", "--browser"}, strings.NewReader(""), in, in)
		_ = in.Close()
	}()
	var address string
	found := regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/open/[a-z0-9]+`)
	for said, room := "", make([]byte, 512); address == ""; address = found.FindString(said) {
		n, err := out.Read(room)
		if said += string(room[:n]); err != nil {
			t.Fatal(said, err)
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	jar, _ := cookiejar.New(nil)
	browser := http.Client{Jar: jar}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	root := address[:strings.Index(address, "/open/")]
	for to, seen := []string{address}, map[string]bool{}; len(to) > 0; to = to[1:] {
		if seen[to[0]] || len(seen) > 20 {
			continue
		}
		seen[to[0]] = true
		answer, err := browser.Get(to[0])
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatal(to[0], answer.Status, err)
		}
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
			continue
		}
		name := filepath.Join(dir, strings.NewReplacer("/", "_", ":", "_", "?", "_").Replace(strings.TrimPrefix(to[0], root))+".html")
		if err := os.WriteFile(name, body, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`href="(/[^"#]*)"`).FindAllStringSubmatch(string(body), -1) {
			to = append(to, root+m[1])
		}
	}
}

// said are the texts that people read in a file, by where they stand.
func said(t *testing.T, path string) []string {
	t.Helper()
	switch filepath.Ext(path) {
	case ".html":
		return saidOnPage(t, path)
	case ".xlsx":
		return saidInBook(t, path)
	case ".csv":
		return saidInTable(t, path)
	}
	return nil
}

func saidOnPage(t *testing.T, path string) []string {
	t.Helper()
	page, err := html.Parse(strings.NewReader(read(t, path)))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range page.Descendants() {
		switch {
		case n.Type == html.TextNode && !slices.Contains([]string{"style", "script", "code"}, n.Parent.Data):
			all = append(all, n.Data)
		case n.Type == html.ElementNode:
			for _, a := range n.Attr {
				if slices.Contains([]string{"title", "alt", "aria-label", "placeholder", "data-label"}, a.Key) {
					all = append(all, a.Val)
				}
			}
		}
	}
	return all
}

// notSaid are columns that no person looks at.
var notSaid = regexp.MustCompile(`^(Row|Person|Run|Digest)$`)

func saidInBook(t *testing.T, path string) []string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(path, err)
	}
	defer book.Close()
	var all []string
	for _, sheet := range book.GetSheetList() {
		all = append(all, sheet)
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for _, cell := range row {
				if i > 0 || !notSaid.MatchString(cell) && filepath.Base(path) != "links.xlsx" {
					all = append(all, cell)
				}
			}
		}
		comments, _ := book.GetComments(sheet)
		for _, c := range comments {
			all = append(all, c.Text)
			for _, part := range c.Paragraph {
				all = append(all, part.Text)
			}
		}
		rules, _ := book.GetDataValidations(sheet)
		for _, rule := range rules {
			for _, text := range []*string{rule.Prompt, rule.PromptTitle, rule.Error, rule.ErrorTitle} {
				if text != nil {
					all = append(all, *text)
				}
			}
		}
		if foot, err := book.GetHeaderFooter(sheet); err == nil && foot != nil {
			all = append(all, foot.OddFooter, foot.OddHeader)
		}
	}
	return all
}

// code is a word for machines: an outcome, a reason.
var code = regexp.MustCompile(`^[a-z_]+$`)

// saidInTable are the cells of a table whose columns are for machines.
func saidInTable(t *testing.T, path string) []string {
	t.Helper()
	read := csv.NewReader(strings.NewReader(strings.TrimPrefix(read(t, path), "\ufeff")))
	read.FieldsPerRecord = -1
	rows, err := read.ReadAll()
	if err != nil {
		t.Fatal(path, err)
	}
	var all []string
	for _, row := range rows[min(1, len(rows)):] {
		for _, cell := range row {
			if !code.MatchString(cell) {
				all = append(all, cell)
			}
		}
	}
	return all
}

// ofLists are the cells of all lists, the longest first.
func ofLists(t *testing.T) []string {
	t.Helper()
	all := map[string]bool{}
	for name := range leftFiles {
		if filepath.Ext(name) == ".csv" {
			for _, row := range append(saidInTable(t, name), strings.Split(strings.SplitN(leftFiles[name], "\n", 2)[0], ",")...) {
				all[strings.TrimSpace(row)] = true
			}
		}
	}
	book, err := excelize.OpenFile("messy.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		rows, _ := book.GetRows(sheet)
		for _, row := range rows {
			for _, cell := range row {
				all[strings.TrimSpace(cell)] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Compare(len(b), len(a)) })
}

var (
	// typed is what is typed as it is: commands and flags, file names, web and mail addresses, ids.
	typed = regexp.MustCompile(`^muster .*|^(accounts|undo|links|sources)( [a-z-]+)* TARGET…$|creator, staff (or|oder|o|ou) client|from \(muster\)|muster [a-z-]+( [a-z-]+)*( [A-Z]+)?|--[a-z-]+( '[^']*'|=\S+)?|\S+\.(csv|xlsx|html|jsonl|json|yaml)\b|https?://\S+|\S+@\S+|[0-9a-f]{8}-[-0-9a-f]+`)
	// english are words of English that are none of German, Spanish or French.
	english = regexp.MustCompile(`(?i)(^|[^\pL\pN])(the|of|and|is|are|were|with|by|to|for|not|this|these|that|have|had|which|will|would|who|whose|been|its|` +
		`it|from|row|rows|people|account|accounts|changed|decided|made|found|given|taken|staff|brand|handle|skip|seat|seats|campaign|product|permissions|profile of|somebody|nobody|review|` +
		`run|role|named|does|can|cannot|be|there|their|they|added|issued|access|mail sent)([^\pL\pN]|$)`)
)

// What people read is in their language, and nothing of it in English: all texts of
// reports, plans, reviews and their pages are looked through for words that are English
// alone. What stands in the lists, and what is typed, is taken out before.
func TestNoEnglishWordIsLeft(t *testing.T) {
	for _, l := range locale.Languages() {
		t.Run(string(l), func(t *testing.T) {
			leftIn(t, l)
			cells, texts, left := ofLists(t), 0, map[string]string{}
			bare := withoutCells(cells)
			err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() || !strings.Contains(path, string(filepath.Separator)) {
					return err
				}
				for _, text := range said(t, path) {
					texts++
					if english.MatchString(text) && !slices.Contains(cells, text) && english.MatchString(bare.Replace(typed.ReplaceAllString(text, "·"))) {
						left[text] = path
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if l == locale.English {
				if texts < 2000 || len(left) < 200 {
					t.Errorf("of %d texts %d are English: the test looks in the wrong place", texts, len(left))
				}
				return
			}
			for _, text := range slices.Sorted(maps.Keys(left)) {
				t.Errorf("%s: %q", left[text], text)
			}
		})
	}
}

// withoutCells takes what comes from the lists out of a text, but for words of ours.
func withoutCells(cells []string) *strings.Replacer {
	var pairs []string
	for _, cell := range cells {
		if len(cell) > 1 && !english.MatchString(cell) {
			pairs = append(pairs, cell, "·")
		}
	}
	return strings.NewReplacer(pairs...)
}
