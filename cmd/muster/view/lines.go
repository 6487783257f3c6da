package view

import (
	"muster/provision"
	"muster/provision/explain"
	"muster/provision/run"
)

// A Line is a kind of line that --json prints.
type Line struct {
	Type  string
	About string
	Event bool // it has its time, its level and the run it is of
	Has   any  // its other members: a struct, empty
}

// Lines are the kinds of lines that are printed here: their schema is made of
// them. Commands have more.
func Lines() []Line {
	return append(append(eventLines(), resultLines()...), summaryLines()...)
}

func eventLines() []Line {
	return []Line{
		{"run", "A run began, or goes on.", true, struct {
			Resumed bool   `json:"resumed"`
			Out     string `json:"out"` // folder of the report
		}{}},
		{"phase_started", "A phase of a run began.", true, phaseLine{}},
		{"progress", "How far a phase is, once a second at most.", true, phaseLine{}},
		{"phase_done", "A phase ended.", true, phaseLine{}},
		{"plan", "What is going to be done.", true, provision.PlanSummary{}},
		{"notice", "Something to know; nothing is wrong.", true, struct {
			Text string `json:"text"`
		}{}},
		{"warning", "Something to look at.", true, struct {
			Text string `json:"text"`
		}{}},
		{"run_finished", "How a run ended.", true, finished{}},
		{"exit", "Why a run that came to its end does not end with 0, on standard error.", true, Ended{}},
		{"error", "Why the program ends, on standard error.", true, Ended{}},
		{"request", "A request that the claim page answered.", true, requestLine{}},
	}
}

func resultLines() []Line {
	return []Line{
		{"run", "A run, as muster runs lists it.", false, runLine{}},
		{"decision", "What is planned for a person.", false, plannedDecision{}},
		{"account", "Somebody, as accounts list has them.", false, provision.AccountLine{}},
		{"account", "Somebody, as accounts show has them.", false, provision.AccountShown{}},
		{"account", "An account that explain was led to.", false, explain.Account{}},
		{"row", "The row that explain was asked about.", false, explain.Appearance{}},
		{"appearance", "A row that somebody stood in.", false, explain.Appearance{}},
		{"change", "A change to an account.", false, explain.Change{}},
		{"duplicate", "Two accounts that look like each other.", false, alikeLine{}},
		{"invite", "An invitation.", false, provision.InviteLine{}},
		{"key", "A key of the links.", false, keyLine{}},
		{"entry", "An entry of the audit.", false, auditLine{}},
		{"turned", "A person or row that is otherwise in one run than in another.", false, run.NamedTurn{}},
		{"mails", "How many mails of a template are in a state.", false, struct {
			Template string              `json:"template"`
			State    provision.MailState `json:"state"`
			Mails    int                 `json:"mails"`
		}{}},
		{"undeliverable", "Somebody whom no mail reaches.", false, unreachable{}},
	}
}

// summaryLines are the last lines of commands.
func summaryLines() []Line {
	summary := func(about string, has any) Line { return Line{"summary", about, false, has} }
	return []Line{
		summary("A run in numbers, as summary.json has it.", provision.Summary{}),
		summary("A shard that was not the last of its run.", shardFinished{}),
		summary("Of runs.", struct {
			Runs int `json:"runs"`
		}{}),
		summary("Of runs diff.", diffSummary{}),
		summary("Of explain.", struct {
			Subject     string `json:"subject"`
			Accounts    int    `json:"accounts"`
			Appearances int    `json:"appearances"`
			Changes     int    `json:"changes"`
			Purged      int    `json:"purged"`
		}{}),
		summary("Of accounts list.", struct {
			People int    `json:"people"`
			File   string `json:"file,omitempty"`
		}{}),
		summary("Of accounts duplicates.", struct {
			Pairs int `json:"pairs"`
		}{}),
		summary("Of links list.", struct {
			Invites map[provision.InviteState]int `json:"invites"`
			File    string                        `json:"file,omitempty"`
		}{}),
		summary("Of keys check.", struct {
			Keys   int `json:"keys"`
			Faults int `json:"faults"`
		}{}),
		summary("Of audit list and audit export.", struct {
			Entries int    `json:"entries"`
			File    string `json:"file,omitempty"`
		}{}),
		summary("Of mail send.", sentMails{}),
		summary("Of mail send --redirect-to.", struct {
			Rehearsed int    `json:"rehearsed"`
			To        string `json:"to"`
		}{}),
		summary("Of mail status.", mailsWait{}),
		summary("Of mail preview.", struct {
			Subject string `json:"subject"`
			Text    string `json:"text"`
			File    string `json:"file"`
		}{}),
		summary("Of mail bounces.", Bounces{}),
	}
}
