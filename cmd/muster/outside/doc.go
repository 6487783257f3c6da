// Package outside tells whoever watches from outside how a start of the program
// went, for jobs that are gone in a minute and that nobody looks at:
//
//	metrics      a file for Prometheus' node exporter, or a Pushgateway
//	heartbeat    a service that misses what does not come (healthchecks)
//	notice       a webhook
//	termination  the message that Kubernetes keeps of a container
//
// Events and totals go in, and how the program ends. A Report is made of them:
// numbers, and words of the program's own. What never happens here: anything of
// a person's leaves, or the name of a file; a receiver that is slow, away or
// wrong changes how the program ends, or is asked for longer than Patience; an
// address is named whole, for it may be a secret.
package outside
