package plan

import (
	"crypto/sha256"
	"io"
	"os"

	"muster/provision"
)

// block is how much of a plan is checked at a time: a row here and there is read by itself.
const block = 8 << 10

// checkedFile is a file that is read once from end to end, and then anywhere: what is
// read then is what was read first. A plan is sealed as a whole, and used for as long
// as a run takes: whoever writes into its file meanwhile is found out.
type checkedFile struct {
	file *os.File
	at   int64               // how far the first reading is
	sums [][sha256.Size]byte // of its blocks
	last []byte              // the block that is being read, as far as it is
}

// Read is the first reading.
func (c *checkedFile) Read(p []byte) (int, error) {
	n, err := c.file.ReadAt(p, c.at)
	c.at += int64(n)
	for read := p[:n]; len(read) > 0; {
		taken := min(block-len(c.last), len(read))
		c.last = append(c.last, read[:taken]...)
		read = read[taken:]
		if len(c.last) == block {
			c.seal()
		}
	}
	if err == io.EOF {
		if n > 0 {
			return n, nil
		}
		c.seal()
	}
	return n, err
}

func (c *checkedFile) seal() {
	if len(c.last) > 0 {
		c.sums = append(c.sums, sha256.Sum256(c.last))
		c.last = c.last[:0]
	}
}

// ReadAt reads what was read first.
func (c *checkedFile) ReadAt(p []byte, from int64) (int, error) {
	to := min(from+int64(len(p)), c.at)
	if from >= to {
		return 0, io.EOF
	}
	first := from / block
	blocks := make([]byte, min((to+block-1)/block*block, c.at)-first*block)
	if _, err := c.file.ReadAt(blocks, first*block); err != nil && err != io.EOF {
		return 0, err
	}
	for i := int64(0); i*block < int64(len(blocks)); i++ {
		b := blocks[i*block : min((i+1)*block, int64(len(blocks)))]
		if sha256.Sum256(b) != c.sums[first+i] {
			return 0, &provision.PlanFileError{Path: c.file.Name(), Msg: "somebody wrote into the plan while it was used"}
		}
	}
	n := copy(p, blocks[from-first*block:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Close closes the file.
func (c *checkedFile) Close() error { return c.file.Close() }
