package storetest

import (
	"context"

	"muster/provision"
)

// Sources passes on.
func (f *FailingStore) Sources(ctx context.Context, organization string) ([]provision.Source, error) {
	return call(f, "Sources", func() ([]provision.Source, error) { return f.next.Sources(ctx, organization) })
}

// Source passes on.
func (f *FailingStore) Source(ctx context.Context, organization, name string) (provision.Source, error) {
	return call(f, "Source", func() (provision.Source, error) { return f.next.Source(ctx, organization, name) })
}

// Removals passes on.
func (f *FailingStore) Removals(ctx context.Context, run string, after, limit int) ([]provision.Removal, error) {
	return call(f, "Removals", func() ([]provision.Removal, error) { return f.next.Removals(ctx, run, after, limit) })
}

func (d failingDirectory) SourcePeople(
	ctx context.Context, organization, source string, accounts []string,
) ([]provision.SourcePerson, error) {
	return call(d.f, "Directory.SourcePeople", func() ([]provision.SourcePerson, error) {
		return d.next.SourcePeople(ctx, organization, source, accounts)
	})
}

func (d failingDirectory) SourcePage(
	ctx context.Context, organization, source, after string, limit int,
) ([]provision.SourcePerson, error) {
	return call(d.f, "Directory.SourcePage", func() ([]provision.SourcePerson, error) {
		return d.next.SourcePage(ctx, organization, source, after, limit)
	})
}

func (d failingDirectory) SourceGrants(ctx context.Context, organization string, accounts []string) ([]provision.SourceGrant, error) {
	return call(d.f, "Directory.SourceGrants", func() ([]provision.SourceGrant, error) {
		return d.next.SourceGrants(ctx, organization, accounts)
	})
}

func (d failingDirectory) EndedByAbsence(ctx context.Context, organization string, accounts []string) ([]provision.Ended, error) {
	return call(d.f, "Directory.EndedByAbsence", func() ([]provision.Ended, error) { return d.next.EndedByAbsence(ctx, organization, accounts) })
}

func (d failingDirectory) Imported(ctx context.Context, organization string, accounts []string) ([]provision.SourceGrant, error) {
	return call(d.f, "Directory.Imported", func() ([]provision.SourceGrant, error) {
		return d.next.Imported(ctx, organization, accounts)
	})
}

func (t failingTx) SaveSource(ctx context.Context, s provision.Source) error {
	return t.f.do("Tx.SaveSource", func() error { return t.next.SaveSource(ctx, s) })
}

func (t failingTx) RenameSource(ctx context.Context, organization, from, to string) error {
	return t.f.do("Tx.RenameSource", func() error { return t.next.RenameSource(ctx, organization, from, to) })
}

func (t failingTx) Missed(ctx context.Context, run string, accounts []string) ([]string, error) {
	return call(t.f, "Tx.Missed", func() ([]string, error) { return t.next.Missed(ctx, run, accounts) })
}

func (t failingTx) RecordRemovals(ctx context.Context, run string, rows []provision.Removal) error {
	return t.f.do("Tx.RecordRemovals", func() error { return t.next.RecordRemovals(ctx, run, rows) })
}
