package importer

import (
	"bytes"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// detectText finds out how the file is encoded. asked is the name the user
// gave, or "".
func detectText(r io.ReaderAt, size int64, asked string) (text, error) {
	s, err := surveyBytes(io.NewSectionReader(r, 0, size))
	if err != nil {
		return text{}, &FileError{Class: Unreadable, Msg: "cannot be read: " + err.Error(), Err: err}
	}
	head := make([]byte, 4)
	n, _ := r.ReadAt(head, 0)
	t, wide := textByBOM(head[:n])
	switch {
	case asked != "":
		if t, err = textByName(asked, t, wide); err != nil {
			return t, err
		}
	case t.name == "":
		t, wide = guessText(s)
	}
	if t.charset == nil && s.invalid > 0 {
		t = withStrayLines(t, s)
	}
	t.cutShort = (t.charset == nil && s.cut) || (wide && (size-int64(t.skip))%2 != 0)
	t.dropNUL = !wide && s.nul[0]+s.nul[1] > 0
	lone := s.cr - s.crlf
	t.lines = int(max(s.lf, s.cr))
	t.crToLF = !wide && lone > 0 && lone*5 >= s.lf
	return t, nil
}

// textByBOM reads the byte order mark. wide says that characters have two
// bytes, so that counts of single bytes mean nothing.
func textByBOM(head []byte) (t text, wide bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return text{name: "utf-8", skip: 3, certain: true}, false
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return text{name: "utf-16le", charset: utf16Of(false, false), skip: 2, certain: true}, true
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return text{name: "utf-16be", charset: utf16Of(true, false), skip: 2, certain: true}, true
	}
	return text{}, false
}

// textByName is for --encoding. A BOM of the same encoding is skipped.
func textByName(asked string, bom text, bomWide bool) (text, error) {
	name := strings.ToLower(strings.TrimSpace(asked))
	t := text{name: name, certain: true}
	switch compact := strings.NewReplacer("-", "", "_", "", " ", "").Replace(name); compact {
	case "utf8", "utf8bom", "utf8sig":
		t.name = "utf-8"
		if bom.name == "utf-8" {
			t.skip = bom.skip
		}
		return t, nil
	case "utf16", "utf16le", "utf16be":
		if bomWide {
			return bom, nil
		}
		t.name = "utf-16le"
		if compact == "utf16be" {
			t.name = "utf-16be"
		}
		t.charset = utf16Of(compact == "utf16be", false)
		return t, nil
	case "ansi", "cp1252", "windows1252", "latin1", "iso88591":
		t.charset = charmap.Windows1252
		return t, nil
	case "cp1250", "cp1251", "cp1253", "cp1254", "cp1257":
		name = "windows-" + compact[2:]
	case "macroman", "mac", "macintosh":
		name = "macintosh"
	case "sjis", "cp932":
		name = "shift_jis"
	case "cp936":
		name = "gbk"
	case "cp850":
		t.charset = charmap.CodePage850
		return t, nil
	case "cp437":
		t.charset = charmap.CodePage437
		return t, nil
	}
	e, err := ianaindex.IANA.Encoding(name)
	if err != nil || e == nil {
		return t, &FileError{Class: BadEncoding, Msg: "there is no encoding " + asked, Hint: "try utf-8, utf-16, windows-1252, windows-1250, windows-1251, shift_jis or gbk"}
	}
	t.charset = e
	return t, nil
}

// guessText is for files without BOM.
func guessText(s survey) (t text, wide bool) {
	nul := s.nul[0] + s.nul[1]
	if s.size >= 4 && nul*5 >= s.size && s.invalid*10 < s.size {
		if s.nul[1] > s.nul[0]*4 {
			return text{name: "utf-16le", charset: utf16Of(false, false)}, true
		}
		if s.nul[0] > s.nul[1]*4 {
			return text{name: "utf-16be", charset: utf16Of(true, false)}, true
		}
	}
	if s.invalid == 0 || (s.cut && s.invalid == 1) {
		return text{name: "utf-8", certain: true}, false
	}
	if s.multibyte > 4*s.invalid {
		return text{name: "utf-8"}, false
	}
	name, charset := guessCharset(s.sample, s.cr-s.crlf > s.lf)
	return text{name: name, charset: charset}, false
}

// withStrayLines reads a UTF-8 file line by line, the lines that are not
// UTF-8 in the charset that fits them best.
func withStrayLines(t text, s survey) text {
	if s.cut && s.invalid == 1 {
		return t
	}
	var bad []byte // the lines concerned, what is UTF-8 in them made plain
	for line := range bytes.Lines(s.sample) {
		for !utf8.Valid(line) && len(line) > 0 {
			c, n := utf8.DecodeRune(line)
			switch {
			case n > 1:
				bad = append(bad, 'a')
			case c == utf8.RuneError || len(bad) < sampleSize:
				bad = append(bad, line[0])
			}
			line = line[n:]
		}
	}
	name, charset := guessSingle(bad, false)
	t.mixed, t.charset, t.certain = true, charset, false
	t.name = "utf-8, some lines " + name
	return t
}

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

// guessAsian tries the two-byte encodings. They are only believed when the
// whole sample decodes and reads like the language.
func guessAsian(sample []byte) (string, encoding.Encoding) {
	if out, err := japanese.ShiftJIS.NewDecoder().Bytes(sample); err == nil {
		if share(string(out), isKana) > 0.15 && share(string(out), isBroken) == 0 {
			return "shift_jis", japanese.ShiftJIS
		}
	}
	if out, err := simplifiedchinese.GBK.NewDecoder().Bytes(sample); err == nil {
		if share(string(out), isHan) > 0.8 && share(string(out), isBroken) == 0 && commonHan(sample) > 0.6 {
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
