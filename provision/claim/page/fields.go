package page

import (
	"muster/provision"
	"muster/provision/claim"
	"muster/provision/claim/password"
	"muster/provision/locale"
)

// form is a step as its template draws it.
type form struct {
	Number, Last int // of the step
	Faults       []claim.Fault
	Inputs       []input
	Terms        *terms // nil where there are none to agree to
}

// input is a field to fill in.
type input struct {
	ID           string // and the name it is posted under
	LabelKey     string // of the catalogue, or
	Label        string // the organization's own
	Kind         provision.FieldKind
	Value        string
	Choices      []string
	Autocomplete string
	Longest      int
	Required     bool
	Fault        *fault
	Focus        bool // it is the first one to be corrected
}

// terms are what people agree to.
type terms struct {
	provision.Agreement
	ID       string
	Agreed   bool
	Required bool
	Fault    *fault
	Focus    bool
}

// fault is what is wrong with a field, as a text of the catalogue.
type fault struct {
	Key      string
	Min, Max int
}

// profileForm is the first step. What was typed stands in it again.
func profileForm(v *visit, view claim.View, faults []claim.Fault) form {
	f := form{Number: 1, Last: 2, Faults: faults}
	if view.NeedsName {
		f.Inputs = append(f.Inputs, input{ID: claim.NameField, LabelKey: "name.label", Value: v.form.Get(claim.NameField),
			Autocomplete: "name", Longest: claim.MaxName, Required: true})
	}
	language := speech(v, view)
	for _, field := range view.Fields {
		f.Inputs = append(f.Inputs, signUpInput(v, view, field, language))
	}
	if view.Terms != nil {
		f.Terms = &terms{Agreement: *view.Terms, ID: claim.TermsField, Required: true,
			Agreed: v.form.Get(claim.TermsField) == view.Terms.Version}
	}
	f.mark(view)
	return f
}

// signUpInput is a field the organization asks for: it holds what was typed,
// else what was answered before.
func signUpInput(v *visit, view claim.View, field provision.SignUpField, language locale.Language) input {
	in := input{ID: claim.AnswerField(field.Name), Label: label(field, language), Kind: field.Kind,
		Value: view.Answers[field.Name], Choices: field.Choices, Required: field.Required, Longest: claim.MaxAnswer}
	if typed, posted := v.form[in.ID]; posted {
		in.Value = typed[0]
	}
	return in
}

// label is what people read beside a field: in their language, else in
// English, else what the field is called.
func label(field provision.SignUpField, language locale.Language) string {
	for _, l := range []locale.Language{language, locale.English} {
		if said := field.Label[string(l)]; said != "" {
			return said
		}
	}
	for _, l := range locale.Languages() {
		if said := field.Label[string(l)]; said != "" {
			return said
		}
	}
	return field.Name
}

// passwordForm is the last step. A password is never shown again: both fields
// are empty. The field of a user name that password managers look for is left
// out: the address is masked, and they would keep it like that.
func passwordForm(v *visit, view claim.View, faults []claim.Fault) form {
	f := form{Number: 1, Last: 1, Faults: faults, Inputs: []input{
		{ID: claim.FirstField, LabelKey: "password.label", Required: true},
		{ID: claim.AgainField, LabelKey: "again.label", Required: true},
	}}
	if len(view.Fields) > 0 || view.Terms != nil || v.form.Get("step") == profileStep {
		f.Number, f.Last = 2, 2
	}
	f.mark(view)
	return f
}

// mark puts the faults beside their fields.
func (f *form) mark(view claim.View) {
	wrong := map[string]*fault{}
	for _, fault := range f.Faults {
		wrong[fault.Field] = words(fault, view)
	}
	first := true
	for i := range f.Inputs {
		in := &f.Inputs[i]
		in.Fault = wrong[in.ID]
		in.Focus, first = first && in.Fault != nil, first && in.Fault == nil
	}
	if f.Terms != nil {
		f.Terms.Fault = wrong[f.Terms.ID]
		f.Terms.Focus = first && f.Terms.Fault != nil
	}
}

// faultTexts say what is wrong, by the code of a fault.
var faultTexts = map[string]string{
	claim.Missing:    "fault.missing",
	claim.TooLong:    "fault.too_long",
	claim.Unfit:      "fault.unfit",
	claim.NotAChoice: "fault.choice",
	claim.NotADate:   "fault.date",
	claim.NotAgreed:  "fault.terms",
	claim.Differs:    "fault.password.differs",
}

// passwordTexts say what is wrong with a password.
var passwordTexts = map[string]string{
	claim.Missing:             "fault.password.missing",
	string(password.TooShort): "fault.password.too_short",
	string(password.TooLong):  "fault.password.too_long",
	string(password.Unfit):    "fault.unfit",
	string(password.Common):   "fault.password.common",
	string(password.Personal): "fault.password.personal",
	string(password.Sequence): "fault.password.sequence",
	string(password.Repeated): "fault.password.repeated",
}

// words puts a fault into the words of the catalogue.
func words(f claim.Fault, view claim.View) *fault {
	said := &fault{Key: faultTexts[f.Code], Min: view.MinLength, Max: view.MaxLength}
	if key, known := passwordTexts[f.Code]; known && f.Field == claim.FirstField {
		said.Key = key
	}
	return said
}
