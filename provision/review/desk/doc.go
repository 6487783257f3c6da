// Package desk is a review in a browser: it shows held people one by one, each
// beside the accounts they may be, takes what somebody decides about them, and
// has it applied. It is for one person on one machine, for as long as a command
// runs.
//
//	GET  /open/{token}        the address that is printed: it opens once, and leads in
//	GET  /{room}/             all rows, by reason and by what was answered
//	GET  /{room}/row/{n}      one row beside the accounts it may be
//	POST /{room}/decide       an answer; POST /{room}/undo takes the last one back
//	GET  /{room}/apply        what was decided, what it comes to, how it went
//	POST /{room}/apply        have it planned; POST /{room}/confirm lets the plan be carried out, or not
//	POST /{room}/end          the review is over
//
// Who opened the address has a cookie that is good in the room alone, whose name
// nobody can guess. Every request names this machine as its host, and every form
// carries a word that only its page knows.
//
// What never happens here: a decision about what may be decided, which package
// plan offers; about what it comes to, which package review says; a word about
// an account that the operator may not see; SQL.
package desk
