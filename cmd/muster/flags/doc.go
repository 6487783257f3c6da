// Package flags reads what a user says to the program: flags, the environment,
// the settings file muster.yaml and mapping files go in; the settings of
// packages importer and provision come out, and which database is meant. What
// cannot be meant is refused here, before anything is opened. Nothing is shown
// and nothing is written, but for a mapping file that was asked for.
package flags
