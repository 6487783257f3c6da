package directory

import (
	"cmp"
	"maps"
	"slices"

	"muster/provision"
)

// mergedPage lays what a file says of the page over what there is. A list of
// fields replaces the former one, and terms that are empty end those before.
func mergedPage(now, file provision.Page) provision.Page {
	merged := provision.Page{
		Language:         cmp.Or(file.Language, now.Language),
		SignUpFields:     now.SignUpFields,
		Terms:            cmp.Or(file.Terms, now.Terms),
		SelfServiceLinks: cmp.Or(file.SelfServiceLinks, now.SelfServiceLinks),
		SecondFactor:     cmp.Or(file.SecondFactor, now.SecondFactor),
	}
	if file.SignUpFields != nil {
		merged.SignUpFields = file.SignUpFields
	}
	if len(merged.SignUpFields) == 0 {
		merged.SignUpFields = nil
	}
	if merged.Terms != nil && *merged.Terms == (provision.Agreement{}) {
		merged.Terms = nil
	}
	return merged
}

// page says what changes about where people are sent, and about what the page
// behind a link asks them.
func (d *difference) page(wanted provision.Organization) {
	now := d.now
	d.toggled(ChangeActive, now.IsActive(), wanted.IsActive())
	d.changed(ChangeMemberURL, now.MemberURL, wanted.MemberURL)
	d.changed(ChangeDashboardURL, now.DashboardURL, wanted.DashboardURL)
	d.changed(ChangeSSOURL, now.SSOURL, wanted.SSOURL)
	d.changed(ChangeLanguage, now.Language, wanted.Language)
	d.changed(ChangeTerms, termsOf(now.Page), termsOf(wanted.Page))
	d.toggled(ChangeSelfService, now.SelfService(), wanted.SelfService())
	d.toggled(ChangeSecondFactor, now.HasSecondFactor(), wanted.HasSecondFactor())
	d.fieldsAsked(now.SignUpFields, wanted.SignUpFields)
}

func (d *difference) changed(op OrganizationOp, from, to string) {
	if from != to {
		d.say(OrganizationChange{Op: op, From: from, To: to})
	}
}

// toggled says that something is so, or is so no more.
func (d *difference) toggled(op OrganizationOp, from, to bool) {
	words := map[bool]string{true: yes, false: no}
	d.changed(op, words[from], words[to])
}

// What a change says of something that is so, or not.
const (
	yes = "yes"
	no  = "no"
)

// termsOf names the terms of a page by version and address, "" for none.
func termsOf(p provision.Page) string {
	if p.Terms == nil {
		return ""
	}
	return p.Terms.Version + ", " + p.Terms.URL
}

// fieldsAsked says what people are asked for, are asked differently, and are
// asked no more.
func (d *difference) fieldsAsked(now, wanted []provision.SignUpField) {
	said := len(d.changes)
	for _, f := range wanted {
		old, asked := fieldNamed(now, f.Name)
		switch {
		case !asked:
			d.say(OrganizationChange{Op: AddSignUpField, Name: f.Name})
		case !sameField(old, f):
			d.say(OrganizationChange{Op: ChangeSignUpField, Name: f.Name})
		}
	}
	for _, f := range now {
		if _, asked := fieldNamed(wanted, f.Name); !asked {
			d.say(OrganizationChange{Op: EndSignUpField, Name: f.Name})
		}
	}
	if len(d.changes) == said && !slices.EqualFunc(now, wanted, sameField) {
		d.say(OrganizationChange{Op: OrderSignUpFields})
	}
}

func fieldNamed(all []provision.SignUpField, name string) (provision.SignUpField, bool) {
	i := slices.IndexFunc(all, func(f provision.SignUpField) bool { return f.Name == name })
	if i < 0 {
		return provision.SignUpField{}, false
	}
	return all[i], true
}

func sameField(x, y provision.SignUpField) bool {
	return x.Name == y.Name && x.Required == y.Required && maps.Equal(x.Label, y.Label) &&
		cmp.Or(x.Kind, provision.TextField) == cmp.Or(y.Kind, provision.TextField) && slices.Equal(x.Choices, y.Choices)
}
