package provision

// Weakened are the accounts that a batch may take rights from: the store makes
// sure that none of them was the last administrator of an organization. A kind
// of row that can end what somebody may do belongs in here.
func (b Batch) Weakened() []string {
	var accounts []string
	for _, m := range b.Gone.Memberships {
		accounts = append(accounts, m.Account)
	}
	for _, m := range b.Raises { // which lower as well
		accounts = append(accounts, m.Account)
	}
	for _, l := range b.Lifts { // without the roles of before
		accounts = append(accounts, l.Account)
	}
	for _, block := range b.Blocks {
		accounts = append(accounts, block.Account)
	}
	for _, m := range b.Merged { // any block of either holds
		accounts = append(accounts, m.Gone, m.Into)
	}
	accounts = append(accounts, b.Unmade...)
	for _, e := range b.Erased {
		accounts = append(accounts, e.Account)
	}
	return accounts
}
