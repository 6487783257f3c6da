package dedupe

// A forest joins numbers from 0 into groups, step by step: a union-find. The
// lowest number of a group is its root.
type forest []uint32 // parent of each number

// newForest returns n numbers, each a group of its own.
func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = uint32(i)
	}
	return f
}

// root returns the lowest number of the group that i is in.
func (f forest) root(i uint32) uint32 {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

// join makes one group of those that a and b are in.
func (f forest) join(a, b uint32) {
	a, b = f.root(a), f.root(b)
	f[max(a, b)] = min(a, b)
}

// joined returns the groups of more than one number by their roots, each with
// its numbers in order.
func (f forest) joined() map[uint32][]uint32 {
	groups := map[uint32][]uint32{}
	for i := range f {
		n := uint32(i)
		root := f.root(n)
		if root == n {
			continue
		}
		if groups[root] == nil {
			groups[root] = []uint32{root}
		}
		groups[root] = append(groups[root], n)
	}
	return groups
}
