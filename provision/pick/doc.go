// Package pick lets a command act on people who are there, picked by hand: named
// one by one, read from a list, or let through by a filter. Whoever is picked
// becomes a row of a selection, and the command a run like an import: a plan, a
// question, chunks of one transaction each, a ledger, a report, an audit.
//
//  1. pick: the rows of the selection, and which account each of them is. Strong
//     keys alone tell, and where nothing is given to anybody an address of before;
//     nobody is found of whom the operator may not know;
//  2. join: rows of one account are one person;
//  3. judge: everybody is read whole, in one snapshot a chunk, and the Verb says
//     what becomes of them.
//
// What a command does to people is not known here: that is its Verb.
package pick
