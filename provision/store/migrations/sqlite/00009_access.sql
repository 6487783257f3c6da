-- +goose Up
-- Who may do what: the plan of an organization, its permissions, and as whom a
-- login of the database may act.

-- access holds what an organization file says of the plan, of permissions and
-- of where staff may be from.
ALTER TABLE organizations ADD COLUMN access text;

-- What an organization file no longer names, and nobody uses, is put away: it is
-- in no look-up, and comes back when a file names it again.
ALTER TABLE brands ADD COLUMN archived_at text;
ALTER TABLE campaigns ADD COLUMN archived_at text;
ALTER TABLE products ADD COLUMN archived_at text;
ALTER TABLE roles ADD COLUMN archived_at text;

-- An operator that a login of the database may act as, until ended_at.
CREATE TABLE logins (
    organization_id text NOT NULL REFERENCES organizations (id),
    login           text NOT NULL,
    account_id      text NOT NULL REFERENCES accounts (id),
    ended_at        text,
    PRIMARY KEY (organization_id, login, account_id)
) WITHOUT ROWID;
