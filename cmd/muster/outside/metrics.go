package outside

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"

	"muster/cmd/muster/exit"
	"muster/provision"
)

// A family is one metric: what it means, and its values of one job. All of
// them are gauges: of a job that is gone there is nothing to count on.
type family struct {
	name, help string
	values     func(Report) []value // none where this start has nothing new to say: then the former ones stay
}

// A value is one line of a family; labels stand behind those of the job.
type value struct {
	labels string
	number float64
}

// families are all metrics, in the order in which they are written.
var families = []family{
	{"muster_last_run_start_timestamp_seconds", "When the job was last started.",
		func(r Report) []value { return one(seconds(r.Started)) }},
	{"muster_last_run_timestamp_seconds", "When the job last ended, one way or the other.",
		func(r Report) []value { return one(seconds(r.Ended)) }},
	{"muster_last_success_timestamp_seconds",
		"When the job last came to its end: with code 0, or 3 where rows wait for a person.", succeeded},
	{"muster_last_run_exit_code", "How the job last ended; muster help exit-codes explains the codes.",
		func(r Report) []value { return one(float64(r.Code)) }},
	{"muster_last_run_duration_seconds", "How long the last start was in each phase, 0 where it did not get there.",
		durations},
	{"muster_last_run_rows", "Rows of the last run that came to a report, by what became of them.", rows},
	{"muster_last_run_people_removed", "People whose access the last run took away that came to a report.",
		ofTotals(func(t Totals) int { return t.Outcomes[provision.Removed] })},
	{"muster_held_rows", "Rows that waited for a decision after the last run that came to a report.",
		ofTotals(func(t Totals) int { return t.Held })},
	{"muster_sources_late", "Sources of lists that had had no complete list for too long when a sync last looked.", late},
	{"muster_mails_waiting", "Mails that waited to be sent when the job last counted them.", waiting},
}

// info is the metric that belongs to no job.
const (
	info     = "muster_build_info"
	infoHelp = "Which muster wrote this."
)

func one(number float64) []value { return []value{{number: number}} }

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func succeeded(r Report) []value {
	if r.Crashed || r.Code != exit.OK && r.Code != exit.Partial {
		return nil
	}
	return one(seconds(r.Ended))
}

func durations(r Report) []value {
	var all []value
	for _, phase := range r.phases() {
		took := r.took(phase).Round(time.Millisecond)
		all = append(all, value{label("phase", string(phase)), took.Seconds()})
	}
	return all
}

// rows has every outcome, so that none is missing the night after.
func rows(r Report) []value {
	if r.Totals == nil {
		return nil
	}
	var all []value
	for _, outcome := range provision.Outcomes {
		if outcome != provision.Removed { // counts people
			all = append(all, value{label("outcome", string(outcome)), float64(r.Totals.Outcomes[outcome])})
		}
	}
	return all
}

func ofTotals(of func(Totals) int) func(Report) []value {
	return func(r Report) []value {
		if r.Totals == nil {
			return nil
		}
		return one(float64(of(*r.Totals)))
	}
}

func late(r Report) []value {
	if r.Totals == nil || r.Totals.Late == nil {
		return nil
	}
	return one(float64(*r.Totals.Late))
}

func waiting(r Report) []value {
	if r.Mails == nil {
		return nil
	}
	return one(float64(*r.Mails))
}

// job is the labels that tell one job from another, and its shards.
func job(r Report) string {
	labels := label("command", r.Command) + "," + label("source", r.Source)
	if r.Shard != "" {
		labels += "," + label("shard", r.Shard)
	}
	return labels
}

// escapes are those of the text format.
var escapes = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)

func label(name, value string) string { return name + `="` + escapes.Replace(value) + `"` }

// exposition writes metrics in Prometheus' text format: those of a report, and
// of an earlier text those of other jobs, and what this report says nothing new
// about.
func exposition(r Report, earlier []line) string {
	var b strings.Builder
	mine := job(r)
	for _, f := range families {
		var lines []string
		fresh := f.values(r)
		for _, l := range earlier {
			if l.family == f.name && (l.job != mine || len(fresh) == 0) {
				lines = append(lines, l.text)
			}
		}
		for _, v := range fresh {
			labels := mine
			if v.labels != "" {
				labels += "," + v.labels
			}
			lines = append(lines, fmt.Sprintf("%s{%s} %s", f.name, labels, strconv.FormatFloat(v.number, 'f', -1, 64)))
		}
		if len(lines) > 0 {
			b.WriteString(heading(f.name, f.help) + strings.Join(lines, "\n") + "\n")
		}
	}
	build := label("version", r.Program) + "," + label("goversion", runtime.Version())
	b.WriteString(heading(info, infoHelp) + fmt.Sprintf("%s{%s} 1\n", info, build))
	return b.String()
}

func heading(name, help string) string {
	return "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n"
}
