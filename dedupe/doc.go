// Package dedupe finds out who is who. Records of the lists and accounts of
// the directory go in; one decision for each person comes out. Nothing here
// reads a file, asks a database or looks at a clock: everything arrives as an
// argument, so the same lists and the same directory always give the same
// decisions, whatever the order of the rows.
//
//  1. gather: records that share an email, an external id or a personal
//     profile are one person (union-find over key hashes). Hints (folded
//     mailbox, website, link-in-bio page) never join.
//  2. contradict: a person whose records contradict each other is held, all
//     rows of it.
//  3. match: every key of the person is looked up; each account reached is
//     graded by the strongest key that led to it.
//  4. decide: the first line of this table that fits.
//  5. replay: what reviewers decided about held people holds on later nights,
//     too, as long as the evidence stands. Where nobody would be asked any more,
//     it binds the rows that it was about for as long as they say the same.
//  6. contest: people of the lists that strongly reach one account are joined
//     through it and judged again.
//
// DecideAll takes these steps, Judge the third to the fifth for some people.
// Resolve turns what a reviewer answers into decisions.
//
// The table:
//
//	 1  the row cannot be used                              reject
//	 2  keys reach two or more accounts                     review
//	 3  rows contradict each other, or are not the creator  review
//	 4  the person was erased earlier                       review
//	 5  strong match, blocked here                          blocked; "activate": update (blocked everywhere: reject)
//	 5b strong match, the list says blocked                 update (or unchanged where that is so, or reject)
//	 6  strong match, not in the brand                      claim
//	 7  strong match, in the brand, something new           update
//	 8  strong match, in the brand, nothing new             unchanged
//	 9  weak match only                                     review (unchanged where nothing would be written)
//	10  nothing matches, what is required is there          create
//	11  nothing matches, no email, a creator without name,
//	    or the list says blocked                            reject
package dedupe
