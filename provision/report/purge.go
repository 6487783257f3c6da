package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"muster/provision"
	"muster/provision/plan"
)

// AnswersFile keeps the answers of a review that was not finished, in the
// folder of the run.
const AnswersFile = "answers.json"

// scraps are files that a killed run may have left unfinished.
var scraps = regexp.MustCompile(`^(plan\.jsonl\.part(\.decisions)?|(held\.jsonl|records\.jsonl\.gz|\.rows\.jsonl)\.part|\.rows\.jsonl)$`)

// leavingsOf finds the files of a finished run that hold personal data, in the
// folder of its report, and removes them where remove is set. The summary
// stays, which counts rows and names nobody. Where the folder has become that
// of a later run, or was never there, nothing is the run's; what only looks
// like a file of a report is left alone and named.
func leavingsOf(run provision.Run, remove bool) (provision.Leavings, error) {
	info, err := os.Lstat(run.Out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return provision.Leavings{None: true}, nil
	case err != nil:
		return provision.Leavings{}, err
	case !info.IsDir():
		return provision.Leavings{Left: run.Out + " is no folder any more: what it leads to is left alone"}, nil
	}
	root, err := os.OpenRoot(run.Out)
	if err != nil {
		return provision.Leavings{}, err
	}
	defer root.Close()
	if !ownerOf(root, run) {
		return provision.Leavings{}, nil
	}
	return leavings(root, run, remove)
}

// ownerOf reports whether a folder is the run's: its report stands there or, where there
// is none, the folder has the name of the run, or is one of ours with the plan of the run
// in it, as a run that a guard stopped leaves it.
func ownerOf(root *os.Root, run provision.Run) bool {
	if owner := reportOf(root); owner != "" {
		return owner == run.ID
	}
	return filepath.Base(run.Out) == run.ID || isMarked(root) && planOf(root, run)
}

func leavings(root *os.Root, run provision.Run, remove bool) (provision.Leavings, error) {
	var l provision.Leavings
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return l, err
	}
	var strange []string
	for _, e := range entries {
		name := e.Name()
		scratch := e.IsDir() && strings.HasPrefix(name, tempPrefix)
		switch {
		case !scratch && !personal(name):
			continue
		case !scratch && !e.Type().IsRegular():
			strange = append(strange, name)
			continue
		case name == plan.File && !planOf(root, run):
			continue
		}
		if remove {
			if err := root.RemoveAll(name); err != nil {
				return l, err
			}
		}
		l.Files = append(l.Files, name)
	}
	if len(strange) > 0 {
		l.Left = fmt.Sprintf("%s in %s is no plain file and is left alone", strings.Join(strange, ", "), run.Out)
	}
	return l, nil
}

// personal reports whether a file of that name in the folder of a run holds
// personal data.
func personal(name string) bool {
	switch name {
	case SummaryFile:
		return false
	case plan.File, plan.HeldFile, plan.RecordsFile, AnswersFile, AccountsFile:
		return true
	}
	return replaced.MatchString(name) || scraps.MatchString(name) || decided.MatchString(name)
}

// reportOf is the run whose report stands in a folder, "" for none.
func reportOf(root *os.Root) string {
	var summary struct {
		Run string `json:"run"`
	}
	if info, err := root.Lstat(SummaryFile); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	text, err := root.ReadFile(SummaryFile)
	if err != nil || json.Unmarshal(text, &summary) != nil {
		return ""
	}
	return summary.Run
}

// planOf reports whether the plan in a folder is the run's: the same command
// may have been interrupted there later, and somebody may have saved a plan of
// their own.
func planOf(root *os.Root, run provision.Run) bool {
	f, err := root.Open(plan.File)
	if err != nil {
		return false
	}
	defer f.Close()
	var header struct {
		Fingerprint string    `json:"fingerprint"`
		CreatedAt   time.Time `json:"created_at"`
	}
	line, err := bufio.NewReader(f).ReadBytes('\n')
	return err == nil && json.Unmarshal(line, &header) == nil && header.Fingerprint == run.Fingerprint &&
		header.CreatedAt.Before(run.FinishedAt)
}
