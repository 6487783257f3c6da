package csvfile

import (
	"bytes"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode/utf32"

	"muster/importer/file"
)

// Detect finds out how a file of size bytes is encoded. asked is the name that
// the user gave, or "". The error is a *file.Error.
func Detect(r io.ReaderAt, size int64, asked string) (Text, error) {
	s, err := surveyBytes(io.NewSectionReader(r, 0, size))
	if err != nil {
		return Text{}, &file.Error{Class: file.Unreadable, Msg: "cannot be read: " + err.Error(), Err: err}
	}
	head := make([]byte, 4)
	n, _ := r.ReadAt(head, 0)
	t, wide := textByBOM(head[:n])
	switch {
	case asked != "":
		named, err := textByName(asked, t, wide)
		if err != nil {
			return t, err
		}
		if t.Encoding != "utf-8" || s.invalid > 0 { // no name is better than a mark and not one wrong byte
			t = named
		}
	case t.Encoding == "":
		t, wide = guessText(s)
	}
	if t.charset == nil && s.invalid > 0 {
		t = withStrayLines(t, s)
	}
	t.CutShort = (t.charset == nil && s.cut) || (wide && (size-int64(t.skip))%2 != 0)
	if nuls := s.nul[0] + s.nul[1]; !wide && nuls > 0 {
		t.NULs = int(nuls)
	}
	lone := s.cr - s.crlf
	t.Lines = int(max(s.lf, s.cr))
	t.crToLF = !wide && lone > 0 && lone*5 >= s.lf
	return t, nil
}

// textByBOM reads the byte order mark. wide says that characters have two
// bytes, so that counts of single bytes mean nothing.
func textByBOM(head []byte) (t Text, wide bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return Text{Encoding: "utf-8", Certain: true, skip: 3}, false
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")):
		charset := utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
		return Text{Encoding: "utf-32le", Certain: true, charset: charset, skip: 4}, true
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return Text{Encoding: "utf-16le", Certain: true, charset: utf16Of(false), skip: 2}, true
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return Text{Encoding: "utf-16be", Certain: true, charset: utf16Of(true), skip: 2}, true
	}
	return Text{}, false
}

// HeadInUTF8 takes the mark of byte order off the first bytes of a file, and
// decodes the others as it says.
func HeadInUTF8(head []byte) []byte {
	t, wide := textByBOM(head)
	head = head[t.skip:]
	if wide {
		head, _ = t.charset.NewDecoder().Bytes(head[:len(head)&^1])
	}
	return head
}

// textByName is for --encoding. A BOM of the same encoding is skipped.
func textByName(asked string, bom Text, bomWide bool) (Text, error) {
	name := strings.ToLower(strings.TrimSpace(asked))
	t := Text{Encoding: name, Certain: true}
	switch compact := strings.NewReplacer("-", "", "_", "", " ", "").Replace(name); compact {
	case "utf8", "utf8bom", "utf8sig":
		t.Encoding = "utf-8"
		if bom.Encoding == "utf-8" {
			t.skip = bom.skip
		}
		return t, nil
	case "utf16", "utf16le", "utf16be":
		if bomWide {
			return bom, nil
		}
		t.Encoding = "utf-16le"
		if compact == "utf16be" {
			t.Encoding = "utf-16be"
		}
		t.charset = utf16Of(compact == "utf16be")
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
		return t, &file.Error{
			Class: file.BadEncoding,
			Msg:   "there is no encoding " + asked,
			Hint:  "try utf-8, utf-16, windows-1252, windows-1250, windows-1251, shift_jis or gbk",
		}
	}
	t.charset = e
	return t, nil
}

// guessText is for files without BOM.
func guessText(s survey) (t Text, wide bool) {
	nul := s.nul[0] + s.nul[1]
	if s.size >= 4 && nul*5 >= s.size && s.invalid*10 < s.size {
		if s.nul[1] > s.nul[0]*4 {
			return Text{Encoding: "utf-16le", charset: utf16Of(false)}, true
		}
		if s.nul[0] > s.nul[1]*4 {
			return Text{Encoding: "utf-16be", charset: utf16Of(true)}, true
		}
	}
	if s.invalid == 0 || (s.cut && s.invalid == 1) {
		return Text{Encoding: "utf-8", Certain: true}, false
	}
	if mostlyUTF8(s.sample) {
		return Text{Encoding: "utf-8"}, false
	}
	name, charset := guessCharset(s.sample, s.cr-s.crlf > s.lf)
	return Text{Encoding: name, charset: charset}, false
}

// mostlyUTF8 reports whether a text in which something is wrong is UTF-8 all
// the same: of its words beyond ASCII a third at least are UTF-8, which those
// of no other encoding are but by a rare chance.
func mostlyUTF8(sample []byte) bool {
	var good, bad int
	for len(sample) > 0 {
		n := 1
		for n < len(sample) && sample[n] >= utf8.RuneSelf {
			n++
		}
		switch word := sample[:n]; {
		case word[0] < utf8.RuneSelf:
			n = 1
		case !utf8.Valid(word):
			bad++
		case !bytes.ContainsFunc(word, isShortSign):
			good++
		}
		sample = sample[n:]
	}
	return good > 0 && good*2 >= bad
}

// isShortSign reports whether a character is a sign of two bytes in UTF-8: two
// letters of another encoding make one easily.
func isShortSign(c rune) bool {
	return utf8.RuneLen(c) == 2 && !unicode.IsLetter(c) && !unicode.IsMark(c)
}

// withStrayLines reads a UTF-8 file line by line, what is not UTF-8 in them as
// Windows-1252: a few bytes are too few to guess among encodings.
func withStrayLines(t Text, s survey) Text {
	if s.cut && s.invalid == 1 {
		return t
	}
	t.mixed = true
	t.charset = charmap.Windows1252
	t.Certain = false
	t.Encoding = "utf-8, some lines windows-1252"
	return t
}
