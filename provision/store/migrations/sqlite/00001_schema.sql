-- +goose Up
-- Every constraint here is a referee: two runs that race for one person meet
-- in account_key, two that race for one row of a run in run_rows.

CREATE TABLE settings (
    name  text PRIMARY KEY,
    value text NOT NULL
) WITHOUT ROWID;

CREATE TABLE key_checks (
    kid   text PRIMARY KEY,
    value text NOT NULL
) WITHOUT ROWID;

CREATE TABLE organizations (
    id            text PRIMARY KEY,
    slug          text NOT NULL UNIQUE,
    name          text NOT NULL,
    sign_in       text NOT NULL CHECK (sign_in IN ('password', 'sso')),
    sign_up_url   text NOT NULL,
    default_roles text NOT NULL
);

CREATE TABLE brands (
    id              text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organizations (id),
    slug            text NOT NULL,
    name            text NOT NULL,
    sign_up_url     text NOT NULL,
    UNIQUE (organization_id, slug)
);

CREATE TABLE campaigns (
    id       text PRIMARY KEY,
    brand_id text NOT NULL REFERENCES brands (id),
    slug     text NOT NULL,
    name     text NOT NULL,
    UNIQUE (brand_id, slug)
);

CREATE TABLE products (
    organization_id text NOT NULL REFERENCES organizations (id),
    name            text NOT NULL,
    PRIMARY KEY (organization_id, name)
) WITHOUT ROWID;

CREATE TABLE roles (
    organization_id text NOT NULL REFERENCES organizations (id),
    name            text NOT NULL,
    rank            integer NOT NULL,
    dashboard       boolean NOT NULL,
    capabilities    text NOT NULL,
    PRIMARY KEY (organization_id, name)
) WITHOUT ROWID;

-- address is what is mailed and shown, email what is compared.
CREATE TABLE accounts (
    id            text PRIMARY KEY,
    address       text NOT NULL,
    email         text NOT NULL,
    mailbox       text NOT NULL,
    email_role    boolean NOT NULL,
    name          text NOT NULL,
    first_name    text NOT NULL,
    last_name     text NOT NULL,
    contact_email text NOT NULL,
    language      text NOT NULL,
    time_zone     text NOT NULL,
    picture       text NOT NULL,
    status        text NOT NULL CHECK (status IN ('created', 'invited', 'registering', 'registered')),
    owner_id      text,
    link_epoch    bigint NOT NULL,
    version       bigint NOT NULL,
    created_at    text NOT NULL,
    updated_at    text NOT NULL,
    created_run   text
) WITHOUT ROWID;

-- Who owns a key: emails, external ids and personal profiles. It has no
-- foreign key, so that it can be sharded by key; accounts are written, or
-- their version raised, before their keys are.
CREATE TABLE account_key (
    space      text NOT NULL,
    value      text NOT NULL,
    account_id text NOT NULL,
    PRIMARY KEY (space, value)
) WITHOUT ROWID;
CREATE INDEX account_key_account ON account_key (account_id);

-- What people share: mailboxes, websites, pages of organizations.
CREATE TABLE account_hint (
    space      text NOT NULL,
    value      text NOT NULL,
    account_id text NOT NULL,
    PRIMARY KEY (space, value, account_id)
) WITHOUT ROWID;
CREATE INDEX account_hint_account ON account_hint (account_id);

CREATE TABLE profiles (
    account_id text NOT NULL,
    network    text NOT NULL,
    kind       text NOT NULL,
    value      text NOT NULL,
    shared     boolean NOT NULL,
    display    text NOT NULL,
    url        text NOT NULL,
    connected  boolean NOT NULL,
    run_id     text,
    source     text NOT NULL,
    PRIMARY KEY (account_id, network, kind, value)
) WITHOUT ROWID;

CREATE TABLE memberships (
    account_id  text NOT NULL REFERENCES accounts (id),
    brand_id    text NOT NULL,
    kind        text NOT NULL,
    role        text NOT NULL,
    permissions text,
    attributes  text,
    run_id      text,
    source      text NOT NULL,
    granted_by  text,
    granted_at  text NOT NULL,
    PRIMARY KEY (account_id, brand_id)
) WITHOUT ROWID;
CREATE INDEX memberships_brand ON memberships (brand_id, account_id);
CREATE INDEX memberships_above_member ON memberships (brand_id, account_id) WHERE role <> 'member';

