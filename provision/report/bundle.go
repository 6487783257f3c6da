package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// A bundle is the files of a report that get their names together: those of
// the essentials, or those of one drawing.
type bundle struct {
	*folder
	files []*os.File
}

func (f *folder) bundle() *bundle { return &bundle{folder: f} }

// create opens a file that will have the name given once it is whole.
func (b *bundle) create(name string) (*os.File, error) {
	file, err := b.root.OpenFile(filepath.Join(b.temp, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	b.files = append(b.files, file)
	return file, nil
}

// drop leaves a file out of the bundle; whoever calls closes it.
func (b *bundle) drop(file *os.File) {
	b.files = slices.DeleteFunc(b.files, func(o *os.File) bool { return o == file })
}

// seal closes the files, whole on the disk, and returns their names.
func (b *bundle) seal() ([]string, error) {
	var names []string
	for _, file := range b.files {
		name := filepath.Base(file.Name())
		names = append(names, name)
		if err := file.Sync(); err != nil {
			return nil, fmt.Errorf("writing %s: %w", name, err)
		}
	}
	for i, file := range b.files {
		if err := file.Close(); err != nil {
			return nil, fmt.Errorf("writing %s: %w", names[i], err)
		}
	}
	b.files = nil
	return names, nil
}

// publish gives the files their names, beside what the folder holds already.
func (b *bundle) publish() error {
	names, err := b.seal()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := b.rename(name); err != nil {
			return err
		}
	}
	return b.sync()
}

// discard closes and removes the files that have not got their names.
func (b *bundle) discard() error {
	var err error
	for _, file := range b.files {
		err = errors.Join(err, file.Close())
		if gone := b.root.Remove(filepath.Join(b.temp, filepath.Base(file.Name()))); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	b.files = nil
	return err
}
