// Package importer reads lists of people: a CSV or XLSX file goes in, rows
// with their place come out, and each row becomes a Record that says who the
// person is, what is wanted for them and what is wrong with the row. Nothing
// is written, nobody is looked up, and a broken file is never half a list: it
// is a *file.Error that names file, sheet, line, column and what to do.
//
//  1. Classify by the first bytes, never by the name (classify.go).
//  2. CSV: find the encoding and the dialect (csv.go, package csvfile). Text
//     that is nothing but addresses is a list of one column (addresses.go).
//     XLSX: check the workbook and choose its sheets (sheets.go, package
//     xlsxfile).
//  3. Find the header among the first rows (header.go) and what each column
//     means: its words (meaning.go, fields.go, families.go) held against what
//     stands in it (evidence.go) and beside it (resolve.go), whose export it
//     is (formats.go), what --map says (mapping.go) and what no list brings in
//     (dropped.go); understand.go puts that together. In a workbook, the first
//     visible sheet whose header names people is read, or every such sheet as a
//     list of its own (sheets.go); others are counted (sheets_unread.go).
//  4. Stream the records that csvfile and xlsxfile hand out, without the tokens
//     of invite links (tokens.go).
//  5. Leave out blank rows, repeated headers and totals, pad the others to
//     the header (feed.go), and take them through gocsv (gocsv.go).
//  6. Parse each row on its own (parse.go, parse_fields.go): pure, any number
//     at a time.
package importer
