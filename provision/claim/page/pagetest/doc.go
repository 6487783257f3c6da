// Package pagetest drives a real browser through the pages. Its code and the
// tests that use it are built with the tag browser alone: make browser runs
// them.
package pagetest
