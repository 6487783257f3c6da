// Package file is what readers of lists and whoever asks them have in common:
// the records of text that a file holds, the notes about how it was read, the
// limits on what it may cost, and the error of one that cannot be read.
// importer/csv and importer/xlsx make records; importer says what they mean.
// Nothing here opens a file.
package file
