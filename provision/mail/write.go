package mail

import (
	"cmp"
	"context"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"muster/dedupe"
	"muster/provision"
	"muster/provision/locale"
	"muster/provision/mail/letter"
)

// write puts a mail together as it goes to its person. A link that nobody has
// seen begins to live now.
func (o *office) write(ctx context.Context, m provision.Mail, link *provision.LinkRow) ([]byte, error) {
	c := o.content(m)
	date := m.CreatedAt
	if leads(m) {
		started, err := o.started(ctx, *link)
		if err != nil {
			return nil, err
		}
		if c.URL, err = o.Links.URL(started); err != nil {
			return nil, err
		}
		c.IsLink = true
		c.Ends = started.ExpiresAt
		date = started.GeneratedAt
	}
	return o.message(m, c, date)
}

// started is a link whose life has begun: when it ends is read back, for somebody
// else may have shown it meanwhile.
func (o *office) started(ctx context.Context, link provision.LinkRow) (provision.LinkRow, error) {
	if !link.GeneratedAt.IsZero() {
		return link, nil
	}
	if err := o.Store.StartLinks(ctx, []provision.LinkRow{link}, o.Now(), false); err != nil {
		return link, err
	}
	links, err := o.Store.Links(ctx, []string{link.ID})
	if err != nil {
		return link, err
	}
	if len(links) == 0 || links[0].GeneratedAt.IsZero() {
		return link, fmt.Errorf("the life of link %s could not begin: %w", link.ID, provision.ErrMoved)
	}
	return links[0], nil
}

// message is the text of a mail that says the content.
func (o *office) message(m provision.Mail, c letter.Content, date time.Time) ([]byte, error) {
	written, err := o.Templates.Write(m.Template, c)
	if err != nil {
		return nil, err
	}
	return message{
		Letter:  written,
		from:    o.From,
		replyTo: mail.Address{Name: letter.Name(inviter(m).Name), Address: inviter(m).Address},
		to:      mail.Address{Name: letter.Name(m.Name), Address: m.Email.Address},
		id:      m.MessageID,
		date:    date,
	}.text()
}

// content is what a mail says, but for its link.
func (o *office) content(m provision.Mail) letter.Content {
	brand := o.brandOf(m)
	c := letter.Content{
		Language:     locale.Match(m.Language, o.org.Page.Language),
		Zone:         locale.Zone(m.TimeZone),
		Organization: cmp.Or(o.org.Name, o.org.Slug),
		Brand:        cmp.Or(brand.Name, brand.Slug),
		Person:       m.Name,
		Inviter:      inviter(m).Name,
		Contact:      cmp.Or(inviter(m).Address, o.From.Address),
		Note:         m.Note,
		Other:        m.Other,
	}
	switch m.Template {
	case provision.DashboardMail, provision.AdministratorMail:
		c.Inviter = cmp.Or(c.Inviter, m.InvitedBy)
		c.URL = cmp.Or(brand.DashboardURL, o.org.DashboardURL)
	case provision.ClaimedMail:
		if m.Status == dedupe.Registered {
			c.URL = cmp.Or(brand.MemberURL, o.org.MemberURL)
		}
	case provision.WelcomeMail:
		c.URL = o.org.SSOURL
	}
	return c
}

// inviter is whoever a mail is sent for: the zero address where nobody is named.
func inviter(m provision.Mail) mail.Address {
	a, err := mail.ParseAddress(m.Inviter)
	if err != nil {
		return mail.Address{}
	}
	return *a
}

// brandOf is the brand that a mail tells of, the zero one where there is none.
func (o *office) brandOf(m provision.Mail) provision.Brand {
	i := slices.IndexFunc(o.org.Brands, func(b provision.Brand) bool { return strings.EqualFold(b.ID, m.Brand) })
	if i < 0 {
		return provision.Brand{}
	}
	return o.org.Brands[i]
}

func (o *office) brandSlug(m provision.Mail) string { return o.brandOf(m).Slug }
