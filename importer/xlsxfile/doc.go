// Package xlsxfile reads workbooks: an archive goes in, records of text with the
// number of their row come out, and beside them what a workbook knows of a cell
// beyond its text. What a cell means is not known here.
//
//  1. Hold the directory of the archive against the limits, and follow its
//     references to the parts that count (opc.go, wide.go, styles.go).
//  2. Scan the shared strings (shared.go) and a sheet (scan.go) from the first
//     byte to the last, with a scanner of XML that builds nothing (xml.go,
//     tag.go). A summary (summary.go) and a trace of every cell (trace.go) stay.
//  3. Hand the sheet to excelize in a package of our own (book.go), put right
//     where the scan found that it has to be (mend.go).
//  4. Read the rows from excelize, compared with the trace cell by cell
//     (rows.go).
package xlsxfile
