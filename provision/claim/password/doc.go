// Package password says which passwords are good enough, and keeps them as
// argon2id hashes in PHC form.
//
// Goes in: what a person typed, and what is known of them. Comes out: nil, or a
// *Refusal with a code that the caller puts into words; a hash; whether a
// password is the one of a hash.
//
// The rules are those of NIST SP 800-63B-4: length counts, composition does
// not, and what is easily guessed is refused with the reason. How much of a
// password cannot be guessed is counted so:
//
//	fold the case, the accents and the usual disguises (p@ssw0rd), leave separators out
//	cover what is left with pieces, in the way that costs least:
//	    a character                                                    1
//	    a common word or phrase, a year                                2
//	    a word about the person or the service                         2
//	    a sequence (abc, 4321) or a walk over the keyboard (asdf)      2
//	    what has been said before in the same password                 2
//	refuse where that is no more than half of the characters asked for
//
// What never happens here: nothing is written, logged or looked up on a
// network, and no error holds a password or a part of one.
package password
