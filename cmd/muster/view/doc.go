// Package view shows what commands do. Events, summaries, plans, runs, stories
// and inspections go in; text for people or JSON Lines come out, results on
// standard output, everything else on standard error. A terminal gets lines
// that fit, colours and bars. Nothing is decided here, nothing is asked, and
// nothing that a cell holds can command a terminal.
package view
