package claim_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/google/uuid"

	"muster/provision"
	"muster/provision/claim"
	"muster/provision/claim/password"
	"muster/provision/link"
)

// The web program of a platform lets somebody redeem a link, and checks their
// password when they sign in. It links no reader of workbooks, no command line
// and no web server of muster's.
func Example() {
	ctx := context.Background()
	db, ring, token := invited(ctx, "ana@example.com")
	defer db.Close()

	hasher, err := password.NewHasher(password.DefaultCost, 256<<20) // as many at once as 256 MB are enough for
	if err != nil {
		fmt.Println(err)
		return
	}
	links := &claim.Service{
		Store:     db,
		Keys:      func() *link.Keyring { return ring },
		Hasher:    hasher,
		Now:       time.Now,
		NewID:     func() string { return uuid.Must(uuid.NewV7()).String() },
		Audiences: []string{"https://claim.example.com"},
		Fault:     func(err error) { log.Print(err) },
	}
	defer links.Wait()

	// Somebody opens their link.
	view, err := links.Open(ctx, token)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s, %s: at least %d characters\n", view.Organization, view.MaskedAddress, view.MinLength)

	// They choose a password, which is not good enough, and another one.
	for _, typed := range []string{"passwordpassword", "gravel otter lantern quince"} {
		_, err = links.Redeem(ctx, token, claim.Passwords{First: typed, Again: typed})
		if form := (*claim.FormError)(nil); errors.As(err, &form) {
			fmt.Println("to be corrected:", form.Faults[0].Field, form.Faults[0].Code)
		}
	}
	fmt.Println("redeemed:", err == nil)

	// The link opens once.
	_, err = links.Open(ctx, token)
	if refused := (*claim.Refusal)(nil); errors.As(err, &refused) {
		fmt.Println("again:", refused.Standing == provision.StandingUsed)
	}

	// They sign in.
	hash := db.storedPassword("ana@example.com") // accounts.password
	fits, err := password.Verify(hash, "gravel otter lantern quince")
	fmt.Println("signed in:", fits, err)

	// Output:
	// Lakeside Creators, a…@e….com: at least 15 characters
	// to be corrected: password common
	// redeemed: true
	// again: true
	// signed in: true <nil>
}
