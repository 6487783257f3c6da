package importer

import (
	"testing"

	"muster/importer/record"
)

// A field of the table that nothing reads would be dropped silently.
func TestEveryFieldIsRead(t *testing.T) {
	cells := map[record.Field]string{
		record.FieldEmail:        "ann@example.com",
		record.FieldName:         "Ann Lee",
		record.FieldFirstName:    "Ann",
		record.FieldLastName:     "Lee",
		record.FieldExternalID:   "P-17",
		record.FieldContactEmail: "agency@example.com",
		record.FieldBlog:         "https://ann.example.com",
		record.FieldLinks:        "https://www.instagram.com/ann.lee",
		record.FieldKind:         "client",
		record.FieldRelation:     "manager",
		record.FieldBrands:       "Acme",
		record.FieldCampaigns:    "Spring",
		record.FieldProducts:     "Insights",
		record.FieldRole:         "member",
		record.FieldPermissions:  "default",
		record.FieldStatus:       "active",
		record.FieldLanguage:     "de",
		record.FieldTimeZone:     "Europe/Berlin",
		record.FieldPicture:      "https://example.com/ann.jpg",
	}
	for _, f := range fields {
		t.Run(string(f.name), func(t *testing.T) {
			cell := cells[f.name]
			if cell == "" {
				t.Fatal("no cell to try it with")
			}
			l := &List{cols: []column{{label: "column", field: f.name}}}
			rec := newParser(l).parse(record.Row{Cells: []string{cell}})
			for _, p := range rec.Problems {
				if p.Column != "" {
					t.Errorf("%q: %s", cell, p.Message)
				}
			}
			said := parsing{rec: rec}
			if !said.filled(f.name) && len(rec.Profiles) == 0 {
				t.Errorf("nothing of %q is in the record", cell)
			}
		})
	}
}
