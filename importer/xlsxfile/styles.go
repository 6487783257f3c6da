package xlsxfile

import (
	"strconv"
	"strings"
)

// styleKind says how the numbers of a style are shown, as far as that changes
// what a person reads.
type styleKind struct {
	date, clock bool // a date, a time of day, or both
	zeros       int  // filled up with zeros to so many digits
}

// readStyles reads the number formats of the workbook's cell styles.
func (p *opcPackage) readStyles() ([]styleKind, error) {
	if p.styles == "" {
		return nil, nil
	}
	var doc struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := p.decode(p.styles, &doc); err != nil {
		return nil, err
	}
	custom := map[int]string{}
	for _, f := range doc.Formats {
		custom[f.ID] = f.Code
	}
	kinds := make([]styleKind, len(doc.Cells))
	for i, c := range doc.Cells {
		if code, ok := custom[c.Format]; ok {
			kinds[i] = kindOfFormat(code)
		} else {
			kinds[i] = builtinFormat(c.Format)
		}
	}
	return kinds, nil
}

func builtinFormat(id int) styleKind {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return styleKind{date: true}
	case id == 22:
		return styleKind{date: true, clock: true}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47, id == 55, id == 56:
		return styleKind{clock: true}
	}
	return styleKind{}
}

// kindOfFormat reads a format code like "yyyy-mm-dd" or "00000".
func kindOfFormat(code string) styleKind {
	code, _, _ = strings.Cut(code, ";")
	if strings.Trim(code, "0") == "" && len(code) > 1 {
		return styleKind{zeros: len(code)}
	}
	var k styleKind
	month := false
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			if j := strings.IndexByte(code[i+1:], '"'); j >= 0 {
				i += j + 1
			}
		case code[i] == '[':
			j := strings.IndexByte(code[i:], ']')
			if j < 0 || isElapsed(code[i+1:i+j]) {
				return styleKind{}
			}
			i += j
		case code[i] == '\\', code[i] == '_', code[i] == '*':
			i++
		case c == 'y', c == 'd':
			k.date = true
		case c == 'h', c == 's':
			k.clock = true
		case c == 'm':
			month = true
		case c == 'g' && strings.HasPrefix(strings.ToLower(code[i:]), "general"):
			return styleKind{}
		case code[i] == '0', code[i] == '#', code[i] == '?':
			if !k.clock {
				return styleKind{}
			}
		}
	}
	k.date = k.date || month && !k.clock
	return k
}

// isElapsed reports whether a part of a code in brackets shows how long
// something takes: [h] and the like. That is a number, no date.
func isElapsed(part string) bool {
	return strings.Trim(part, "hH") == "" || strings.Trim(part, "mM") == "" || strings.Trim(part, "sS") == ""
}

// plainNumber writes a stored number as a person would: no exponent, no
// digits that only come from storing it in binary.
func plainNumber(v string) string {
	digits := true
	for i := range len(v) {
		digits = digits && v[i] >= '0' && v[i] <= '9'
	}
	if digits {
		return v
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil || f > 1e40 || f < -1e40 {
		return v
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
