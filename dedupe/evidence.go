package dedupe

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"muster/importer/identity"
	"muster/importer/reason"
	"muster/importer/record"
)

// Three digests say what a decision of a reviewer was made on. None depends
// on row numbers, on the order of rows, on versions of accounts or on a clock,
// so the same list gives the same ones every night.
//
//	record    what one row says about who the person is and what they get
//	person    all records of a person, and why they contradict each other
//	evidence  the person, why they are held, and which keys lead to which accounts

// RecordDigest names what a row says: its keys, its name, its kind and what is
// wanted for it. Rows that say the same have the same digest.
func RecordDigest(r record.Record) string {
	keys, hints := Keys(r, "") // the organization is the same for everything compared
	return digest(struct {
		Keys, Hints                 []identity.Key
		Name                        string
		Kind                        record.Kind
		Brands, Campaigns, Products []string
		Role, Permissions, Status   string
		Relation                    string `json:",omitempty"`
	}{
		Keys:        sorted(keys),
		Hints:       sorted(hints),
		Name:        r.Name,
		Kind:        r.Kind,
		Brands:      ordered(r.Brands),
		Campaigns:   ordered(r.Campaigns),
		Products:    ordered(r.Products),
		Role:        r.Role,
		Permissions: r.Permissions,
		Status:      r.Status,
		Relation:    r.Relation,
	})
}

// PersonDigest names what the rows of a person say together.
func PersonDigest(p Person) string {
	return digest(struct {
		Records []string
		Held    reason.Code
	}{recordDigests(p), p.Held})
}

// recordDigests returns the digests of the person's records, sorted, each
// once: the same line twice is no more evidence than once.
func recordDigests(p Person) []string {
	all := make([]string, len(p.Records))
	for i, r := range p.Records {
		all[i] = RecordDigest(r)
	}
	return ordered(all)
}

// FirstKey names a person by the first of their keys, whatever else changed
// about them: enough to tell that somebody was decided on before.
func FirstKey(p Person) string {
	keys, hints := p.Keys("")
	for _, k := range append(keys, hints...) {
		return KeyMark(k)
	}
	return ""
}

// KeyMark stands for a key where the key itself would be personal data.
func KeyMark(k identity.Key) string { return digest(k)[:32] }

// EvidenceDigest names everything a decision about a held person is made on:
// the person, why they are held, and each account that speaks for being them
// with the keys that led there. A website that many people share says nothing
// and is left out, so that a new colleague on it unsettles nobody.
func EvidenceDigest(m Match, d Decision) string {
	return digest(struct {
		Person string
		Reason reason.Code
		Seen   []Witness
	}{PersonDigest(m.Person), d.Reason, witnesses(m.counting(m.Reached))})
}

// Witness is an account and the marks of the keys that led to it; of hints
// only where there is nothing better.
type Witness struct {
	Account string   `json:"account"`
	Keys    []string `json:"keys"`
}

func witnesses(reached []Reached) []Witness {
	var all []Witness
	for _, r := range reached {
		w := Witness{Account: r.Account.ID}
		best := r.Strength()
		for _, e := range r.Evidence {
			if e.Strength > Hint || best == Hint {
				w.Keys = append(w.Keys, KeyMark(e.Key))
			}
		}
		w.Keys = ordered(w.Keys)
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b Witness) int { return cmp.Compare(a.Account, b.Account) })
	return all
}

// ordered returns the strings sorted, each once.
func ordered(s []string) []string {
	c := slices.Clone(s)
	slices.Sort(c)
	return slices.Compact(c)
}

func digest(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic("dedupe: evidence is plain data: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
