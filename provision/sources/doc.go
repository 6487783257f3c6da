// Package sources is what may become of a source of lists beside that its lists are
// synced: it is given up, with what it gave or without, or called otherwise.
package sources
