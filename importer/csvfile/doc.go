// Package csvfile reads CSV files: bytes go in, records of text with their line
// come out. What a cell means is not known here, but for what Signs tells.
//
//  1. Detect surveys the whole file once for its encoding (survey.go,
//     encoding.go, charset.go); Text then decodes it (text.go, stray.go).
//  2. Sniff tries the dialects on the head of the file (sniff.go, rate.go).
//  3. A Source cuts the text into records (record.go) and weighs quotes that
//     stand where none should (quote.go); in the end it says what was repaired,
//     or that the file was cut short (source.go).
package csvfile
