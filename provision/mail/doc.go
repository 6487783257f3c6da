// Package mail sends what waits in the outbox, and reads what comes back.
//
//		outbox → lease → look again → write → server → settle
//
//	 1. lease: one mail that is due is taken, so that nobody else sends it;
//	 2. look again: its person and its link are read as they are now. What no longer
//	    holds is cancelled; a link that is nearly over is replaced;
//	 3. write: its words are put together now, for the address as it is now;
//	 4. settle: what the server said is kept. Once it has taken an invitation its
//	    person is invited, in the same transaction.
//
// A mail is sent at least once: where the answer of the server was lost it is
// sent once more, with the same id, link and words.
//
// What never happens here: a token kept or logged, a mail to an address that its
// link is not for, SQL, a flag.
package mail
