package store_test

import (
	"testing"

	"muster/provision/store"
)

func TestDetailsMentionPeople(t *testing.T) {
	const id = "01a22b3b-2e71-728b-8246-da4dd5540c38"
	people := [][3]string{
		{"by id", "", id},
		{"by email", "email", "ann@example.com"},
		{"by a longer email", "email", "ann.of.the.long.name@example.com"},
		{"by key", "instagram", "ann"},
		{"by another of the same", "external:o", "ann"},
		{"by a short key", "external:o", "7"},
	}
	for text, want := range map[string][]string{
		`{"account": "` + id + `"}`:                      {"by id"},
		`{"link": "x` + id + `y-z"}`:                     {"by id"},
		`{"account": "01a22b3b-2e71-728b-8246-da4d"}`:    nil,
		`{"said": "ann@example.com"}`:                    {"by email"},
		`{"said": "not ANN@example.com, but her"}`:       {"by email"},
		`{"said": "joann@example.com.au"}`:               {"by email"},
		`{"said": "ann.of.the.long.name@example.com"}`:   {"by a longer email"},
		`{"said": "xxx.of.the.long.name@example.com"}`:   nil,
		`{"said": "@example.com", "then": "nn@example"}`: nil,
		`{"value":"ann"}`:                                {"by key", "by another of the same"},
		`{"value": "a \"quoted\" word", "next": "ann"}`:  {"by key", "by another of the same"},
		`{"value": "anna", "other": "joann"}`:            nil,
		`{"value": "7"}`:                                 {"by a short key"},
		`{"value": 7}`:                                   nil,
		``:                                               nil,
		`"`:                                              nil,
		`-@"`:                                            nil,
	} {
		got := store.Mentions(text, people...)
		for _, w := range want {
			if !got[w] {
				t.Errorf("%s: not found %s", text, w)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: found %v, not %v", text, got, want)
		}
	}
}
