// Package report writes what became of every row of a run, for two readers:
// the programme manager (report.xlsx, report.html, report.csv, links.csv, and rejected.csv or
// rejected.xlsx in the shape of the list) and the machine (rows.jsonl,
// summary.json).
//
// In go the lines of a run in list order, each exactly once, and what is known
// of the run. They are read once and never collected; a second time only where
// the disk has no room for the rest. Out comes a folder:
//
//	1  the folder is ours, or empty, or it is refused
//	2  each line is counted and handed to every file; each file is written
//	   into a hidden folder inside
//	3  the sums must agree with what was read, or the report fails
//	4  the record comes first: rows.jsonl and links.csv are synced and get their
//	   names, summary.json last, which names the files that are still missing
//	5  each file for people is drawn by itself; one that cannot be is named in
//	   summary.json with the error, and keeps nothing else back
//
// Links stand in links.csv and nowhere else, so that the rest can be passed
// on. Cells can never become formulas: see importer.Guard. Of an account that another
// organization owns the report shows what the row said.
//
// What never happens here: no decision, no database, no clock. Reasons are
// worded by importer/reason; outcomes and links by the tables in words.go.
package report
