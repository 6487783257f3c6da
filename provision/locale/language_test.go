package locale

import "testing"

func TestMatch(t *testing.T) {
	for name, c := range map[string]struct {
		wishes []string
		want   Language
	}{
		"no wish at all":                                {nil, English},
		"only empty wishes":                             {[]string{"", ""}, English},
		"the language of the person":                    {[]string{"de"}, German},
		"a country of the language":                     {[]string{"fr-CA"}, French},
		"written with an underscore":                    {[]string{"de_AT"}, German},
		"in capitals":                                   {[]string{"ES"}, Spanish},
		"the first wish decides":                        {[]string{"es", "fr"}, Spanish},
		"a wish that nobody meets gives way":            {[]string{"ja", "fr"}, French},
		"a wish that cannot be read gives way":          {[]string{"!!", "fr"}, French},
		"a header of a browser":                         {[]string{"nl;q=0.3, fr-CH, en;q=0.8"}, French},
		"the best of a header that is spoken":           {[]string{"ja, de;q=0.4"}, German},
		"a header of languages nobody speaks gives way": {[]string{"ja, ko", "es"}, Spanish},
		"languages nobody speaks":                       {[]string{"ja", "ko"}, English},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Match(c.wishes...); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestEveryLanguageHasItsOwnName(t *testing.T) {
	names := map[string]bool{}
	for _, l := range Languages() {
		names[l.Name()] = true
		if Match(string(l)) != l {
			t.Errorf("%s is not chosen by its own tag", l)
		}
	}
	if len(names) != len(Languages()) || names[""] {
		t.Errorf("names: %v", names)
	}
}
