package importer

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"muster/importer/file"
	"muster/importer/spelling"
)

// missing is the error for a file that is not there: an address on the web, or
// a name with a slip in it.
func missing(path string, err error) *file.Error {
	scheme, _, ok := strings.Cut(path, "://")
	if ok && !strings.ContainsAny(scheme, "/\\.") {
		return webAddress(path, strings.ToLower(scheme))
	}
	e := &file.Error{Class: file.NotFound, Msg: "there is no such file", Hint: "check the name", Err: err}
	dir, name := filepath.Split(path)
	switch near := neighbour(dir, name); {
	case near != "":
		e.Hint = fmt.Sprintf("did you mean %s, which lies in the same folder?", filepath.Join(dir, near))
	case dir != "":
		if _, err := os.Stat(dir); err != nil {
			e.Msg = fmt.Sprintf("there is no such file, nor a folder %s", filepath.Clean(dir))
		}
	}
	return e
}

// webAddress is the error for an address. What stands behind its question mark
// may be a key, and is not shown.
func webAddress(path, scheme string) *file.Error {
	shown, quoted := path, "'"+strings.ReplaceAll(path, "'", "%27")+"'"
	if u, err := url.Parse(path); err == nil && (u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		u.User = nil
		u.RawQuery = ""
		u.Fragment = ""
		shown, quoted = u.String(), "'ADDRESS'"
	}
	e := &file.Error{Path: shown, Class: file.NotFound, Msg: "addresses are not read"}
	if scheme == "file" {
		e.Hint = "name the file without file://"
		return e
	}
	fetch := "curl -fsSL " + quoted
	switch scheme {
	case "s3":
		fetch = "aws s3 cp " + quoted + " -"
	case "gs":
		fetch = "gcloud storage cat " + quoted
	}
	e.Hint = "fetch the list and hand it over: " + fetch + " | muster import -"
	return e
}

// maxNeighbours is how many files of a folder are looked at.
const maxNeighbours = 10_000

// neighbour is the file of a folder whose name is nearest to one that is not
// there, "" if none is near.
func neighbour(dir, name string) string {
	best, least := "", len(name)/4+2
	for _, other := range filesIn(dir) {
		d := spelling.Distance(strings.ToLower(name), strings.ToLower(other), least)
		if d < least && isList(other) == isList(name) || stem(other) == stem(name) && isList(other) && best == "" {
			best, least = other, min(d, least)
		}
	}
	return best
}

// filesIn lists the files of a folder, not the hidden ones.
func filesIn(dir string) (names []string) {
	if dir == "" {
		dir = "."
	}
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer f.Close()
	entries, _ := f.ReadDir(maxNeighbours)
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !file.BreaksLines(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names
}

// stem is a name without its ending, whatever its case.
func stem(name string) string {
	return strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name)))
}

// isList reports whether a name ends as those of lists do.
func isList(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt", ".xlsx", ".xlsm":
		return true
	}
	return false
}

// folder is the error for a folder, which names the lists in it.
func folder(path string) *file.Error {
	e := &file.Error{Class: file.NotSpreadsheet, Msg: "is a folder", Hint: "name the files in it"}
	var lists []string
	for _, name := range filesIn(path) {
		if isList(name) {
			lists = append(lists, name)
		}
	}
	const most = 5
	if n := len(lists); n > most {
		e.Hint += ": " + strings.Join(lists[:most], ", ") + fmt.Sprintf(" and %d more", n-most)
	} else if n > 0 {
		e.Hint += ": " + strings.Join(lists, ", ")
	}
	return e
}
