// Package undo takes back what a run did, or a part of it. It is a command about
// people who are there, like those of provision/accounts: whoever the run did
// something to is a row, in the order of its rows.
//
//  1. past: the audit tells what the run did to a person, what of it was taken back
//     before, and what happened since;
//  2. judge: an account that the run made goes, where nobody can have seen it. Else
//     what was given to somebody is taken back, change by change, as far as it
//     stands as the run left it. Whoever was changed by somebody else since is
//     kept as they are;
//  3. the rest is a run like any other: shown, asked, carried out in chunks,
//     reported, and taken back in its turn.
//
// What a change is turned round into is not decided here but in provision/change.
package undo
