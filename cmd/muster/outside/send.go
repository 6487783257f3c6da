package outside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Patience is how long a receiver may take.
const Patience = 5 * time.Second

// patience is Patience, but for tests.
var patience = Patience

// receivers are spoken to once and not asked to wait. Nobody sends what is meant
// for one of them to another.
var receivers = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// post sends a body to an address; what is wrong with it never names the whole
// of it.
func post(ctx context.Context, what string, to Address, target, contentType string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s: %s cannot be asked", what, to)
	}
	if len(body) > 0 {
		r.Header.Set("Content-Type", contentType)
	}
	r.Header.Set("User-Agent", "muster")
	answer, err := receivers.Do(r)
	if err != nil {
		return fmt.Errorf("%s: %s %s", what, to, trouble(ctx, err))
	}
	defer answer.Body.Close()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("%s: %s answered %s", what, to, answer.Status)
	}
	return nil
}

// trouble says why nothing came back, without the address.
func trouble(ctx context.Context, err error) string {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Sprintf("did not answer within %d seconds", int(Patience.Seconds()))
	}
	var sent *url.Error
	if errors.As(err, &sent) {
		err = sent.Err
	}
	return "could not be reached: " + err.Error()
}
