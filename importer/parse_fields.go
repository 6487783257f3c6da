package importer

import (
	"fmt"

	"muster/importer/file"
	"muster/importer/reason"
	"muster/importer/record"
)

// field reads a cell that is not blank, by the field of its column.
func (s *parsing) field(c column, i int, cell, link string) {
	if c.network != "" {
		s.profile(c, i, cell, link)
		return
	}
	switch c.field {
	case record.FieldEmail:
		s.email(c, cell, link)
	case record.FieldLinks, record.FieldBlog:
		s.profiles(c, cell, link)
	case record.FieldExternalID:
		if !s.damaged(c, i, cell) {
			s.rec.ExternalID = s.text(c, untyped(cell))
		}
	case record.FieldName:
		s.rec.Name = s.wholeName(c, cell)
	case record.FieldFirstName:
		s.rec.FirstName = s.name(c, cell)
	case record.FieldLastName:
		s.rec.LastName = s.name(c, cell)
	case "":
		if c.doubted == record.FieldStatus && saysGone(cell) {
			s.problem(c, reason.StatusNotRead, false,
				fmt.Sprintf("%q: %s", shorten(cell), reason.Of(reason.StatusNotRead).Meaning))
		}
		s.keepAttribute(c, cell, link)
	default:
		s.value(c, cell, link)
	}
}

// value reads the plain fields.
func (s *parsing) value(c column, cell, link string) {
	switch c.field {
	case record.FieldContactEmail:
		s.contact(c, cell, link)
	case record.FieldKind:
		s.kind(c, cell)
	case record.FieldRelation:
		s.relation(c, cell)
	case record.FieldStatus:
		if v, ok := statusOf(cell); ok {
			s.rec.Status = v
		} else {
			s.outOfRange(c, cell, allowedStatuses)
		}
	case record.FieldBrands:
		s.rec.Brands = s.several(c, s.rec.Brands, cell)
	case record.FieldCampaigns:
		s.rec.Campaigns = s.several(c, s.rec.Campaigns, cell)
	case record.FieldProducts:
		s.rec.Products = s.several(c, s.rec.Products, cell)
	case record.FieldRole:
		s.rec.Role = s.text(c, cell)
	case record.FieldPermissions:
		s.rec.Permissions = s.text(c, cell)
	case record.FieldLanguage:
		if v, ok := languageOf(cell); ok {
			s.rec.Language = v
		} else {
			s.outOfRange(c, cell, "a language tag like de or pt-BR")
		}
	case record.FieldTimeZone:
		if v, ok := timeZoneOf(cell); ok {
			s.rec.TimeZone = v
		} else {
			s.outOfRange(c, cell, "a time zone like Europe/Berlin")
		}
	case record.FieldPicture:
		s.picture(c, cell, link)
	}
}

// kind reads what a person is. Lists of creators also write there that the row is
// that of an agency or a manager: that is the relation.
func (s *parsing) kind(c column, cell string) {
	if k, ok := kindOf(cell); ok {
		s.rec.Kind = k
		return
	}
	if relation, ok := relationIn(cell); ok {
		s.rec.Relation = relation
		return
	}
	s.outOfRange(c, cell, "creator, staff or client")
}

func (s *parsing) picture(c column, cell, link string) {
	v, ok := pictureOf(cell)
	if !ok && link != "" {
		if v, ok = pictureOf(link); ok {
			s.keep(link)
		}
	}
	if !ok {
		s.problem(c, reason.BadLink, false, "")
		return
	}
	s.rec.Picture = v
}

// byDefault fills a field that the row left blank.
func (s *parsing) byDefault(field record.Field, value string) {
	if !s.filled(field) && !file.Blank(value) && !s.saidBadly(field) {
		c := column{label: "--set " + string(field)}
		c.set(field)
		s.field(c, -1, value, "")
	}
}

// filled reports whether the row said something of a field of which a person
// has one. To profiles another one is only added.
func (s *parsing) filled(field record.Field) bool {
	r := &s.rec
	switch field {
	case record.FieldEmail:
		return r.Email.Value != ""
	case record.FieldName:
		return r.Name != "" || r.FirstName != "" && r.LastName != ""
	case record.FieldFirstName:
		return r.FirstName != ""
	case record.FieldLastName:
		return r.LastName != ""
	case record.FieldExternalID:
		return r.ExternalID != ""
	case record.FieldContactEmail:
		return r.ContactEmail != ""
	case record.FieldKind:
		return r.Kind != ""
	case record.FieldBrands:
		return r.Brands != nil
	case record.FieldCampaigns:
		return r.Campaigns != nil
	case record.FieldProducts:
		return r.Products != nil
	case record.FieldRole:
		return r.Role != ""
	case record.FieldPermissions:
		return r.Permissions != ""
	case record.FieldStatus:
		return r.Status != ""
	case record.FieldLanguage:
		return r.Language != ""
	case record.FieldTimeZone:
		return r.TimeZone != ""
	case record.FieldPicture:
		return r.Picture != ""
	case record.FieldRelation:
		return r.Relation != ""
	}
	return false
}

// saidBadly reports whether the row said something of the field that could
// not be used: a default must not paper over that.
func (s *parsing) saidBadly(field record.Field) bool {
	for _, p := range s.rec.Problems {
		for _, c := range s.cols {
			if c.label == p.Column && c.field == field {
				return true
			}
		}
	}
	return false
}
