package letter

import (
	"time"

	"muster/provision/locale"
)

// Content is what a mail has to say. What is "" is not spoken of.
type Content struct {
	Language     locale.Language
	Zone         *time.Location // in which times are given
	Organization string
	Brand        string    // in which the person is, or was added to
	Person       string    // who the mail is for
	Inviter      string    // whoever had it sent
	Contact      string    // address of whom to ask, or say no to
	Note         string    // of the inviter
	Other        string    // of whom the mail tells: a new administrator
	URL          string    // where the mail leads
	IsLink       bool      // that is a personal link, which opens once
	From         time.Time // the link opens only then; zero for at once
	Ends         time.Time // the link does
}

// cleaned is the content without anything that its readers could be led astray
// by: most of it was written by somebody outside.
func (c Content) cleaned() Content {
	for _, name := range []*string{&c.Organization, &c.Brand, &c.Person, &c.Inviter, &c.Other} {
		*name = Name(*name)
	}
	c.Note = Note(c.Note)
	if c.Brand == c.Organization {
		c.Brand = ""
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	return c
}
