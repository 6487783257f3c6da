package plan

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/importer"
	"muster/importer/record"
	"muster/provision"
)

// Sources are the lists of a run, opened and named by their digests.
type Sources struct {
	lists []*importer.List
	Infos []provision.ListInfo
}

// OpenLists opens every list and checks its header; nothing is read yet.
func OpenLists(s Settings) (*Sources, error) {
	src := &Sources{}
	options := s.Reading
	options.Kind = cmp.Or(s.Kind, record.Creator)
	for _, path := range s.Lists {
		if err := src.open(path, options, s.Known); err != nil {
			return nil, errors.Join(err, src.Close())
		}
	}
	return src, nil
}

// open adds the lists of a file: one, or one for each sheet that is read.
func (s *Sources) open(path string, o importer.Options, known bool) error {
	lists, err := importer.OpenAll(path, o)
	if err != nil {
		return err
	}
	s.lists = append(s.lists, lists...)
	digest, err := lists[0].Digest()
	if err != nil {
		return err
	}
	for _, l := range lists {
		if !known {
			if err := checkColumns(path, l.Info(), o.Kind); err != nil {
				return err
			}
		}
		s.Infos = append(s.Infos, listInfo(path, digest, l.Info()))
	}
	return nil
}

// CheckLists opens the lists of some settings and checks their headers, and
// does nothing else. Standard input can be read once only and is left alone.
func CheckLists(s Settings) error {
	s.Lists = slices.DeleteFunc(slices.Clone(s.Lists), func(path string) bool { return path == "-" })
	src, err := OpenLists(s)
	if err != nil {
		return err
	}
	return src.Close()
}

// Close closes the lists.
func (s *Sources) Close() error {
	var err error
	for _, l := range s.lists {
		err = errors.Join(err, l.Close())
	}
	return err
}

// Fingerprint names an import by everything its result depends on beside the
// state of the database: the same command gives the same one.
func (s *Sources) Fingerprint(sc provision.Scope, settings Settings) (string, error) {
	reading := settings.Reading
	reading.TempDir = ""
	policy := sc.Policy
	policy.Now = time.Time{}
	text, err := json.Marshal(struct {
		Kind, Operator, BaseURL string
		Lists                   []NamedList
		Reading                 importer.Options
		Policy                  dedupe.Policy
		Source                  string `json:",omitempty"`
		Adopt                   bool   `json:",omitempty"`
		HeaderChanged           bool   `json:",omitempty"`
	}{
		"import", sc.Authority.Operator.Account, sc.BaseURL, s.Named(), reading, policy, settings.Source, settings.Adopt,
		settings.HeaderChanged,
	})
	if err != nil {
		return "", fmt.Errorf("naming the run: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// Name is what all imports of these lists have in common.
func (s *Sources) Name(sc provision.Scope, settings Settings) string {
	if sc.Source != nil {
		return strings.TrimSpace(provision.SourceListName(sc.Source.Name) + " " + settings.part())
	}
	return provision.ListName(sc.Authority.Brand.Slug, cmp.Or(settings.Kind, record.Creator), s.Infos, settings.part())
}

// A NamedList is what tells a list from all others.
type NamedList struct{ File, Sheet, SHA256 string }

// Named are the lists by what tells them from others.
func (s *Sources) Named() []NamedList {
	var lists []NamedList
	for _, i := range s.Infos {
		lists = append(lists, NamedList{i.File, i.Sheet, i.SHA256})
	}
	return lists
}
