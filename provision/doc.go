// Package provision turns decisions into accounts, access and links. Lists go
// in at one end, one outcome for every row comes out at the other.
//
//  1. plan: read the lists, gather people, look them up, decide; everything
//     goes into a plan file, and nothing is written to the database.
//  2. apply: carry the plan out in chunks, one transaction each, under a
//     lease. What changed in the meantime is stale, and never guessed at.
//  3. report: read the ledger back in list order, and keep held people
//     beside it.
//  4. review: take a person's decisions about held people, check them against
//     the accounts as they are, apply them as a run of its own, and remember
//     them for every plan to come.
//
// Nothing here knows SQL, formats of reports or the command line: it asks a
// Store, a LinkMaker and a report function that its caller hands in. Nothing
// here decides who is who: that is dedupe.
package provision
