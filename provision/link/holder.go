package link

import (
	"context"
	"io/fs"
	"os"
	"sync/atomic"
	"time"
)

// A Holder has the keyring of a program that goes on while keys are rotated: it
// reads the file again when there is another one behind the name. Where that
// one cannot be used, the keyring from before stays in use.
type Holder struct {
	path       string
	allowGroup bool
	fits       func(*Keyring) error
	ring       atomic.Pointer[Keyring]
	wrong      atomic.Pointer[error] // with the file as it was when it was looked at last; nil for nothing

	// What follows is touched by whoever looks, one at a time.
	seen fs.FileInfo // of the file that was read last, whether it could be used or not; nil for none
	said string      // what was wrong when the file was looked at last
}

// Hold reads a keyring as LoadKeyring does, and holds it. Fits may refuse this
// keyring and every later one with an error: one that does not belong to the
// database, for instance.
func Hold(path string, allowGroup bool, fits func(*Keyring) error) (*Holder, error) {
	h := &Holder{path: path, allowGroup: allowGroup, fits: fits}
	if _, err := h.look(); err != nil {
		return nil, err
	}
	return h, nil
}

// Ring is the keyring as it was read last. It never changes; who asks again may
// be given another one. Many may ask at once.
func (h *Holder) Ring() *Keyring { return h.ring.Load() }

// Wrong says why the file cannot be used as it was seen last, so that a former
// keyring stays in use; nil where it can. Many may ask at once.
func (h *Holder) Wrong() error {
	if err := h.wrong.Load(); err != nil {
		return *err
	}
	return nil
}

// Watch looks after the file every so often until the context ends. It tells of
// every keyring that it has read, which is in use from then on, or once of each
// reason why there is none to be read, with the one that stays in use. On a
// signal it reads the file at once, and tells in any case. One may watch.
func (h *Holder) Watch(ctx context.Context, every time.Duration, now <-chan os.Signal, tell func(*Keyring, error)) {
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		case <-now:
			h.seen, h.said = nil, ""
		}
		if news, err := h.look(); news {
			tell(h.Ring(), err)
		}
	}
}

// look reads the file if it is not the one that was read last, and reports
// whether there is something to tell. A name that leads elsewhere, as that of a
// mounted secret does once it was replaced, leads to another file. What could
// not be read is tried again each time: it may just be on its way.
func (h *Holder) look() (news bool, err error) {
	info, err := os.Stat(h.path)
	if err == nil && h.said == "" && sameFile(h.seen, info) {
		return false, nil
	}
	ring, err := LoadKeyring(h.path, h.allowGroup)
	if err == nil {
		err = h.fits(ring)
	}
	if err != nil {
		news = err.Error() != h.said
		h.said = err.Error()
		h.wrong.Store(&err)
		return news, err
	}
	h.seen, h.said = info, ""
	h.ring.Store(ring)
	h.wrong.Store(nil)
	return true, nil
}

// sameFile reports whether a file is the one it was, and nobody wrote to it.
func sameFile(was, is fs.FileInfo) bool {
	return was != nil && os.SameFile(was, is) && was.ModTime().Equal(is.ModTime()) &&
		was.Size() == is.Size() && was.Mode() == is.Mode()
}
