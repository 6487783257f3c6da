// Package letter says what a mail says: its subject, its text and its HTML, in
// the language of the person.
//
// In goes a Content, plain values; out comes a Letter. The words stand in the
// texts of package locale, their order in templates: NAME.txt, whose first line
// is the subject, and NAME.html. Each of them may be replaced from a folder, for
// all languages (invite.html) or for one (invite.de.html).
//
// What never happens here: a look at an account, a link being made, a template
// that was never tried: Load tries every one of them in every language.
package letter
