package main

import "muster/importer/failure"

// An ending is how the program ends for a class of errors, and what to try
// where the error does not say it. Flags and commands are named here: the
// packages below do not know them.
type ending struct {
	code int
	hint string
}

const (
	goOn        = "run the same command again: it goes on where it stopped"
	planAgain   = "make the plan again with muster plan"
	otherAuthor = "name an administrator with --as"
)

// endings has every class.
var endings = map[failure.Class]ending{
	failure.Usage:    {exitUsage, ""},
	failure.Declined: {exitInterrupt, ""},

	failure.Input:      {exitInput, ""},
	failure.NoPlan:     {exitInput, "name a file that muster plan -o made"},
	failure.BrokenPlan: {exitInput, planAgain},

	failure.Config:            {exitConfig, ""},
	failure.NoOrganization:    {exitConfig, "make one with muster org apply FILE"},
	failure.Organization:      {exitConfig, "name one with --org"},
	failure.Brand:             {exitConfig, "name one with --brand"},
	failure.Operator:          {exitConfig, "name the one on whose authority this is done with --as"},
	failure.UnknownOperator:   {exitConfig, otherAuthor + "; muster org show lists them"},
	failure.BlockedOperator:   {exitConfig, "name another one with --as"},
	failure.Authority:         {exitConfig, otherAuthor},
	failure.AuthorityForBrand: {exitConfig, otherAuthor + ", or another --brand"},
	failure.AuthorityToReveal: {exitConfig, "leave out --links, or " + otherAuthor},
	failure.BaseURL:           {exitConfig, "say it with --base-url https://…; or issue no links with --invite none"},
	failure.Folder:            {exitConfig, "name another folder with --out"},
	failure.OtherDatabase:     {exitConfig, "name the database of that import with --db"},
	failure.NoLock:            {exitConfig, "muster lock show prints the locks that are held"},
	failure.SeveralLocks:      {exitConfig, "name the organization with --org"},

	failure.NewerSchema: {exitConfig, "run the version of muster that migrated it; muster version says which this is"},
	failure.Schema:      {exitConfig, "muster db migrate"},
	failure.Denied:      {exitConfig, ""},
	failure.Stale:       {exitGuard, planAgain},
	failure.Locked:      {exitLocked, ""},
	failure.Fenced:      {exitLocked, "muster lock show says who holds the lock now; when nobody does, " + goOn},
	failure.Away:        {exitTemporary, "see that the server is up, its address right and its disk not full; then " + goOn},
	failure.Internal:    {exitInternal, ""},
}
