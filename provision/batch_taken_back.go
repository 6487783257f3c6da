package provision

// UnsentRow cancels the mails of a run that are for an account, or tell others of
// it, and wait to be sent. One about nothing that ended leaves no trace, so that
// it can be queued again; a dashboard invitation that never left is none.
type UnsentRow struct {
	Account string
	Run     string // id
	Told    bool   // administrators were told of it
}
