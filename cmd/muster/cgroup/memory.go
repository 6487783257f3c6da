// Package cgroup tells how much memory the container or unit that a program
// runs in may have. The files of the kernel go in; a number comes out. Nothing
// is ever written here.
package cgroup

import (
	"io/fs"
	"math"
	"path"
	"strconv"
	"strings"
)

// unlimited is above every limit that somebody set: version 1 says "none" by a
// number near the largest.
const unlimited = 1 << 60

// A hierarchy is one of the two forms in which the kernel shows the limits.
type hierarchy struct {
	controller string // as /proc/self/cgroup names it
	mount      string
	limit      string // the file with the limit
}

var hierarchies = []hierarchy{
	{"", "sys/fs/cgroup", "memory.max"},                         // version 2
	{"memory", "sys/fs/cgroup/memory", "memory.limit_in_bytes"}, // version 1
	{"", "sys/fs/cgroup/unified", "memory.max"},                 // both
}

// MemoryLimit is the least of the limits that the groups of this process set,
// in bytes; 0 where none does. The root of the file system comes in as one.
func MemoryLimit(root fs.FS) int64 {
	groups, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return 0
	}
	least := int64(math.MaxInt64)
	for _, h := range hierarchies {
		if group, ok := h.group(string(groups)); ok {
			least = min(least, h.least(root, group))
		}
	}
	if least >= unlimited {
		return 0
	}
	return least
}

// group finds the path of this process in lines like 4:memory:/kubepods/pod1.
func (h hierarchy) group(lines string) (string, bool) {
	for line := range strings.Lines(lines) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) == 3 && h.named(parts[0], parts[1]) {
			return parts[2], true
		}
	}
	return "", false
}

// named tells whether a line is of this form; the second has the number 0.
func (h hierarchy) named(number, controllers string) bool {
	if h.controller == "" {
		return number == "0"
	}
	for c := range strings.SplitSeq(controllers, ",") {
		if c == h.controller {
			return true
		}
	}
	return false
}

// least is the least limit of a group and of all above it. A container sees
// its own group as the top, under whatever path the host has it: what is not
// there limits nothing.
func (h hierarchy) least(root fs.FS, group string) int64 {
	least := int64(math.MaxInt64)
	for {
		if limit, ok := h.read(root, group); ok {
			least = min(least, limit)
		}
		if group == "/" || group == "." {
			return least
		}
		group = path.Dir(group)
	}
}

// read is the limit of one group; "max" is none.
func (h hierarchy) read(root fs.FS, group string) (int64, bool) {
	text, err := fs.ReadFile(root, path.Join(h.mount, group, h.limit))
	if err != nil {
		return 0, false
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return limit, err == nil && limit > 0
}
