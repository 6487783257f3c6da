package provision

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"muster/dedupe"
	"muster/importer"
)

// sources are the lists of a run, opened and named by their digests.
type sources struct {
	lists []*importer.List
	infos []ListInfo
}

// openLists opens every list and checks its header; nothing is read yet.
func openLists(s Settings) (*sources, error) {
	src := &sources{}
	kind := orDefault(s.Kind, importer.Creator)
	options := s.Reading
	options.Kind = kind
	for _, path := range s.Lists {
		l, err := importer.Open(path, options)
		if err != nil {
			return nil, errors.Join(err, src.close())
		}
		src.lists = append(src.lists, l)
		if err := checkColumns(path, l.Info(), kind); err != nil {
			return nil, errors.Join(err, src.close())
		}
		digest, err := l.Digest()
		if err != nil {
			return nil, errors.Join(err, src.close())
		}
		src.infos = append(src.infos, listInfo(path, digest, l.Info()))
	}
	return src, nil
}

// CheckLists opens the lists of some settings and checks their headers, and
// does nothing else. Standard input can be read once only and is left alone.
func CheckLists(s Settings) error {
	s.Lists = slices.DeleteFunc(slices.Clone(s.Lists), func(path string) bool { return path == "-" })
	src, err := openLists(s)
	if err != nil {
		return err
	}
	return src.close()
}

func (s *sources) close() error {
	var err error
	for _, l := range s.lists {
		err = errors.Join(err, l.Close())
	}
	return err
}

// fingerprint names a run by everything its result depends on beside the
// state of the database: the same command gives the same one.
func (s *sources) fingerprint(kind string, sc scope, settings Settings) (string, error) {
	reading := settings.Reading
	reading.TempDir = ""
	policy := sc.policy
	policy.Now = time.Time{}
	type list struct{ File, Sheet, SHA256 string }
	var lists []list
	for _, i := range s.infos {
		lists = append(lists, list{i.File, i.Sheet, i.SHA256})
	}
	text, err := json.Marshal(struct {
		Kind, Operator, BaseURL string
		Lists                   []list
		Reading                 importer.Options
		Policy                  dedupe.Policy
	}{kind, sc.authority.Operator.Account, sc.baseURL, lists, reading, policy})
	if err != nil {
		return "", fmt.Errorf("naming the run: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}
