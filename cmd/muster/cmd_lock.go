package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"muster/cmd/muster/flags"
	"muster/provision"
	"muster/provision/run"
)

func (a *app) lockCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "lock",
		Short:   "Who is importing right now",
		Example: "  muster lock show\n  muster lock release 7",
	}
	group(c, "muster")
	c.AddCommand(a.lockShowCommand(), a.lockReleaseCommand())
	return c
}

func (a *app) lockShowCommand() *cobra.Command {
	var d door
	c := &cobra.Command{
		Use:     "show",
		Short:   "Show who holds the lock of an organization's runs",
		Example: "  muster lock show",
		Args:    arguments(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.showLocks(cmd.Context(), d) },
	}
	d.reading(c.Flags())
	return c
}

// releaseOptions are the flags of lock release.
type releaseOptions struct {
	door

	token int64 // what the argument comes to
}

func (a *app) lockReleaseCommand() *cobra.Command {
	var o releaseOptions
	c := &cobra.Command{
		Use:   "release TOKEN",
		Short: "Take the lock away from a run that is certainly dead",
		Long: `Release frees a lock whose token lock show prints. A run that turns out to be
alive stops before its next write, with exit code 11. A lock left behind by a
dead process lapses by itself after 30 seconds. Who releases one needs the right
organization:edit, and the audit says who it was.`,
		Example: "  muster lock release 7",
		Args:    arguments(1, 1, "a token (muster lock show prints it)"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.validate(args[0]); err != nil {
				return err
			}
			return a.releaseLock(cmd.Context(), o)
		},
	}
	o.flags(c.Flags())
	return c
}

func (o *releaseOptions) validate(token string) (err error) {
	if o.token, err = strconv.ParseInt(token, 10, 64); err != nil {
		return flags.Usage(fmt.Sprintf("%q is no token", token), "muster lock show prints it")
	}
	return nil
}

// lease is a lease as JSON.
type lease struct {
	Name      string    `json:"name"`
	Token     int64     `json:"token"`
	Run       string    `json:"run,omitempty"`
	Holder    string    `json:"holder"`
	Host      string    `json:"host"`
	PID       int       `json:"pid"`
	Acquired  time.Time `json:"acquired_at"`
	ExpiresAt time.Time `json:"expires_at"`
	Lapsed    bool      `json:"lapsed"`
	Shared    bool      `json:"shared,omitempty"` // by the shards of its run
}

func (a *app) showLocks(ctx context.Context, d door) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	leases, err := s.locks(ctx, d)
	if err != nil {
		return err
	}
	if a.common.JSON {
		for _, l := range leases {
			a.out.Emit("lock", lease(l))
		}
		a.out.Emit("summary", map[string]int{"locks": len(leases)})
		return nil
	}
	for _, l := range leases {
		state := "held"
		switch {
		case l.Lapsed:
			state = "lapsed: the next run takes it over"
		case l.Shared:
			state = "held by the shards of a run; to release it ends all of them"
		}
		fmt.Fprintf(a.out.Stdout, "%s: %s\n  token %d, held by %s, process %d on %s, run %s, since %s\n", l.Name, state,
			l.Token, l.Holder, l.PID, l.Host, l.Run, l.Acquired.Local().Format(time.DateTime))
	}
	if len(leases) == 0 {
		fmt.Fprintln(a.out.Stdout, "nobody holds a lock")
	}
	return nil
}

// locks are those of the operator's organization; where there is none yet, none.
func (s *session) locks(ctx context.Context, d door) ([]provision.Lease, error) {
	authority, err := s.authority(ctx, d, "", "")
	if isNoOrganization(err) && d.Org == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return run.Locks(ctx, s.Engine, authority)
}

func (a *app) releaseLock(ctx context.Context, o releaseOptions) error {
	s, err := a.openToRead(ctx, a.out.View())
	if err != nil {
		return err
	}
	defer s.close()
	authority, err := s.authority(ctx, o.door, provision.MayEditOrganization, "release the lock of a run")
	if err != nil {
		return err
	}
	held, err := run.ReleaseLock(ctx, s.Engine, authority, o.token)
	if err != nil {
		return err
	}
	if a.common.JSON {
		a.out.Emit("summary", map[string]any{"released": held.Name, "token": o.token})
		return nil
	}
	fmt.Fprintf(a.out.Stdout, "released %s, which %s held for run %s\n", held.Name, held.Holder, held.Run)
	return nil
}
