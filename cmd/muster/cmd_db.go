package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/provision/store"
)

func (a *app) dbCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "db",
		Short:   "The schema of the database, and who may act on all of it",
		Example: "  muster db migrate --db postgres://host/muster\n  muster db status",
	}
	group(c, "muster")
	c.AddCommand(&cobra.Command{
		Use:   "migrate",
		Short: "Bring the schema to the version this program needs",
		Long: `Migrate makes or updates the tables. On PostgreSQL this is done on purpose,
here and nowhere else; the embedded database is migrated by the commands that
write to it.`,
		Example: "  muster db migrate --db postgres://host/muster\n  muster db migrate --db-file /run/secrets/database",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.migrate(cmd.Context()) },
	}, &cobra.Command{
		Use:     "status",
		Short:   "Say which migrations were applied",
		Example: "  muster db status",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.status(cmd.Context()) },
	}, a.dbOperatorsCommand())
	return c
}

func (a *app) migrate(ctx context.Context) error {
	d, err := a.database()
	if err != nil {
		return err
	}
	s, err := openStore(ctx, d, store.Config{Create: d.Embedded, AnySchema: true})
	if err != nil {
		return err
	}
	defer s.Close()
	before, err := s.Status(ctx)
	if err != nil {
		return err
	}
	if err := s.Migrate(ctx); err != nil {
		return err
	}
	if a.common.JSON {
		for _, m := range before.Pending {
			a.out.Emit("migration", migrationOf(m))
		}
		a.out.Emit("summary", map[string]int{"applied": len(before.Pending)})
		return nil
	}
	for _, m := range before.Pending {
		fmt.Fprintf(a.out.Stdout, "applied %s\n", m.Name)
	}
	if len(before.Pending) == 0 {
		fmt.Fprintln(a.out.Stdout, "the schema is up to date")
	}
	return nil
}

func (a *app) status(ctx context.Context) error {
	d, err := a.database()
	if err != nil {
		return err
	}
	s, err := openStore(ctx, d, store.Config{AnySchema: true})
	if err != nil {
		return err
	}
	defer s.Close()
	st, err := s.Status(ctx)
	if err != nil {
		return err
	}
	gates, err := gatesOf(ctx, s, st)
	if err != nil {
		return err
	}
	if a.common.JSON {
		for _, m := range append(st.Applied, st.Pending...) {
			a.out.Emit("migration", migrationOf(m))
		}
		for _, g := range gates {
			a.out.Emit("logins", g)
		}
		a.out.Emit("summary", map[string]int{"applied": len(st.Applied), "pending": len(st.Pending), "newer": len(st.Newer)})
		return nil
	}
	for _, m := range st.Applied {
		fmt.Fprintf(a.out.Stdout, "applied  %s  %s\n", m.AppliedAt.Local().Format(time.DateTime), m.Name)
	}
	for _, m := range st.Pending {
		fmt.Fprintf(a.out.Stdout, "pending  %-19s  %s\n", "", m.Name)
	}
	for _, version := range st.Newer {
		fmt.Fprintf(a.out.Stdout, "newer    version %d, which this muster does not know\n", version)
	}
	for _, g := range gates {
		fmt.Fprintf(a.out.Stdout, "logins   %s: %s\n", g.Organization, g.words(d.Embedded))
	}
	return nil
}

// loginsOf says which logins of the database may act in an organization.
type loginsOf struct {
	Organization string   `json:"organization"`
	Open         bool     `json:"open"`   // whoever may open the database may act as anybody
	Logins       []string `json:"logins"` // that may act, each as certain operators
}

// gatesOf reads which logins may act as whom, once the schema is there.
func gatesOf(ctx context.Context, s *store.Store, st store.Status) ([]loginsOf, error) {
	if len(st.Pending) > 0 || len(st.Newer) > 0 {
		return nil, nil
	}
	all, err := s.Organizations(ctx)
	if err != nil {
		return nil, err
	}
	login, err := s.Login(ctx)
	var gates []loginsOf
	for _, o := range all {
		g := loginsOf{Organization: o.Slug, Logins: []string{}}
		logins, err := s.Logins(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		for _, l := range logins {
			if !slices.Contains(g.Logins, l.Login) {
				g.Logins = append(g.Logins, l.Login)
			}
		}
		g.Open = len(logins) == 0 || login == ""
		gates = append(gates, g)
	}
	return gates, err
}

// words say it to people; a file knows no logins.
func (g loginsOf) words(embedded bool) string {
	switch {
	case embedded:
		return "whoever may write the file may act as anybody"
	case g.Open:
		return "whoever may open the database may act as anybody (logins in the organization file say who may)"
	}
	return "only " + strings.Join(g.Logins, ", ") + ", as the organization file says"
}

// migration is a migration as JSON.
type migration struct {
	Version   int64      `json:"version"`
	Name      string     `json:"name"`
	AppliedAt *time.Time `json:"applied_at,omitempty"`
}

func migrationOf(m store.Migration) migration {
	j := migration{Version: m.Version, Name: m.Name}
	if !m.AppliedAt.IsZero() {
		j.AppliedAt = &m.AppliedAt
	}
	return j
}
