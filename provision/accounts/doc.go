// Package accounts is what the accounts commands do to people who are there:
// what they may reach, their role, whether they are blocked. One file a verb.
// People who were picked go in, and judgements come out; how they are picked
// and how a run is carried out is not known here.
package accounts
