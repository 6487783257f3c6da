// Package pagetest looks at pages: it drives a real browser through them, and
// computes how well their colours can be read. What drives the browser, and the
// tests that use it, are built with the tag browser alone: make browser runs them.
package pagetest