CREATE TABLE campaign_access (
    account_id  text NOT NULL REFERENCES accounts (id),
    campaign_id text NOT NULL REFERENCES campaigns (id),
    run_id      text,
    source      text NOT NULL,
    granted_by  text,
    granted_at  text NOT NULL,
    PRIMARY KEY (account_id, campaign_id)
) WITHOUT ROWID;

CREATE TABLE product_access (
    account_id      text NOT NULL REFERENCES accounts (id),
    organization_id text NOT NULL,
    product         text NOT NULL,
    run_id          text,
    source          text NOT NULL,
    granted_by      text,
    granted_at      text NOT NULL,
    PRIMARY KEY (account_id, organization_id, product),
    FOREIGN KEY (organization_id, product) REFERENCES products (organization_id, name)
) WITHOUT ROWID;

-- organization_id is all zeros for a block of the whole platform. A block that
-- was lifted stays, so that an export made before cannot bring it back.
CREATE TABLE blocks (
    account_id      text NOT NULL REFERENCES accounts (id),
    organization_id text NOT NULL,
    run_id          text,
    source          text NOT NULL,
    blocked_by      text,
    blocked_at      text NOT NULL,
    lifted_at       text,
    PRIMARY KEY (account_id, organization_id)
) WITHOUT ROWID;

-- Everything a link's token is computed from; nothing here is secret.
-- It is written when it is issued, and again when it is first shown: there is
-- room for that beside it, so that no index has to be written again.
CREATE TABLE links (
    id              text PRIMARY KEY,
    account_id      text NOT NULL REFERENCES accounts (id),
    organization_id text NOT NULL,
    purpose         integer NOT NULL,
    kid             text NOT NULL,
    audience        text NOT NULL,
    email           text NOT NULL,
    epoch           bigint NOT NULL,
    expires_at      text NOT NULL,
    state           text NOT NULL CHECK (state IN ('live', 'redeemed', 'superseded', 'revoked')),
    run_id          text,
    created_at      text NOT NULL,
    ended_at        text
) WITHOUT ROWID;
CREATE UNIQUE INDEX links_live ON links (account_id) WHERE state = 'live';
CREATE INDEX links_account ON links (account_id);

CREATE TABLE runs (
    id              text PRIMARY KEY,
    kind            text NOT NULL,
    fingerprint     text NOT NULL,
    organization_id text NOT NULL,
    operator_id     text,
    host            text NOT NULL,
    pid             bigint NOT NULL,
    program         text NOT NULL,
    out             text NOT NULL,
    lists           text,
    options         text,
    started_at      text NOT NULL,
    finished_at     text,
    exit_code       integer NOT NULL,
    summary         text
);
CREATE UNIQUE INDEX runs_open ON runs (fingerprint) WHERE finished_at IS NULL;
CREATE INDEX runs_started ON runs (started_at);

-- The ledger: one row for every input row of a run.
CREATE TABLE run_rows (
    run_id     text NOT NULL,
    row_no     bigint NOT NULL,
    outcome    text NOT NULL,
    reason     text NOT NULL,
    account_id text,
    into_row   bigint,
    link_id    text,
    detail     text,
    PRIMARY KEY (run_id, row_no)
) WITHOUT ROWID;

-- The lock of an organization's runs. (name, token) is unique so that raising
-- the token counts as changing a key: a takeover waits for transactions that
-- hold the row's key, a renewal does not.
CREATE TABLE lease (
    name        text PRIMARY KEY,
    token       bigint NOT NULL,
    held        boolean NOT NULL,
    run_id      text,
    holder      text NOT NULL,
    host        text NOT NULL,
    pid         bigint NOT NULL,
    acquired_at text NOT NULL,
    expires_at  text NOT NULL,
    UNIQUE (name, token)
);

-- Rich enough to undo a run; it outlives the accounts it speaks of.
CREATE TABLE audit (
    id              text PRIMARY KEY,
    at              text NOT NULL,
    organization_id text,
    run_id          text,
    row_no          bigint,
    operator_id     text,
    account_id      text,
    source          text NOT NULL,
    action          text NOT NULL,
    detail          text
) WITHOUT ROWID;
CREATE INDEX audit_account ON audit (account_id);

-- Keyed marks of people who were erased; all zeros for the whole platform.
CREATE TABLE suppressions (
    mark            text NOT NULL,
    organization_id text NOT NULL,
    kid             text NOT NULL,
    created_at      text NOT NULL,
    PRIMARY KEY (mark, organization_id)
) WITHOUT ROWID;
