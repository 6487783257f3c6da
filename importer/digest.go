package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"muster/importer/file"
)

// Digest returns the SHA-256 of the list's bytes, in hex, as the file is now.
func (l *List) Digest() (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(l.file, 0, l.size)); err != nil {
		return "", file.Placed(&file.Error{Class: file.Unreadable, Msg: "cannot be read", Err: err}, l.path, "")
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
