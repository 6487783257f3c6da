package provision

import "time"

// Engine is what the rooms of provision work with: everything they need from
// outside is a field. Only Store is needed by all of them.
type Engine struct {
	Store   Store
	Links   LinkMaker
	Folders Folders
	Tell    func(Event)
	NewID   func() string // UUID v7
	Now     func() time.Time
	Workers int    // chunks under way at once: 1 where the database has one writer
	Chunk   int    // steps that one transaction carries out; 0 is as many as run takes by itself
	Program string // version
	User    string
	Host    string
	PID     int
	Gone    func(host string, pid int) bool // whether a process is known to have ended
}
