package password

import "strings"

// A guess is a password as somebody sees it who tries to guess it.
type guess struct {
	plain []rune   // folded
	bare  []rune   // without its disguises, as long as plain
	about [][]rune // words about the person and the service, like bare
	ahead [][]int  // ahead[j][i], j < i: how many characters from i on repeat those from j on
}

// pieces are the kinds of pieces that count little, each with the code that
// speaks of it, in the order in which they are named where several fit.
var pieces = []struct {
	code    Code
	lengths func(g *guess, at int) []int
}{
	{Personal, (*guess).personal},
	{Common, (*guess).common},
	{Sequence, (*guess).sequences},
	{Repeated, (*guess).repeats},
}

const (
	pieceCost   = 2 // what a piece counts, however long it is
	pieceLength = 3 // a piece of fewer characters is none
)

func newGuess(password string, about []string) *guess {
	g := &guess{plain: plain(password)}
	g.plain = g.plain[:min(len(g.plain), Maximum)] // one sign can fold into eighteen
	g.bare = undisguised(g.plain)
	for _, text := range append([]string{product}, about...) {
		for _, part := range append(strings.FieldsFunc(text, parts), text) {
			if w := undisguised(plain(part)); len(w) >= pieceLength {
				g.about = append(g.about, w)
			}
		}
	}
	g.lookAhead()
	return g
}

// product is what the service is called where nobody called it otherwise.
const product = "muster"

// parts tells where a name or an address falls into words.
func parts(c rune) bool { return strings.ContainsRune(separators+"@()\"", c) }

// A cover is the cheapest way to cover the beginning of a password.
type cover struct {
	cost   int
	length int  // of its last piece
	code   Code // of its last piece, "" for a character
}

// left counts what cannot be guessed of the password, and says what most of
// the rest is made of.
func (g *guess) left() (int, Code) {
	best := make([]cover, len(g.plain)+1)
	for i := range best {
		best[i].cost = i + 1
	}
	best[0].cost = 0
	for at := range g.plain {
		g.cheapen(best, at, 1, 1, "")
		for _, kind := range pieces {
			for _, length := range kind.lengths(g, at) {
				g.cheapen(best, at, length, pieceCost, kind.code)
			}
		}
	}
	return best[len(g.plain)].cost, most(best)
}

// cheapen takes a piece where it makes the way to its end cheaper.
func (g *guess) cheapen(best []cover, at, length, cost int, code Code) {
	if end := at + length; best[at].cost+cost < best[end].cost {
		best[end] = cover{cost: best[at].cost + cost, length: length, code: code}
	}
}

// most is the code that covers the most characters: that something is repeated
// only where there is nothing else to say.
func most(best []cover) Code {
	covered := map[Code]int{}
	for at := len(best) - 1; at > 0; at -= best[at].length {
		covered[best[at].code] += best[at].length
	}
	covered[Repeated] = 0
	code := Repeated
	for _, kind := range pieces {
		if covered[kind.code] > covered[code] {
			code = kind.code
		}
	}
	return code
}

// upTo lists the lengths of pieces whose beginnings are pieces too.
func upTo(longest int) []int {
	var all []int
	for n := pieceLength; n <= longest; n++ {
		all = append(all, n)
	}
	return all
}
