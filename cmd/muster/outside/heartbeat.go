package outside

import (
	"context"
	"strconv"

	"muster/cmd/muster/exit"
)

// heartbeatPath is what stands behind the address of a heartbeat at the end:
// nothing where all is well, else the exit code, which such services take for
// a failure.
func heartbeatPath(code int) string {
	if code == exit.OK {
		return ""
	}
	return strconv.Itoa(code)
}

// beat tells a heartbeat that the job starts, or how it ended.
func beat(ctx context.Context, to Address, path string, r *Report) error {
	var body []byte
	if r != nil {
		body = message(*r)
	}
	target := to.url.String()
	if path != "" {
		target = to.below(path)
	}
	return post(ctx, "--heartbeat-url", to, target, "application/json", body)
}
