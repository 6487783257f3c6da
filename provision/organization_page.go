package provision

// Page is what the page behind a link asks and offers, and what mails say.
type Page struct {
	Language     string        `yaml:"language,omitempty" json:"language,omitempty"` // of people who have none
	SignUpFields []SignUpField `yaml:"sign_up_fields,omitempty" json:"sign_up_fields,omitempty"`
	Terms        *Agreement    `yaml:"terms,omitempty" json:"terms,omitempty"` // nil asks nobody to agree
	// SelfServiceLinks lets people ask for a new link, or a new password; nil
	// does not.
	SelfServiceLinks *bool `yaml:"self_service_links,omitempty" json:"self_service_links,omitempty"`
	// SecondFactor says that nobody signs in by a password alone, so that a
	// shorter one will do; nil says no such thing.
	SecondFactor *bool `yaml:"second_factor_enforced,omitempty" json:"second_factor_enforced,omitempty"`
}

// SelfService reports whether people may ask for a new link, or a new password.
func (p Page) SelfService() bool { return p.SelfServiceLinks != nil && *p.SelfServiceLinks }

// HasSecondFactor reports whether nobody signs in by a password alone.
func (p Page) HasSecondFactor() bool { return p.SecondFactor != nil && *p.SecondFactor }

// Agreement is a document that people agree to when they sign up.
type Agreement struct {
	URL     string `yaml:"url" json:"url"`
	Version string `yaml:"version" json:"version"`
}

// TermsDocument is the name under which agreeing to the terms is kept.
const TermsDocument = "terms"

// SignUpField is something an organization asks people when they sign up.
type SignUpField struct {
	Name     string            `yaml:"name" json:"name"`   // of the answer, where it is kept
	Label    map[string]string `yaml:"label" json:"label"` // language → what people read
	Required bool              `yaml:"required,omitempty" json:"required,omitempty"`
	Kind     FieldKind         `yaml:"kind,omitempty" json:"kind,omitempty"`       // "" is a text
	Choices  []string          `yaml:"choices,omitempty" json:"choices,omitempty"` // of a choice
}

// FieldKind says what a sign-up field takes.
type FieldKind string

// The kinds of sign-up fields.
const (
	TextField   FieldKind = "text"
	ChoiceField FieldKind = "choice"
	DateField   FieldKind = "date" // YYYY-MM-DD
)
