-- +goose Up
-- Mails are sent domain by domain, each as fast as it takes them: the domain of
-- the address stands beside the mail, and leads to the next one to it. It is that of
-- when the mail was queued, and is put right where the address has changed since.
-- A mail that somebody took is due again once they should have been done.

ALTER TABLE outbox ADD COLUMN domain text COLLATE "C" NOT NULL DEFAULT '';
UPDATE outbox SET domain = (SELECT split_part(a.email, '@', 2) FROM accounts AS a WHERE a.id = outbox.account_id),
    next_at = COALESCE(lease_until, next_at) WHERE ended_at IS NULL;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (organization_id, domain, next_at, id) WHERE ended_at IS NULL;
ALTER TABLE outbox DROP COLUMN lease_until;
