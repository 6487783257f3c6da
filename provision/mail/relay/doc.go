// Package relay hands mails to the mail server of the organization, one at a
// time, over a connection that it keeps, and says what the server made of each.
//
// A finished mail and its envelope go in, a Reply comes out. What never happens
// here: a second try of a mail that a server may have taken, a mail over a line
// that others can read, a password in an error, a look at who the mail is for.
package relay
