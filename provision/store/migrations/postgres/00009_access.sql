-- +goose Up
-- Who may do what: the plan of an organization, its permissions, and as whom a
-- login of the database may act.

-- access holds what an organization file says of the plan, of permissions and
-- of where staff may be from.
ALTER TABLE organizations ADD COLUMN access jsonb;

-- What an organization file no longer names, and nobody uses, is put away: it is
-- in no look-up, and comes back when a file names it again.
ALTER TABLE brands ADD COLUMN archived_at timestamptz;
ALTER TABLE campaigns ADD COLUMN archived_at timestamptz;
ALTER TABLE products ADD COLUMN archived_at timestamptz;
ALTER TABLE roles ADD COLUMN archived_at timestamptz;

-- An operator that a login of the database may act as, until ended_at.
CREATE TABLE logins (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    login           text COLLATE "C" NOT NULL,
    account_id      uuid NOT NULL REFERENCES accounts (id),
    ended_at        timestamptz,
    PRIMARY KEY (organization_id, login, account_id)
);
