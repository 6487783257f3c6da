package csvfile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// charsets are the encodings guessed among, the likelier ones first: a later
// one has to fit clearly better.
var charsets = []struct {
	name    string
	charset encoding.Encoding
	letters string // letters that texts in it are full of
}{
	{"windows-1252", charmap.Windows1252, "éèêëàâäáãåæçñíìîïóòôöõøúùûüßœÉÄÖÜÅÑÇÀØÓÍÁÚ"},
	{"windows-1250", charmap.Windows1250, "ąćęłńśźżáčďéěíňóřšťúůýžőűăâîşţäöüŁŚŻŽŠČŘ"},
	{"windows-1251", charmap.Windows1251, "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЮЯ"},
	{"macintosh", charmap.Macintosh, "éèêëàâäáãåæçñíìîïóòôöõøúùûüßœÉÄÖÜÅÑÇ"},
	{"cp850", charmap.CodePage850, "éèêëàâäáãåæçñíìîïóòôöõøúùûüßÉÄÖÜÅÑÇ"},
}

// guessCharset guesses the encoding of text that is not UTF-8. The guess is
// always reported as one.
func guessCharset(sample []byte, macLines bool) (string, encoding.Encoding) {
	if len(sample) == 0 {
		return "windows-1252", charmap.Windows1252
	}
	if name, charset := guessAsian(sample); charset != nil {
		return name, charset
	}
	return guessSingle(sample, macLines)
}

// guessSingle guesses among the encodings of one byte a character.
func guessSingle(sample []byte, macLines bool) (string, encoding.Encoding) {
	best, bestScore := 0, -1e9
	for i, c := range charsets {
		out, err := c.charset.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		score := lettersScore(string(out), c.letters) - 0.04*float64(i)
		if c.name == "windows-1251" && clustered(sample) < 0.6 {
			continue
		}
		if macLines && c.name == "macintosh" {
			score += 0.3
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	return charsets[best].name, charsets[best].charset
}

// clustered is the share of bytes beyond ASCII that stand next to another:
// Cyrillic words consist of them, Latin ones have them here and there.
func clustered(b []byte) float64 {
	var n, beside float64
	for i, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		n++
		if (i > 0 && b[i-1] >= utf8.RuneSelf) || (i+1 < len(b) && b[i+1] >= utf8.RuneSelf) {
			beside++
		}
	}
	return beside / max(n, 1)
}

// lettersScore rates a decoded text by its characters beyond ASCII: expected
// letters count for it, unexpected ones little, symbols inside words and
// capitals after small letters against it.
func lettersScore(s, expected string) float64 {
	var sum, n float64
	prev := ' '
	for _, c := range s {
		if c >= utf8.RuneSelf {
			n++
			inWord := unicode.IsLetter(prev)
			switch {
			case inWord && strings.ContainsRune("’”…–", c), !inWord && strings.ContainsRune("‘“„…–", c):
				sum += 0.8
			case strings.ContainsRune(expected, c):
				sum++
				if inWord && unicode.IsLower(prev) && unicode.IsUpper(c) {
					sum -= 1.2
				}
			case unicode.IsLetter(c):
				sum += 0.1
			case unicode.IsControl(c) || c == utf8.RuneError:
				sum -= 2
			case inWord:
				sum -= 0.7
			case strings.ContainsRune("–—’‘“”„…€«»", c):
				sum += 0.5
			}
		}
		prev = c
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// aFew characters may be damaged in a text whose encoding is still plain.
const aFew = 0.04

// guessAsian tries the two-byte encodings. They are only believed when the
// sample decodes, but for what was damaged, and reads like the language.
func guessAsian(sample []byte) (string, encoding.Encoding) {
	if text, err := japanese.ShiftJIS.NewDecoder().String(string(sample)); err == nil && share(text, isBroken) < aFew {
		if share(text, isKana) > 0.15 || share(text, isHan) > 0.8 && commonKanji(sample) > 0.6 {
			return "shift_jis", japanese.ShiftJIS
		}
	}
	if text, err := simplifiedchinese.GBK.NewDecoder().String(string(sample)); err == nil && share(text, isBroken) < aFew {
		if share(text, isHan) > 0.8 && commonHan(sample) > 0.6 {
			return "gbk", simplifiedchinese.GBK
		}
	}
	return "", nil
}

// share is the share of the characters beyond ASCII that are such.
func share(s string, is func(rune) bool) float64 {
	var n, hit float64
	for _, c := range s {
		if c >= utf8.RuneSelf {
			n++
			if is(c) {
				hit++
			}
		}
	}
	if n == 0 {
		return 0
	}
	return hit / n
}

func isKana(c rune) bool { return c >= 0x3040 && c <= 0x30FF }
func isHan(c rune) bool {
	return unicode.Is(unicode.Han, c) || (c >= 0x3000 && c <= 0x303F) || c >= 0xFF00
}
func isBroken(c rune) bool { return c == utf8.RuneError }

// commonKanji is the share of two-byte characters that stand beside another
// and whose first byte lies in the rows of the 2,965 commonest characters of
// Shift-JIS. In Western encodings such bytes stand alone between letters.
func commonKanji(b []byte) float64 {
	var n, common float64
	last := -2 // where the last two-byte character began
	for i := 0; i+1 < len(b); i++ {
		if b[i] < utf8.RuneSelf {
			continue
		}
		n++
		beside := last == i-2 || i+2 < len(b) && b[i+2] >= utf8.RuneSelf
		if b[i] >= 0x88 && b[i] <= 0x97 && beside {
			common++
		}
		last = i
		i++
	}
	return common / max(n, 1)
}

// commonHan is the share of two-byte characters whose first byte lies in the
// plane of the 3,755 commonest characters of GB 2312.
func commonHan(b []byte) float64 {
	var n, common float64
	for i := 0; i+1 < len(b); i++ {
		if b[i] < utf8.RuneSelf {
			continue
		}
		n++
		if b[i] >= 0xB0 && b[i] <= 0xD7 && b[i+1] >= 0xA1 {
			common++
		}
		i++
	}
	if n == 0 {
		return 0
	}
	return common / n
}
