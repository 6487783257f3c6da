package main

// watchingTopic explains how a schedule is watched.
const watchingTopic = `A run that nobody looks at tells those who watch. muster import, sync, apply,
undo and mail send take these flags; in muster.yaml or the environment they are
for all.

  --metrics-file FILE   for Prometheus' node exporter: /…/textfile/muster.prom.
                        Many jobs may share the file
  --metrics-push URL    the same to a Pushgateway
  --heartbeat-url URL   for services that miss what does not come, such as
                        healthchecks: URL/start, then URL for code 0, else
                        URL/CODE. Each job wants its own: in settings that jobs
                        share, {command} and {source} in the URL tell them apart
  --notify-url URL      a webhook: one line of JSON
  --termination-log FILE
                        the same line for Kubernetes, which shows it in kubectl
                        describe; there /dev/termination-log is the default
  --watch-as NAME       what the job is called, where the source or brand does
                        not tell one from another

Told are numbers, the id of the run and how it ended, also where it did not even
begin: another run was at work (11), a guard tripped or the plan was stale (12),
a file (13) or setting (14) was wrong. Nobody's address, name or link leaves,
and no name of a file. A start that is skipped (--if-locked skip) says nothing
more: the run at work does. Nor does one that was killed: miss it with the
heartbeat, or with the metric

  time() - muster_last_success_timestamp_seconds > 1.5 * 86400

of import, apply and sync: what somebody did once, such as undo, is not missed.
A success is a run that came to its end: code 0, or 3, where rows wait for a
person. fixtures/deploy/monitoring has this and other alerts.

Whoever does not answer within 5 seconds, or not well, is named on standard
error; the run and its exit code are as they are. A URL that is a secret stands
in a file of mode 0600, which --metrics-push-file, --heartbeat-url-file and
--notify-url-file name, or in the environment. It is never shown whole.
`
