package provision

import (
	"time"

	"muster/dedupe"
	"muster/importer/record"
)

// Terms are the terms on which people are taken in: for whom, on whose
// authority, and what becomes of those who are known. The zero value of a
// field takes the default of the flag it stands for.
type Terms struct {
	Organization string // slug, "" = the only one
	Brand        string // slug, "" = the only one
	Operator     string // address, "" = the only administrator
	Kind         record.Kind

	OnEmailMatch   dedupe.MatchPolicy
	OnProfileMatch dedupe.MatchPolicy
	OnDifference   dedupe.DifferencePolicy
	Invite         dedupe.Invite
	ReissueExpired bool
	LinkTTL        time.Duration // 0 = ReportedLife or MailedLife
	LinkWorkday    bool          // links that would end at a weekend end on Monday morning
	NotBefore      time.Time     // links open only from then on; zero for at once
	BaseURL        string        // "" = the stored one
	Inviter        string        // of mails, as "Name <address>"; "" = the organization
	Note           string        // of the inviter, in mails
	NoClaimNotice  bool          // people whom a brand adds are not told by mail

	Source string // whose lists are synced, "" where they are only taken in
	Adopt  bool   // what an import brought of people on the lists becomes the source's
}

// Binding is what a plan, the rows of a run and the people it held are bound
// to: none of them means anything beside another database, organization or
// policy.
type Binding struct {
	Database     string        `json:"database"`     // id of the database it was made against, or NewDatabase
	Organization string        `json:"organization"` // slug
	Brand        string        `json:"brand"`        // slug
	Operator     string        `json:"operator"`     // address
	BaseURL      string        `json:"base_url"`
	List         string        `json:"list,omitempty"` // see ListName; "" where it is no list of people to take in
	Lists        []ListInfo    `json:"lists"`
	Policy       dedupe.Policy `json:"policy"`
	Source       *BoundSource  `json:"source,omitempty"`   // of lists that are synced
	Reviewed     string        `json:"reviewed,omitempty"` // the run, or the saved plan, whose held people a review is about
	InVain       int           `json:"in_vain,omitempty"`  // rows that a review decides about and leaves held all the same: what they contradict is not decided
	Asked        []string      `json:"asked,omitempty"`    // flags of the command that say how its lists are read and whom they are about, as a shell takes them
}

// BoundSource is a source as a plan saw it: once another run of it has come to
// its end the plan means nothing any more.
type BoundSource struct {
	Name    string `json:"name"`
	LastRun string `json:"last_run,omitempty"`
	Adopt   bool   `json:"adopt,omitempty"`
}

// Bind binds what is made of some lists to a scope.
func (s Scope) Bind(lists []ListInfo) Binding {
	b := Binding{
		Database:     s.Database,
		Organization: s.Authority.Organization.Slug,
		Brand:        s.Authority.Brand.Slug,
		Operator:     s.Authority.Operator.Email,
		BaseURL:      s.BaseURL,
		Lists:        lists,
		Policy:       s.Policy,
	}
	if s.Source != nil {
		b.Source = &BoundSource{Name: s.Source.Name, LastRun: s.Source.LastRun, Adopt: s.Adopt}
	}
	return b
}

// Terms are the terms that led to the binding: a scope made on them is the
// same one, unless the organization, or what the operator may do, has changed.
func (b Binding) Terms() Terms {
	t := Terms{
		Organization:   b.Organization,
		Brand:          b.Brand,
		Operator:       b.Operator,
		Kind:           b.Policy.Kind,
		OnEmailMatch:   b.Policy.OnEmailMatch,
		OnProfileMatch: b.Policy.OnProfileMatch,
		OnDifference:   b.Policy.OnDifference,
		Invite:         b.Policy.Invite,
		ReissueExpired: b.Policy.ReissueExpired,
		LinkTTL:        time.Duration(b.Policy.LinkTTL),
		LinkWorkday:    b.Policy.LinkWorkday,
		NotBefore:      b.Policy.NotBefore,
		BaseURL:        b.BaseURL,
		Inviter:        b.Policy.Inviter,
		Note:           b.Policy.Note,
		NoClaimNotice:  b.Policy.NoClaimNotice,
	}
	if b.Source != nil {
		t.Source = b.Source.Name
		t.Adopt = b.Source.Adopt
	}
	return t
}
