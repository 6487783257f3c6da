package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"muster/dedupe"
	"muster/importer/reason"
	"muster/provision"
	"muster/provision/review"
	"muster/provision/words"
)

const reviewVersion = 1

// reviewFile is a review as JSON. To decide, fill in "decision".
type reviewFile struct {
	Type         string       `json:"type"` // "review"
	Version      int          `json:"version"`
	Run          string       `json:"run"` // or the path of a plan
	Organization string       `json:"organization"`
	Brand        string       `json:"brand"`
	People       []reviewCase `json:"people"`
}

type reviewCase struct {
	Person     int               `json:"person"`
	Reason     reason.Code       `json:"reason"`
	Why        string            `json:"why"`
	Before     string            `json:"decided_before,omitempty"` // who decided otherwise, when and what
	Digest     string            `json:"digest"`
	Rows       []reviewRow       `json:"rows"`
	Candidates []reviewCandidate `json:"candidates"`
}

type reviewRow struct {
	Decision   string       `json:"decision"`
	Options    []string     `json:"options"`
	Remark     string       `json:"remark"`
	Row        int          `json:"row"`
	File       string       `json:"file"`
	Sheet      string       `json:"sheet,omitempty"`
	Line       int          `json:"line"`
	Name       string       `json:"name"`
	Email      string       `json:"email"`
	ExternalID string       `json:"external_id,omitempty"`
	Profiles   []string     `json:"profiles,omitempty"`
	Way        []dedupe.Tie `json:"way,omitempty"` // how it hangs together with the first row
}

type reviewCandidate struct {
	Letter   string            `json:"letter"`
	Account  string            `json:"account"`
	Masked   bool              `json:"masked,omitempty"`
	Name     string            `json:"name,omitempty"`
	Email    string            `json:"email,omitempty"`
	Profiles []string          `json:"profiles,omitempty"`
	Connects []string          `json:"connected,omitempty"` // those of the profiles whose owner authorised them
	Status   string            `json:"status,omitempty"`
	Brands   []string          `json:"brands,omitempty"`
	Kinds    []string          `json:"kinds,omitempty"` // as what, a kind for each of the brands
	Evidence []dedupe.Evidence `json:"evidence"`
}

func writeReviewJSON(w io.Writer, _ words.In, r provision.HeldReview) error {
	file := reviewFile{
		Type:         "review",
		Version:      reviewVersion,
		Run:          r.Source,
		Organization: r.Organization,
		Brand:        r.Brand,
		People:       []reviewCase{},
	}
	for _, p := range r.People {
		one := reviewCase{
			Person:     p.Number,
			Reason:     p.Reason,
			Why:        words.WhyHeld(p),
			Before:     p.Before,
			Digest:     p.Digest,
			Candidates: []reviewCandidate{},
		}
		for _, row := range p.Rows {
			shown := reviewRow{
				Options:    row.Options,
				Row:        row.Row,
				File:       row.File,
				Sheet:      row.Sheet,
				Line:       row.Line,
				Name:       row.Name,
				Email:      row.Email.Address,
				ExternalID: row.ExternalID,
				Way:        row.Way,
			}
			for _, profile := range row.Profiles {
				shown.Profiles = append(shown.Profiles, profile.URL)
			}
			one.Rows = append(one.Rows, shown)
		}
		for _, c := range p.Candidates {
			one.Candidates = append(one.Candidates, candidateJSON(c))
		}
		file.People = append(file.People, one)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(file)
}

func candidateJSON(c provision.HeldCandidate) reviewCandidate {
	m := masked(c.Candidate)
	shown := reviewCandidate{
		Letter:   c.Letter,
		Account:  c.Account,
		Masked:   c.Masked,
		Name:     m.Name,
		Email:    m.Email,
		Status:   string(c.Status),
		Evidence: c.Evidence,
	}
	for _, p := range c.Profiles {
		where := cmp.Or(p.Profile.URL, p.Profile.Network+" "+p.Profile.Display)
		shown.Profiles = append(shown.Profiles, where)
		if p.Connected {
			shown.Connects = append(shown.Connects, where)
		}
	}
	for _, m := range c.Memberships {
		shown.Brands = append(shown.Brands, m.Brand)
		shown.Kinds = append(shown.Kinds, string(m.Kind))
	}
	return shown
}

func readReviewJSON(path string) (review.Answers, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return review.Answers{}, fmt.Errorf("reading %s: %w", path, err)
	}
	var file reviewFile
	if err := json.Unmarshal(text, &file); err != nil {
		return review.Answers{}, notAReview(path, "%v", err)
	}
	if file.Type != "review" || file.Version != reviewVersion || file.Run == "" {
		return review.Answers{}, notAReview(path, "it has another type or version")
	}
	answers := review.Answers{Path: path, Source: file.Run}
	for i, p := range file.People {
		for n, row := range p.Rows {
			answers.All = append(answers.All, review.Answer{
				Person:   p.Person,
				Row:      row.Row,
				Digest:   p.Digest,
				Decision: row.Decision,
				Remark:   row.Remark,
				Name:     row.Name,
				Email:    row.Email,
				Cell:     fmt.Sprintf("people[%d].rows[%d].decision", i, n),
			})
		}
	}
	return answers, nil
}
