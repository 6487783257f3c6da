package main

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	divides = regexp.MustCompile(`^--shards=(\d+)$`)
	partOf  = regexp.MustCompile(`^--shard=\$\(JOB_COMPLETION_INDEX\)/(\d+)$`)
)

// The number of shards stands in a plan, in the shards, and in how many pods
// there are: a plan of another number would be refused.
func TestShardsOfTheManifestsAgree(t *testing.T) {
	seen := map[string]int{}
	for _, w := range workloads(t) {
		for _, a := range w.pod.Containers[0].Args {
			if m := divides.FindStringSubmatch(a); m != nil {
				seen["planned"], _ = strconv.Atoi(m[1])
			}
			if m := partOf.FindStringSubmatch(a); m != nil {
				seen["applied"], _ = strconv.Atoi(m[1])
				seen["pods"] = w.job.Completions
			} else if strings.Contains(a, "JOB_COMPLETION_INDEX") {
				t.Errorf("%s: %s", w.file, a)
			}
		}
	}
	if n := seen["planned"]; len(seen) != 3 || n < 2 || seen["applied"] != n || seen["pods"] != n {
		t.Errorf("shards: %v", seen)
	}
}
