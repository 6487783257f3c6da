package report

import "testing"

// At least as many as LibreOffice draws: a row that is too low cuts its text off.
func TestWrappedCountsTheLinesOfACell(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  int
	}{
		{"Neu angelegt", 15, 1},
		{"two\nlines", 15, 2},
		{"TikTok: \"https://vm.tiktok.com/ZMsample12/\": ein Kurzlink sagt nicht, wessen Profil es ist", 40, 3},
		{"Instagram: \"https://www.instagram.com/p/C9sampleXyZ/\": der Link führt zu einem Beitrag, nicht zu einem Profil", 40, 4},
		{"TikTok: \"https://www.tiktok.com/@ada.sample.dances/video/730123456…\": der Link führt zu einem Beitrag, nicht zu " +
			"einem Profil; meinten Sie \"@ada.sample.dances\"?", 40, 5},
		{"abcdefghij", 3, 4},
	} {
		if got := wrapped(c.text, c.width); got != c.want {
			t.Errorf("%d lines, not %d: %s", got, c.want, c.text)
		}
	}
}
