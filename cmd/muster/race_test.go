//go:build race

package main

// The race detector makes the embedded database ten times slower.
func init() { slow = true }
