package page

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// listening is a server for a test, and what ends it.
func listening(t *testing.T, site http.Handler) (address string, stop context.CancelFunc, ended chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	ended = make(chan error, 1)
	go func() { ended <- Serve(ctx, l, site, nil) }()
	return l.Addr().String(), stop, ended
}

func TestWhoeverIsWaitingIsStillAnswered(t *testing.T) {
	asked, answers := make(chan bool), make(chan bool)
	address, stop, ended := listening(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- true
		<-answers
		if r.Context().Err() == nil {
			_, _ = io.WriteString(w, "here you are")
		}
	}))
	got := make(chan string, 1)
	go func() {
		answer, err := http.Get("http://" + address)
		if err != nil {
			got <- err.Error()
			return
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		got <- string(body)
	}()
	<-asked
	stop()
	close(answers)
	if text := <-got; text != "here you are" {
		t.Errorf("got %q", text)
	}
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	if _, err := net.Dial("tcp", address); err == nil {
		t.Error("somebody is let in after the end")
	}
}

func TestWhoSaysTooMuchBeforeTheBodyIsCutOff(t *testing.T) {
	address, _, _ := listening(t, http.NotFoundHandler())
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\nCookie: "+strings.Repeat("x", 2*headerSize)); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %v, %v", answer, err)
	}
}

func TestAListenerThatFailsIsSaid(t *testing.T) {
	if err := Serve(t.Context(), broken{}, http.NotFoundHandler(), nil); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
}

// broken is a listener that nobody can reach.
type broken struct{}

func (broken) Accept() (net.Conn, error) { return nil, io.ErrNoProgress }
func (broken) Close() error              { return nil }
func (broken) Addr() net.Addr            { return &net.TCPAddr{} }
