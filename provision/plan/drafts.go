package plan

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"muster/dedupe"
	"muster/provision/change"
)

// drafts holds steps until it is known which of them stand.
type drafts struct {
	path   string
	file   *os.File
	buf    *bufio.Writer
	firsts []uint32 // first row of the person of each line
}

func newDrafts(path string) (*drafts, error) {
	f, err := privateFile(path)
	if err != nil {
		return nil, err
	}
	return &drafts{path: path, file: f, buf: bufio.NewWriterSize(f, 1<<18)}, nil
}

func (d *drafts) remove() {
	_ = d.file.Close()
	_ = os.Remove(d.path)
}

// add takes the line of a step, as it will stand in the plan.
func (d *drafts) add(first int, line []byte) error {
	if _, err := d.buf.Write(line); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	d.firsts = append(d.firsts, uint32(first))
	return nil
}

// copyTo writes the steps that stand to the plan, and those that carry out what
// was decided anew.
func (d *drafts) copyTo(w *Writer, revised dedupe.Revised, carry func(dedupe.Decision) change.Step) error {
	if err := d.buf.Flush(); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("writing the plan: %w", err)
	}
	in := newLineReader(d.file, 1<<18)
	for _, first := range d.firsts {
		text, err := in.next()
		if err != nil {
			return fmt.Errorf("writing the plan: %w", err)
		}
		instead, changed := revised[int(first)]
		if !changed {
			if err := w.step(text); err != nil {
				return err
			}
			continue
		}
		var before change.Step
		if err := json.Unmarshal(text, &before); err != nil {
			return fmt.Errorf("writing the plan: %w", err)
		}
		w.count(before, -1)
		for _, decision := range instead {
			if err := w.Step(carry(decision)); err != nil {
				return err
			}
		}
	}
	return nil
}
