package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// json puts a row behind others, as encoding/json writes it without escapes for
// pages: a million rows by their tags take five times as long. What few rows have
// is left to the package.
func (r *row) json(out []byte) (_ []byte, err error) {
	out = addMember(out, '{', "file", r.File)
	out = addIfSaid(out, "sheet", r.Sheet)
	out = strconv.AppendInt(append(out, `,"line":`...), int64(r.Line), 10)
	if r.OfRow != 0 {
		out = strconv.AppendInt(append(out, `,"of_row":`...), int64(r.OfRow), 10)
	}
	out = addMember(out, ',', "outcome", string(r.Outcome))
	out = addIfSaid(out, "reason", string(r.Reason))
	out = addIfSaid(out, "account_id", r.AccountID)
	out = addIfSaid(out, "name", r.Name)
	out = addIfSaid(out, "email", r.Email)
	out = addTextList(out, "brands", r.Brands)
	out = addTextList(out, "profiles", r.Profiles)
	out = addTextMap(out, "attributes", r.Attributes)
	if r.MergedInto != 0 {
		out = strconv.AppendInt(append(out, `,"merged_into":`...), int64(r.MergedInto), 10)
	}
	out = addIfSaid(out, "merged_into_file", r.MergedIntoFile)
	out = addIfSaid(out, "merged_into_sheet", r.MergedIntoSheet)
	if out, err = addAny(out, "problems", r.Problems, len(r.Problems)); err != nil {
		return out, err
	}
	if out, err = addAny(out, "candidates", r.Candidates, len(r.Candidates)); err != nil {
		return out, err
	}
	if out, err = addAny(out, "notes", r.Notes, len(r.Notes)); err != nil {
		return out, err
	}
	out = addIfSaid(out, "link_state", string(r.LinkState))
	if !r.LinkUntil.IsZero() {
		out = append(out, `,"link_expires_at":"`...)
		if out, err = r.LinkUntil.AppendText(out); err != nil {
			return out, err
		}
		out = append(out, '"')
	}
	out = addIfSaid(out, "error", r.Error)
	return append(out, '}', '\n'), nil
}

// addMember puts a member of an object behind what stands before it.
func addMember(out []byte, before byte, name, text string) []byte {
	out = append(out, before, '"')
	out = append(out, name...)
	return addJSON(append(out, '"', ':'), text)
}

// addIfSaid adds a member that is left out where it says nothing.
func addIfSaid(out []byte, name, text string) []byte {
	if text == "" {
		return out
	}
	return addMember(out, ',', name, text)
}

func addTextList(out []byte, name string, texts []string) []byte {
	if len(texts) == 0 {
		return out
	}
	out = append(out, `,"`...)
	out = append(out, name...)
	for i, text := range texts {
		if i == 0 {
			out = append(out, `":[`...)
		} else {
			out = append(out, ',')
		}
		out = addJSON(out, text)
	}
	return append(out, ']')
}

func addTextMap(out []byte, name string, texts map[string]string) []byte {
	if len(texts) == 0 {
		return out
	}
	out = append(out, `,"`...)
	out = append(out, name...)
	out = append(out, `":`...)
	before := byte('{')
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		out = append(addJSON(append(out, before), key), ':')
		out = addJSON(out, texts[key])
		before = ','
	}
	return append(out, '}')
}

// addAny adds a member of n values of any kind, if there are any.
func addAny(out []byte, name string, values any, n int) ([]byte, error) {
	if n == 0 {
		return out, nil
	}
	out = append(out, `,"`...)
	out = append(out, name...)
	out = append(out, `":`...)
	return encoded(out, values)
}

// addJSON adds a text as JSON has it. Most need no escapes.
func addJSON(out []byte, text string) []byte {
	wide := false
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' || c == '"' || c == '\\':
			out, _ = encoded(out, text) // every text is one of JSON
			return out
		case c >= utf8.RuneSelf:
			wide = true
		}
	}
	if wide && (!utf8.ValidString(text) || strings.ContainsAny(text, "\u2028\u2029")) {
		out, _ = encoded(out, text)
		return out
	}
	out = append(out, '"')
	out = append(out, text...)
	return append(out, '"')
}

// encoded adds a value as the package writes it.
func encoded(out []byte, value any) ([]byte, error) {
	into := bytes.NewBuffer(out)
	enc := json.NewEncoder(into)
	enc.SetEscapeHTML(false)
	err := enc.Encode(value)
	return bytes.TrimSuffix(into.Bytes(), []byte("\n")), err
}
