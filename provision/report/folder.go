package report

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"muster/importer/failure"
	"muster/provision"
)

// Names of the files of a report. Further files of rejected rows are called
// rejected-2.csv and so on.
const (
	RowsFile     = provision.RowsFile
	SummaryFile  = "summary.json"
	ReportFile   = "report.csv"
	WorkbookFile = "report.xlsx"
	WebpageFile  = "report.html"
	LinksFile    = "links.csv"
	RejectedFile = "rejected.csv"
	RejectedBook = "rejected.xlsx" // of workbooks
	AccountsFile = "directory-rejected.csv"
	LinksBook    = "links.xlsx"
	ReviewFile   = "review.xlsx" // where somebody is held
)

const (
	marker     = ".muster-run" // says that a folder is ours, before and while a report stands in it
	tempPrefix = ".muster-tmp-"
)

// replaced matches the files that a new report takes the place of: those it
// does not write again are from an older run and are removed.
var replaced = regexp.MustCompile(`^(rows\.jsonl|summary\.json|report\.(csv|xlsx|html)|links\.(csv|xlsx)|removed\.csv|plan\.html|review\.xlsx|rejected(-[0-9]+)?\.(csv|xlsx))$`)

// decided matches the reviews of older runs that were moved out of the way
// because somebody had begun to decide in them.
var decided = regexp.MustCompile(`^review-[0-9a-f]+\.xlsx$`)

// A ForeignFolderError refuses a folder that holds something other than an
// earlier report.
type ForeignFolderError struct {
	Dir   string
	Found string // one of the files in it
}

func (e *ForeignFolderError) Error() string {
	return fmt.Sprintf("%s is not empty and holds no report of muster (there is %q)", e.Dir, e.Found)
}

// Failure says that another folder has to be named.
func (e *ForeignFolderError) Failure() (failure.Class, string) {
	return failure.Config, "name a new or an empty folder"
}

// Prepare makes the folder of a run, readable by its owner alone, or checks
// that an existing one is empty or ours. A command calls it before it begins,
// so that a wrong folder is refused before anything is written; Write calls it
// again.
func Prepare(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making the folder of the report: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("opening the folder of the report: %w", err)
	}
	defer root.Close()
	return claim(root)
}

// Unused reports whether a folder that Prepare made holds nothing yet.
func Unused(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() != marker })
}

// claim puts the marker into a folder that may be written to.
func claim(root *os.Root) error {
	if isMarked(root) {
		return private(root)
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return fmt.Errorf("reading the folder of the report: %w", err)
	}
	if len(entries) > 0 && !isReport(root) {
		return &ForeignFolderError{Dir: root.Name(), Found: entries[0].Name()}
	}
	if err := private(root); err != nil {
		return err
	}
	f, err := root.OpenFile(marker, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("marking the folder of the report: %w", err)
	}
	return f.Close()
}

// isMarked reports whether a folder says of itself that it is one for reports.
func isMarked(root *os.Root) bool {
	info, err := root.Lstat(marker)
	return err == nil && info.Mode().IsRegular()
}

// private keeps others out of the folder. A mounted one may belong to somebody
// else; the files in it are private by themselves.
func private(root *os.Root) error {
	if err := root.Chmod(".", 0o700); err != nil && !errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("making the folder of the report private: %w", err)
	}
	return nil
}

// isReport reports whether the folder holds a summary of muster: a report
// whose marker was lost on the way.
func isReport(root *os.Root) bool {
	text, err := root.ReadFile(SummaryFile)
	var summary struct {
		Run      string         `json:"run"`
		Outcomes map[string]int `json:"outcomes"`
	}
	return err == nil && json.Unmarshal(text, &summary) == nil && summary.Run != "" && summary.Outcomes != nil
}

// A folder is the folder of a report while it is written.
type folder struct {
	root *os.Root
	temp string // hidden folder inside, for files that are not whole yet
}

func openFolder(dir string) (*folder, error) {
	if err := Prepare(dir); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the folder of the report: %w", err)
	}
	f := &folder{root: root, temp: tempPrefix + rand.Text()[:12]}
	if err := errors.Join(f.sweep(), root.Mkdir(f.temp, 0o700)); err != nil {
		root.Close()
		return nil, fmt.Errorf("preparing the folder of the report: %w", err)
	}
	return f, nil
}

// sweep removes what a killed writer left behind.
func (f *folder) sweep() error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempPrefix) {
			err = errors.Join(err, f.root.RemoveAll(e.Name()))
		}
	}
	return err
}

// scratch is the path of the hidden folder, for files of others' making.
func (f *folder) scratch() string { return filepath.Join(f.root.Name(), f.temp) }

// commit begins the folder anew with the files of a bundle, the summary last.
// Before that the summary of an older run goes, so that no summary ever stands
// beside files it does not belong to; then whatever else the older run left,
// but for what is good for this one. What cannot be removed is left to whoever
// writes a file of that name.
func (f *folder) commit(b *bundle, good func(name string) bool) error {
	names, err := b.seal()
	if err != nil {
		return err
	}
	if err := f.removeOld(func(name string) bool { return name == SummaryFile }); err != nil {
		return err
	}
	slices.SortStableFunc(names, func(a, b string) int { return order(a) - order(b) })
	for _, name := range names {
		if name == SummaryFile {
			_ = f.removeOld(func(old string) bool { return !slices.Contains(names, old) && !good(old) })
		}
		if err := f.rename(name); err != nil {
			return err
		}
	}
	return f.sync()
}

// rename takes a whole file out of the hidden folder.
func (f *folder) rename(name string) error {
	err := f.root.Rename(filepath.Join(f.temp, name), name)
	if links, ok := errors.AsType[*os.LinkError](err); ok {
		err = links.Err // without the hidden folder, which says nothing to anybody
	}
	if err != nil {
		return fmt.Errorf("replacing %s: %w", name, err)
	}
	return nil
}

// order puts the summary behind all others.
func order(name string) int {
	if name == SummaryFile {
		return 1
	}
	return 0
}

// removeOld removes files of an older report that the predicate picks.
func (f *folder) removeOld(pick func(name string) bool) error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return fmt.Errorf("reading the folder of the report: %w", err)
	}
	for _, e := range entries {
		if !replaced.MatchString(e.Name()) || !pick(e.Name()) {
			continue
		}
		if gone := f.root.Remove(e.Name()); gone != nil {
			err = errors.Join(err, fmt.Errorf("removing the %s of an older run: %w", e.Name(), gone))
		}
	}
	return err
}

// sync makes the new names survive a power cut.
func (f *folder) sync() error {
	dir, err := f.root.Open(".")
	if err != nil {
		return fmt.Errorf("syncing the folder of the report: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// close removes what did not become part of the report.
func (f *folder) close() error {
	return errors.Join(f.root.RemoveAll(f.temp), f.root.Close())
}
