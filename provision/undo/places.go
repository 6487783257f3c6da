package undo

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"muster/importer/record"
	"muster/provision"
	"muster/provision/words"
)

// places say where the rows of some entries stood in the lists of the run, by row: the
// report of the run knows, while it stands. People who were picked stood in no list.
func (u *Undo) places(ctx context.Context, e *provision.Engine, entries []provision.RunEntry) (map[int]record.Place, error) {
	var lists []provision.ListInfo
	if err := json.Unmarshal(u.Run.Lists, &lists); err != nil {
		return nil, fmt.Errorf("reading the lists of run %s: %w", provision.ShortRun(u.Run.ID), err)
	}
	picked := map[string]bool{}
	for _, l := range lists {
		picked[l.File] = l.Format == provision.PickedFormat
	}
	at := map[int]record.Place{}
	wanted := map[int]bool{}
	for _, entry := range entries {
		if entry.Row > 0 {
			wanted[entry.Row] = true
		}
	}
	if len(wanted) == 0 || allPicked(lists) && u.Run.Kind != Kind {
		return at, nil
	}
	told := 0
	maybe := func(number int, _ []byte) bool {
		told++
		return wanted[number]
	}
	for r, err := range e.Folders.Rows(ctx, u.Run, maybe) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			break // a report that is damaged keeps nothing from being taken back
		}
		if !picked[r.File] {
			at[r.Number] = r.Place
		}
	}
	u.tellPlaces(e, at, told == 0)
	return at, nil
}

// allPicked reports whether no list is a file: there is nothing to look people up in.
func allPicked(lists []provision.ListInfo) bool {
	return !slices.ContainsFunc(lists, func(l provision.ListInfo) bool { return l.Format != provision.PickedFormat })
}

// tellPlaces says how rows are named where that may be taken for something else: the
// rows of the run that were asked for are no lines of its lists.
func (u *Undo) tellPlaces(e *provision.Engine, at map[int]record.Place, gone bool) {
	run := provision.ShortRun(u.Run.ID)
	if gone {
		e.Tell(provision.Notice{Text: fmt.Sprintf("the report of run %s, which says where its rows stood, is not in %s: "+
			"people are named by their rows in the run, not by lines of a list", run, u.Run.Out)})
		return
	}
	const few = 3
	var said []string
	for _, r := range u.Rows {
		if p, known := at[r.First]; known && len(said) < few {
			said = append(said, fmt.Sprintf("row %d is %s", r.First, words.In{}.Place(record.Place{File: filepath.Base(p.File), Sheet: p.Sheet, Line: p.Line}, record.Place{})))
		}
	}
	if len(said) > 0 {
		e.Tell(provision.Notice{Text: fmt.Sprintf("--rows counts the rows of run %s, not the lines of a list: %s", run, strings.Join(said, ", "))})
	}
}
