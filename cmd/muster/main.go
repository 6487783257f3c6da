// Muster takes the lists that influencer programmes are run on and turns every
// row into an account, a claim, or a reason why not. This package is its
// command line: flags and files go in, settings for package provision come
// out; events and errors go in, words, JSON and exit codes come out.
//
// Results go to standard output, talk to standard error. What never happens
// here: a decision about a person, SQL, or a secret on either stream.
package main

import (
	"context"
	"os"
)

func main() {
	limitMemory()
	os.Exit(runProgram(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
