package reason

// Codes of lists that are synced: who is on them and who is missing, and what
// somebody has changed by hand since.
const (
	Reinstated       Code = "reinstated"
	Adopted          Code = "adopted"
	NoLongerNamed    Code = "no_longer_named"
	MissingOnce      Code = "missing_once"
	ThereAgain       Code = "there_again"
	AbsentFromList   Code = "absent_from_list"
	KeptElsewhere    Code = "kept_elsewhere"
	NothingGiven     Code = "nothing_given"
	AdministratorOut Code = "administrator_missing"
	OutOfReach       Code = "missing_out_of_reach"

	SourceEnded        Code = "source_ended"
	SourceLetGo        Code = "source_let_go"
	GaveNothing        Code = "gave_nothing"
	StaysElsewhere     Code = "stays_elsewhere"
	AdministratorStays Code = "administrator_stays"
	StaysOutOfReach    Code = "stays_out_of_reach"

	GrantedByHand Code = "granted_by_hand"
	TakenByHand   Code = "taken_by_hand"
	RaisedByHand  Code = "raised_by_hand"
	OtherSource   Code = "other_source"
	OverSource    Code = "over_source"
)

var sourceCodes = []Entry{
	{Reinstated, "back on the list, with what was taken away when they were missing", ""},
	{Adopted, "an import brought the person; from now on the source has them, and may remove them", ""},
	{NoLongerNamed, "the list names no longer what it gave the person, and that is taken away", ""},
	{MissingOnce, "missing from the list for the first time; nothing is taken away before the next complete list", ""},
	{ThereAgain, "missing from the list before, and on it again, on a row that waits or cannot be used", ""},
	{AbsentFromList, "missing from two complete lists in a row: what the list gave the person is taken away", ""},
	{KeptElsewhere, "missing from two complete lists in a row; what the list gave them another source gives, too, or somebody has taken it away before", ""},
	{NothingGiven, "missing from the list, and nothing that the person has is from this source: all of it stays", "muster accounts revoke takes access away; a sync with --adopt makes people of its list whom an import brought the source's"},
	{AdministratorOut, "missing from the list, but administrators are never removed by a list", "take the role away with muster accounts role, or put the person back on the list"},
	{OutOfReach, "missing from the list, but the person may do more than the operator", "have an administrator run the sync"},
	{SourceEnded, "the source was given up: what it alone gave the person is taken away", ""},
	{SourceLetGo, "the source was given up: what it gave the person stays, and no list takes it away", ""},
	{GaveNothing, "the source was given up; nothing that the person has is from it", ""},
	{StaysElsewhere, "the source was given up; what it gave the person another source gives, too, or somebody has taken it away before", ""},
	{AdministratorStays, "the source was given up, and the person keeps what it gave: administrators lose nothing by a list", ""},
	{StaysOutOfReach, "the source was given up, and the person keeps what it gave: they may do more than the operator, or are in a brand that the operator does not see", "muster accounts revoke takes access away, by somebody who may"},
	{GrantedByHand, "somebody gave the person more than the list does, and it stays", ""},
	{TakenByHand, "the list gives it, somebody has taken it away, and it is not given again", "muster accounts grant gives it back; or take it off the list"},
	{RaisedByHand, "somebody has raised the role above what the list says, and it stays", ""},
	{OtherSource, "another source says otherwise, and wrote it last: that stays", "make the two lists agree, or take the column out of one of them"},
	{OverSource, "a source wrote this last, and it is replaced; the source may write it again the next time", "correct the list of the source, too"},
}
