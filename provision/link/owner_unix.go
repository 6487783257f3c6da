//go:build unix

package link

import (
	"io/fs"
	"os"
	"syscall"
)

// ownedByRoot reports whether the file belongs to root.
func ownedByRoot(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Uid == 0
}

// giveTo gives a file the owner and the group of another one.
func giveTo(f *os.File, like fs.FileInfo) error {
	stat, ok := like.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return f.Chown(int(stat.Uid), int(stat.Gid))
}
