package outside

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"muster/cmd/muster/exit"
	"muster/provision"
)

// MessageVersion is the version of what is sent: schema/run.v1.schema.json.
const MessageVersion = 1

// messageLine is a Report as the heartbeat, the webhook and the message of a
// container have it. Nothing of it is longer than a few words.
type messageLine struct {
	Type     string                    `json:"type"`
	Version  int                       `json:"version"`
	Text     string                    `json:"text"`
	Command  string                    `json:"command"`
	Source   string                    `json:"source"`
	Shard    string                    `json:"shard,omitempty"`
	Run      string                    `json:"run,omitempty"`
	Code     int                       `json:"code"`
	Name     string                    `json:"name"`
	Started  time.Time                 `json:"started_at"`
	Ended    time.Time                 `json:"finished_at"`
	Seconds  float64                   `json:"seconds"`
	Rows     *int                      `json:"rows,omitempty"`
	Outcomes map[provision.Outcome]int `json:"outcomes,omitempty"`
	Held     *int                      `json:"held,omitempty"`
	Turns    *map[provision.Turn]int   `json:"changed,omitempty"`
	Mails    *int                      `json:"mails_waiting,omitempty"`
	Program  string                    `json:"program"`
}

// message is a Report as one line of JSON.
func message(r Report) []byte {
	line := messageLine{
		Type:    "muster_run",
		Version: MessageVersion,
		Text:    sentence(r),
		Command: r.Command,
		Source:  r.Source,
		Shard:   r.Shard,
		Run:     r.Run,
		Code:    r.Code,
		Name:    codeName(r),
		Started: r.Started.UTC().Truncate(time.Millisecond),
		Ended:   r.Ended.UTC().Truncate(time.Millisecond),
		Seconds: r.Ended.Sub(r.Started).Round(time.Millisecond).Seconds(),
		Mails:   r.Mails,
		Program: r.Program,
	}
	if r.Totals != nil {
		line.Rows, line.Outcomes, line.Held = &r.Totals.Rows, r.Totals.Outcomes, &r.Totals.Held
		if r.Totals.Turns != nil {
			line.Turns = &r.Totals.Turns
		}
	}
	text, _ := json.Marshal(line) // it has neither cycles nor channels
	return text
}

// codeName is the name of how it ended; the code of a crash has another meaning,
// too.
func codeName(r Report) string {
	if r.Crashed {
		return "crash"
	}
	return exit.Name(r.Code)
}

// sentence says in words how it ended, for whoever shows nothing else.
func sentence(r Report) string {
	text := "muster " + r.Command
	if r.Source != r.Command {
		text += " (" + r.Source + ")"
	}
	if r.Shard != "" {
		text += ", shard " + r.Shard
	}
	if r.Code == exit.OK {
		text += ": done"
	} else {
		text += fmt.Sprintf(": ended with code %d, %s", r.Code, codeName(r))
	}
	if r.Totals == nil {
		return text
	}
	var parts []string
	for _, o := range provision.Outcomes {
		if n := r.Totals.Outcomes[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	text += fmt.Sprintf("; %d rows", r.Totals.Rows)
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	return text
}

// notify tells a webhook.
func notify(ctx context.Context, to Address, r Report) error {
	return post(ctx, "--notify-url", to, to.url.String(), "application/json", message(r))
}

// KubernetesMessage is where a container of Kubernetes leaves its last words.
const KubernetesMessage = "/dev/termination-log"

// writeTermination leaves the message where Kubernetes looks for it. The file is
// there already, and belongs to somebody else: it is not replaced.
func writeTermination(path string, r Report) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return fmt.Errorf("--termination-log: %w", err)
	}
	_, err = f.Write(append(message(r), '\n'))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("--termination-log: %w", err)
	}
	return nil
}
