package identity

// The key spaces of an address.
const (
	EmailSpace   = "email"
	MailboxSpace = "mailbox"
)

// Folds reports whether the provider of the address documents that different
// addresses reach one mailbox. Only then does a mailbox key say more than the
// address itself.
func (e Email) Folds() bool {
	domain := e.Domain()
	return domain == "gmail.com" || domain == "googlemail.com" || plusTags[domain] || countryMail(domain)
}
