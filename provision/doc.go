// Package provision is the contract of everything that turns decisions into
// accounts, access and links: what an organization, an operator, a scope, a run,
// a row of its ledger, a link, a summary and an event are, what a Store, a
// LinkMaker and the Folders of reports have to be able to do, and which errors
// there are.
//
// The work is done in the rooms beside it: plan, run, review, directory, explain;
// change is the vocabulary of what they do, words what they say.
// Nothing here opens a file, starts a goroutine, knows SQL, a format or the
// command line, or decides who is who: that is dedupe.
package provision
