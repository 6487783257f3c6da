package importer

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/importer/file"
)

func TestFilesThatAreNotThere(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"creators.csv", "staff 2026.xlsx", "Notes.md", "lists/clients.csv", "lists/b.csv", "full/1.csv", "full/2.csv", "full/3.csv", "full/4.csv", "full/5.csv", "full/6.csv"} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte("Name,Email\n"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct{ path, shown, says, hint string }{
		"a letter too few":          {"creator.csv", "creator.csv", "no such file", "did you mean creators.csv,"},
		"other case":                {"Creators.CSV", "Creators.CSV", "no such file", "did you mean creators.csv,"},
		"another ending":            {"staff 2026.csv", "staff 2026.csv", "no such file", "did you mean staff 2026.xlsx,"},
		"in a folder":               {"lists/client.csv", "lists/client.csv", "no such file", "did you mean lists/clients.csv,"},
		"nothing like it":           {"people.csv", "people.csv", "no such file", "check the name"},
		"no list is like it":        {"Note.csv", "Note.csv", "no such file", "check the name"},
		"a folder that is not":      {"list/clients.csv", "list/clients.csv", "nor a folder list", "check the name"},
		"a web address":             {"https://example.com/list.csv", "https://example.com/list.csv", "addresses are not read", "curl -fsSL 'https://example.com/list.csv' | muster import -"},
		"an address with a key":     {"https://me:pw@example.com/list.csv?sig=secret", "https://example.com/list.csv", "addresses are not read", "curl -fsSL 'ADDRESS' | muster import -"},
		"an address of a bucket":    {"s3://lists/creators.csv", "s3://lists/creators.csv", "addresses are not read", "aws s3 cp 's3://lists/creators.csv' - | muster import -"},
		"an address of a file":      {"file:///tmp/list.csv", "file:///tmp/list.csv", "addresses are not read", "without file://"},
		"a folder":                  {"lists", "lists", "is a folder", "name the files in it: b.csv, clients.csv"},
		"a folder of very many":     {"full", "full", "is a folder", "and 1 more"},
		"a folder without any list": {t.TempDir(), "", "is a folder", "name the files in it"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(c.path, Options{})
			fe, _ := err.(*file.Error)
			if fe == nil || !strings.Contains(fe.Msg, c.says) || !strings.Contains(fe.Hint, c.hint) || c.shown != "" && fe.Path != c.shown {
				t.Errorf("got %+v", fe)
			}
			if strings.Contains(err.Error()+fe.Hint, "secret") || strings.Contains(err.Error()+fe.Hint, "pw") {
				t.Errorf("tells the key: %v, %s", err, fe.Hint)
			}
		})
	}
}
