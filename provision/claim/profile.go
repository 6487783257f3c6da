package claim

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/change"
)

// A Profile is what people say of themselves in the first step.
type Profile struct {
	Name    string            // asked for where nobody has said it; ignored where somebody has
	Answers map[string]string // to the sign-up fields, by name
	Agreed  string            // the version of the terms that was agreed to, "" for none
}

// How much is kept of what people type, in characters.
const (
	MaxName   = 256
	MaxAnswer = 500
)

// Begin keeps what somebody says of themselves, and that they have begun; the
// View is that of the next step. Where something is missing or cannot be kept,
// only that they have begun is: *FormError. *Refusal where the link does not
// open.
func (s *Service) Begin(ctx context.Context, token string, p Profile) (View, error) {
	var v View
	err := provision.Retry(func() error {
		c, err := s.passwordOnly(ctx, token)
		if err != nil {
			return err
		}
		v = viewOf(c)
		if v.Step != ProfileStep {
			return nil
		}
		said, faults := v.said(p)
		if len(faults) > 0 {
			return s.faulty(ctx, c, faults)
		}
		if err := s.write(ctx, holder(c), change.BeginAction, append(said, begun(c)...)...); err != nil {
			return err
		}
		c, err = s.passwordOnly(ctx, token)
		v = viewOf(c)
		return err
	})
	if err != nil {
		return View{}, err
	}
	return v, nil
}

// faulty says what is to be corrected: somebody who has filled in a form has
// begun, whatever is wrong with it.
func (s *Service) faulty(ctx context.Context, c provision.Claimant, faults []Fault) error {
	if changes := begun(c); len(changes) > 0 {
		if err := s.write(ctx, holder(c), change.BeginAction, changes...); err != nil {
			return err
		}
	}
	return &FormError{View: viewOf(c), Faults: faults}
}

// begun is what makes a person one who is registering; nothing where they are.
func begun(c provision.Claimant) change.Changes {
	return change.Moved(c.Link.AccountStatus, provision.Begun)
}

// pending reports whether there is something to say before the password: what
// nobody may leave out, and once, before they begin, what they may.
func (v View) pending(status dedupe.Status) bool {
	if v.NeedsName || v.Terms != nil {
		return true
	}
	_, begins := provision.After(status, provision.Begun)
	return slices.ContainsFunc(v.Fields, func(f provision.SignUpField) bool {
		return v.Answers[f.Name] == "" && (f.Required || begins)
	})
}

// said is what a profile changes, or what is wrong with it.
func (v View) said(p Profile) (changes change.Changes, faults []Fault) {
	if v.NeedsName {
		name, code := line(p.Name, MaxName)
		if name == "" && code == "" {
			code = Missing
		}
		changes = append(changes, change.Fill{Fill: dedupe.Fill{Name: name}})
		faults = fault(faults, NameField, code)
	}
	for _, f := range v.Fields {
		answer, code := answered(f, p.Answers[f.Name])
		faults = fault(faults, AnswerField(f.Name), code)
		if answer != v.Answers[f.Name] {
			changes = append(changes, change.Answer{Name: f.Name, Value: answer})
		}
	}
	if v.Terms != nil {
		changes = append(changes, change.Agree{Document: provision.TermsDocument, Version: v.Terms.Version})
		if p.Agreed != v.Terms.Version {
			faults = fault(faults, TermsField, NotAgreed)
		}
	}
	return changes, faults
}

func fault(faults []Fault, field, code string) []Fault {
	if code == "" {
		return faults
	}
	return append(faults, Fault{Field: field, Code: code})
}

// answered is an answer as it is kept, or the code of what is wrong with it.
func answered(f provision.SignUpField, typed string) (answer, code string) {
	answer, code = line(typed, MaxAnswer)
	switch {
	case code != "":
	case answer == "" && f.Required:
		code = Missing
	case answer == "":
	case f.Kind == provision.ChoiceField && !slices.Contains(f.Choices, answer):
		code = NotAChoice
	case f.Kind == provision.DateField:
		if _, err := time.Parse(time.DateOnly, answer); err != nil {
			code = NotADate
		}
	}
	return answer, code
}

// line is one line of text without what surrounds it, or the code of what is
// wrong with it: control characters, and those that turn the direction of the
// text around, would let it show as something that it is not.
func line(typed string, longest int) (text, code string) {
	text = strings.TrimSpace(typed)
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unshown):
		return "", Unfit
	case utf8.RuneCountInString(text) > longest:
		return "", TooLong
	}
	return text, ""
}

func unshown(c rune) bool {
	return unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || c == '\u2029'
}
