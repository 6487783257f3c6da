-- +goose Up
-- What the page behind a link writes, what is mailed, and what both say.

-- channel is how a link leaves: handed over from a report, or by mail alone.
-- revealed_at is when anybody but its person could see it first: such a link
-- does not prove that a mailbox is theirs. Links of before stood in reports.
ALTER TABLE links ADD COLUMN channel text NOT NULL DEFAULT 'report' CHECK (channel IN ('report', 'mail'));
ALTER TABLE links ADD COLUMN revealed_at text;
ALTER TABLE links ADD COLUMN not_before text;
ALTER TABLE links ADD COLUMN handed_over_at text;
ALTER TABLE links ADD COLUMN opened_at text;
ALTER TABLE links ADD COLUMN workday boolean NOT NULL DEFAULT false;
ALTER TABLE links ADD COLUMN open_count bigint NOT NULL DEFAULT 0;
UPDATE links SET revealed_at = generated_at;

-- password is argon2id in PHC form, '' for none. Whoever is signed in holds the
-- session_epoch of then: a higher one ends all sessions.
ALTER TABLE accounts ADD COLUMN password text NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN password_at text;
ALTER TABLE accounts ADD COLUMN registered_at text;
ALTER TABLE accounts ADD COLUMN email_verified_at text;
ALTER TABLE accounts ADD COLUMN session_epoch bigint NOT NULL DEFAULT 0;

-- page holds what the claim page asks and offers. An organization that is not
-- active issues no links, and its page says nothing.
ALTER TABLE organizations ADD COLUMN active boolean NOT NULL DEFAULT true;
ALTER TABLE organizations ADD COLUMN member_url text NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN dashboard_url text NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN sso_url text NOT NULL DEFAULT '';
ALTER TABLE organizations ADD COLUMN page text;
ALTER TABLE brands ADD COLUMN member_url text NOT NULL DEFAULT '';
ALTER TABLE brands ADD COLUMN dashboard_url text NOT NULL DEFAULT '';

-- One row for every mail that is to be sent, written with what it tells of. No
-- token and no address stands here: both are read when the mail is sent.
-- reference is what there may be one mail of a template about: a link, a run,
-- or '' for once ever.
CREATE TABLE outbox (
    id              text PRIMARY KEY,
    account_id      text NOT NULL REFERENCES accounts (id),
    organization_id text NOT NULL REFERENCES organizations (id),
    brand_id        text,
    template        text NOT NULL,
    link_id         text,
    reference       text NOT NULL,
    inviter         text NOT NULL,
    note            text NOT NULL,
    invited_by      text,
    run_id          text,
    state           text NOT NULL
        CHECK (state IN ('queued', 'leased', 'accepted', 'unknown', 'deferred', 'dead', 'cancelled')),
    attempts        integer NOT NULL,
    next_at         text NOT NULL,
    lease_until     text,
    message_id      text NOT NULL,
    last_code       integer NOT NULL,
    last_enhanced   text NOT NULL,
    remote_reply    text NOT NULL,
    created_at      text NOT NULL,
    ended_at        text,
    UNIQUE (account_id, organization_id, template, reference)
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE state IN ('queued', 'leased', 'unknown', 'deferred');
CREATE INDEX outbox_link ON outbox (link_id);

-- What people agreed to, and what they answered, when they signed up.
CREATE TABLE consents (
    account_id      text NOT NULL REFERENCES accounts (id),
    organization_id text NOT NULL REFERENCES organizations (id),
    document        text NOT NULL,
    version         text NOT NULL,
    at              text NOT NULL,
    PRIMARY KEY (account_id, organization_id, document, version)
) WITHOUT ROWID;
CREATE TABLE sign_up_answers (
    account_id      text NOT NULL REFERENCES accounts (id),
    organization_id text NOT NULL REFERENCES organizations (id),
    name            text NOT NULL,
    value           text NOT NULL,
    at              text NOT NULL,
    PRIMARY KEY (account_id, organization_id, name)
) WITHOUT ROWID;

-- Who was invited to the dashboard once: a row is never removed, so that nobody
-- is invited twice.
CREATE TABLE dashboard_access (
    account_id      text NOT NULL REFERENCES accounts (id),
    organization_id text NOT NULL REFERENCES organizations (id),
    invited_by      text,
    run_id          text,
    at              text NOT NULL,
    PRIMARY KEY (account_id, organization_id)
) WITHOUT ROWID;

-- Addresses, as compared, that a mail came back from for good.
CREATE TABLE undeliverable (
    email text PRIMARY KEY,
    why   text NOT NULL,
    code  text NOT NULL,
    at    text NOT NULL
) WITHOUT ROWID;
