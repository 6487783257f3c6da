// Package xlsxfile reads workbooks: an archive goes in, records of text with the
// number of their row come out, and beside them what a workbook knows of a cell
// beyond its text. What a cell means is not known here.
//
//  1. Hold the directory of the archive against the limits, and follow its
//     references to the parts that count (opc.go, wide.go, styles.go).
//  2. Scan the shared strings (shared.go) and a sheet (scan.go) from the first
//     byte to the last, with a scanner of XML that builds nothing (xml.go,
//     tag.go). A summary (summary.go), a trace of every cell (trace.go) and the
//     strings that are plain stay.
//  3. While a sheet is scanned, cut it into pieces of some rows each (piece.go),
//     written as excelize reads them best (mend.go), each with its part of the
//     trace. They go to the private folder: no byte is unpacked or scanned twice.
//  4. Hand the pieces to excelize, with their plain strings in them; the others
//     it has in a package of our own, and never sees the file itself (reader.go,
//     extract.go). Several are read at once where there are processors (ahead.go).
//  5. Compare what it reads with the trace cell by cell (rows.go).
//
// Nothing of a sheet reaches excelize before the scan has been at its end, so
// what is refused, is refused before.
package xlsxfile
