package main

import (
	"muster/cmd/muster/exit"
	"muster/cmd/muster/view"
	"muster/importer/failure"
)

// An ending is how the program ends for a class of errors, and what to try
// where the error does not say it. Flags and commands are named here: the
// packages below do not know them.
type ending struct {
	code int
	hint string
}

const (
	goOn        = "run the same command again: it goes on where it stopped"
	otherAuthor = "name an administrator with --as"
)

// endings has every class.
var endings = map[failure.Class]ending{
	failure.Usage:    {exit.Usage, ""},
	failure.Declined: {exit.Interrupt, ""},

	failure.Input:      {exit.Input, ""},
	failure.NoPlan:     {exit.Input, "name a file that muster plan -o made"},
	failure.BrokenPlan: {exit.Input, view.PlanAgain},

	failure.Config:            {exit.Config, ""},
	failure.NoOrganization:    {exit.Config, "make one with muster org apply FILE"},
	failure.Organization:      {exit.Config, "name one with --org"},
	failure.Brand:             {exit.Config, "name one with --brand: it is for people whose row names none"},
	failure.UnknownBrand:      {exit.Config, "muster org show lists the brands"},
	failure.Operator:          {exit.Config, "name the one on whose authority this is done with --as"},
	failure.UnknownOperator:   {exit.Config, otherAuthor + "; muster org show lists them"},
	failure.BlockedOperator:   {exit.Config, "name another one with --as"},
	failure.Authority:         {exit.Config, "name somebody who may with --as; muster org show says which role has which right"},
	failure.AuthorityForBrand: {exit.Config, otherAuthor + ", or another --brand"},
	failure.AuthorityToReveal: {exit.Config, "leave out --links, or " + otherAuthor},
	failure.ForeignKeys: {exit.Config, "use the key file that belongs to the database; where it is lost, " +
		"muster keys check --adopt takes this one instead"},
	failure.BaseURL:       {exit.Config, "say it with --base-url https://…; or issue no links with --invite none"},
	failure.Folder:        {exit.Config, "name another folder with --out"},
	failure.OtherDatabase: {exit.Config, "name the database of that import with --db"},
	failure.NoLock:        {exit.Config, "muster lock show prints the locks that are held"},

	failure.NewerSchema: {exit.Config, "run the version of muster that migrated it; muster version says which this is"},
	failure.Schema:      {exit.Config, "muster db migrate"},
	failure.Denied:      {exit.Config, ""},
	failure.Withdrawn:   {exit.Guard, "what was done is in the report; once they may do that again, " + goOn},
	failure.Guarded:     {exit.Guard, "nothing was written; see that the list is right"},
	failure.Stale:       {exit.Guard, view.PlanAgain},
	failure.Locked:      {exit.Locked, ""},
	failure.Fenced:      {exit.Locked, "muster lock show says who holds the lock now; when nobody does, " + goOn},
	failure.Away: {exit.Temporary,
		"see that the server is up, its address right and its disk not full; then " + goOn},
	failure.Busy: {exit.Temporary,
		"see who holds locks in the database for long (pg_stat_activity on a server); then " + goOn},
	failure.Internal: {exit.Internal, ""},
}
