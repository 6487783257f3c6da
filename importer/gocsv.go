package importer

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"strconv"
	"sync"

	"github.com/gocarina/gocsv"
	"github.com/sourcegraph/conc"
)

// gocsv hands rows over through a channel, one at a time, and to wake the reader
// of that channel for every row costs more than to make the row: so rows are
// waited for in batches. Nothing outside this file knows of gocsv.

// batch is how many rows are made before the reader of them is woken.
const batch = 64

// pump takes the rows of a feed through gocsv. It is the gocsv.CSVReader that
// gocsv reads from.
type pump struct {
	feed  *feed
	begun bool     // gocsv has the header
	ready chan int // how many more rows have been sent
	made  int      // rows handed to gocsv
	told  int      // of those, the ones that ready has told of
}

// throughGocsv hands out the rows of a feed in their order. An error of the feed
// comes last, after any number of rows.
func throughGocsv(f *feed) iter.Seq2[gocsvRow, error] {
	return func(yield func(gocsvRow, error) bool) {
		var cancel context.CancelFunc
		f.ctx, cancel = context.WithCancel(f.ctx)
		p := &pump{feed: f, ready: make(chan int, 8)}
		rows := make(chan gocsvRow, 4*batch)
		var broken error
		var wg conc.WaitGroup
		wg.Go(func() {
			defer close(p.ready)
			broken = gocsv.UnmarshalDecoderToChan(gocsv.NewSimpleDecoderFromCSVReader(p), rows)
		})
		stop := sync.OnceFunc(func() {
			cancel()
			for range rows {
			}
			wg.Wait()
		})
		defer stop()
		if !p.each(rows, yield) {
			return
		}
		if stop(); broken != nil {
			yield(gocsvRow{}, broken)
		}
	}
}

// each hands out rows as batches of them get ready; it reports whether more are
// wanted.
func (p *pump) each(rows <-chan gocsvRow, yield func(gocsvRow, error) bool) bool {
	for n := range p.ready {
		for range n {
			if !yield(<-rows, nil) {
				return false
			}
		}
	}
	for r := range rows {
		if !yield(r, nil) {
			return false
		}
	}
	return true
}

// Read is called by gocsv for every row; the first one is the header.
func (p *pump) Read() ([]string, error) {
	if !p.begun {
		p.begun = true
		return gocsvHeader(p.feed.cols), nil
	}
	rec, err := p.feed.next()
	if err != nil {
		return nil, err
	}
	p.wake()
	return rec, nil
}

// wake tells the reader of the rows that a batch of them is there. When Read
// is called, every row it returned before has been sent; if the reader is
// behind, the count waits for the next time.
func (p *pump) wake() {
	if p.made-p.told >= batch {
		select {
		case p.ready <- p.made - p.told:
			p.told = p.made
		default:
		}
	}
	p.made++
}

// ReadAll is part of gocsv's interface and never called by what we use of it.
func (p *pump) ReadAll() ([][]string, error) { return nil, errors.New("rows are streamed") }

// gocsvHeader names the place of a row and its columns, each by a name of its
// own, whatever the list calls them.
func gocsvHeader(cols []column) []string {
	header := make([]string, 0, len(cols)+1)
	header = append(header, placeColumn+strconv.Itoa(len(cols)))
	for i, c := range cols {
		name := string(cmp.Or(c.field, AttributeField))
		header = append(header, name+"_"+strconv.Itoa(i+1))
	}
	return header
}

// gocsvRow is what gocsv fills: it hands over cell by cell, with the name of
// the column. The first cell is the line; the name of its column ends in the
// number of those that follow, so that room is made for them once.
type gocsvRow struct {
	Place string `csv:"place"` // gocsv wants one tagged field
	line  int
	cells []string
}

const placeColumn = "place of "

// UnmarshalCSVWithFields is called by gocsv for every cell.
func (r *gocsvRow) UnmarshalCSVWithFields(column, value string) error {
	if r.cells == nil {
		r.line, _ = strconv.Atoi(value)
		width, _ := strconv.Atoi(column[len(placeColumn):])
		r.cells = make([]string, 0, width)
		return nil
	}
	if len(value) > 1 && value[0] == '\'' {
		value = Unguard(value)
	}
	r.cells = append(r.cells, value)
	return nil
}
