package main

import (
	"encoding/csv"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// freeport NAME sets a variable to a port of this machine that nobody uses.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "localhost:0")
	ts.Check(err)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Setenv(args[0], port)
}

// linkof NAME FILE EMAIL sets a variable to somebody's link in a links.csv, and
// NAME_TOKEN to its token.
func linkOf(ts *testscript.TestScript, _ bool, args []string) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(ts.ReadFile(args[1]), "\ufeff"))).ReadAll()
	ts.Check(err)
	email, link := slices.Index(rows[0], "email"), slices.Index(rows[0], "link")
	for _, row := range rows[1:] {
		if row[email] == args[2] {
			ts.Setenv(args[0], row[link])
			ts.Setenv(args[0]+"_TOKEN", path.Base(row[link]))
			return
		}
	}
	ts.Fatalf("%s has no link in %s", args[2], args[1])
}

// browsing keeps cookies, as browsers do; those of several scripts are told apart
// by their paths.
var browsing = func() *http.Client {
	jar, _ := cookiejar.New(nil) // it never fails without options
	return &http.Client{Jar: jar}
}()

// found NAME FILE PATTERN sets a variable to what the first group of a pattern is
// in a file. It waits until it is there.
func found(ts *testscript.TestScript, _ bool, args []string) {
	pattern := regexp.MustCompile(args[2])
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		content, _ := os.ReadFile(ts.MkAbs(args[1])) // it may not be there yet
		if m := pattern.FindSubmatch(content); m != nil {
			ts.Setenv(args[0], string(m[1]))
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s does not hold %q:\n%s", args[1], args[2], content)
		}
	}
}

// visit STATUS FILE URL [FIELD=VALUE…] asks for a page as a browser does, or
// sends it a form, and writes the answer into a file. It waits until somebody
// listens there.
func visit(ts *testscript.TestScript, _ bool, args []string) {
	fields := url.Values{}
	for _, field := range args[3:] {
		name, value, _ := strings.Cut(field, "=")
		fields.Add(name, value)
	}
	var answer *http.Response
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		r, err := http.NewRequest(http.MethodGet, args[2], nil)
		if len(args) > 3 {
			r, err = http.NewRequest(http.MethodPost, args[2], strings.NewReader(fields.Encode()))
		}
		ts.Check(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if answer, err = browsing.Do(r); err == nil {
			break
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%v", err)
		}
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), body, 0o600))
	if want, err := strconv.Atoi(args[0]); err != nil || answer.StatusCode != want {
		ts.Fatalf("status %d, want %s:\n%s", answer.StatusCode, args[0], body)
	}
}

// await FILE TEXT waits until a file that somebody writes to holds a text.
func await(ts *testscript.TestScript, _ bool, args []string) {
	var content []byte
	deadline := time.Now().Add(30 * time.Second)
	for ; !strings.Contains(string(content), args[1]); time.Sleep(20 * time.Millisecond) {
		content, _ = os.ReadFile(ts.MkAbs(args[0])) // it may not be there yet
		if time.Now().After(deadline) {
			ts.Fatalf("%s does not hold %q:\n%s", args[0], args[1], content)
		}
	}
}
