-- +goose Up
-- Every constraint here is a referee: two runs that race for one person meet
-- in account_key, two that race for one row of a run in run_rows.

CREATE TABLE settings (
    name  text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE key_checks (
    kid   text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE organizations (
    id            uuid PRIMARY KEY,
    slug          text COLLATE "C" NOT NULL UNIQUE,
    name          text NOT NULL,
    sign_in       text NOT NULL CHECK (sign_in IN ('password', 'sso')),
    sign_up_url   text NOT NULL,
    default_roles jsonb NOT NULL
);

CREATE TABLE brands (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    slug            text COLLATE "C" NOT NULL,
    name            text NOT NULL,
    sign_up_url     text NOT NULL,
    UNIQUE (organization_id, slug)
);

CREATE TABLE campaigns (
    id       uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands (id),
    slug     text COLLATE "C" NOT NULL,
    name     text NOT NULL,
    UNIQUE (brand_id, slug)
);

CREATE TABLE products (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    name            text COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, name)
);

CREATE TABLE roles (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    name            text COLLATE "C" NOT NULL,
    rank            integer NOT NULL,
    dashboard       boolean NOT NULL,
    capabilities    jsonb NOT NULL,
    PRIMARY KEY (organization_id, name)
);

-- address is what is mailed and shown, email what is compared.
CREATE TABLE accounts (
    id            uuid PRIMARY KEY,
    address       text NOT NULL,
    email         text COLLATE "C" NOT NULL,
    mailbox       text COLLATE "C" NOT NULL,
    email_role    boolean NOT NULL,
    name          text NOT NULL,
    first_name    text NOT NULL,
    last_name     text NOT NULL,
    contact_email text NOT NULL,
    language      text NOT NULL,
    time_zone     text NOT NULL,
    picture       text NOT NULL,
    status        text NOT NULL CHECK (status IN ('created', 'invited', 'registering', 'registered')),
    owner_id      uuid,
    link_epoch    bigint NOT NULL,
    version       bigint NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    created_run   uuid
);

-- Who owns a key: emails, external ids and personal profiles. It has no
-- foreign key, so that it can be sharded by key; accounts are written, or
-- their version raised, before their keys are.
CREATE TABLE account_key (
    space      text COLLATE "C" NOT NULL,
    value      text COLLATE "C" NOT NULL,
    account_id uuid NOT NULL,
    PRIMARY KEY (space, value)
);
CREATE INDEX account_key_account ON account_key (account_id);

-- What people share: mailboxes, websites, pages of organizations.
CREATE TABLE account_hint (
    space      text COLLATE "C" NOT NULL,
    value      text COLLATE "C" NOT NULL,
    account_id uuid NOT NULL,
    PRIMARY KEY (space, value, account_id)
);
CREATE INDEX account_hint_account ON account_hint (account_id);

CREATE TABLE profiles (
    account_id uuid NOT NULL,
    network    text COLLATE "C" NOT NULL,
    kind       text COLLATE "C" NOT NULL,
    value      text COLLATE "C" NOT NULL,
    shared     boolean NOT NULL,
    display    text NOT NULL,
    url        text NOT NULL,
    connected  boolean NOT NULL,
    run_id     uuid,
    source     text NOT NULL,
    PRIMARY KEY (account_id, network, kind, value)
);

CREATE TABLE memberships (
    account_id  uuid NOT NULL REFERENCES accounts (id),
    brand_id    uuid NOT NULL,
    kind        text NOT NULL,
    role        text COLLATE "C" NOT NULL,
    permissions jsonb,
    attributes  jsonb,
    run_id      uuid,
    source      text NOT NULL,
    granted_by  uuid,
    granted_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, brand_id)
);
CREATE INDEX memberships_brand ON memberships (brand_id, account_id);
CREATE INDEX memberships_above_member ON memberships (brand_id, account_id) WHERE role <> 'member';

CREATE TABLE campaign_access (
    account_id  uuid NOT NULL REFERENCES accounts (id),
    campaign_id uuid NOT NULL REFERENCES campaigns (id),
    run_id      uuid,
    source      text NOT NULL,
    granted_by  uuid,
    granted_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, campaign_id)
);

CREATE TABLE product_access (
    account_id      uuid NOT NULL REFERENCES accounts (id),
    organization_id uuid NOT NULL,
    product         text COLLATE "C" NOT NULL,
    run_id          uuid,
    source          text NOT NULL,
    granted_by      uuid,
    granted_at      timestamptz NOT NULL,
    PRIMARY KEY (account_id, organization_id, product),
    FOREIGN KEY (organization_id, product) REFERENCES products (organization_id, name)
);

-- organization_id is all zeros for a block of the whole platform. A block that
-- was lifted stays, so that an export made before cannot bring it back.
CREATE TABLE blocks (
    account_id      uuid NOT NULL REFERENCES accounts (id),
    organization_id uuid NOT NULL,
    run_id          uuid,
    source          text NOT NULL,
    blocked_by      uuid,
    blocked_at      timestamptz NOT NULL,
    lifted_at       timestamptz,
    PRIMARY KEY (account_id, organization_id)
);

-- Everything a link's token is computed from; nothing here is secret.
-- It is written when it is issued, and again when it is first shown: there is
-- room for that beside it, so that no index has to be written again.
CREATE TABLE links (
    id              text COLLATE "C" PRIMARY KEY,
    account_id      uuid NOT NULL REFERENCES accounts (id),
    organization_id uuid NOT NULL,
    purpose         integer NOT NULL,
    kid             text COLLATE "C" NOT NULL,
    audience        text NOT NULL,
    email           text COLLATE "C" NOT NULL,
    epoch           bigint NOT NULL,
    expires_at      timestamptz NOT NULL,
    state           text COLLATE "C" NOT NULL CHECK (state IN ('live', 'redeemed', 'superseded', 'revoked')),
    run_id          uuid,
    created_at      timestamptz NOT NULL,
    ended_at        timestamptz
) WITH (fillfactor = 60);
CREATE UNIQUE INDEX links_live ON links (account_id) WHERE state = 'live';
CREATE INDEX links_account ON links (account_id);

CREATE TABLE runs (
    id              uuid PRIMARY KEY,
    kind            text NOT NULL,
    fingerprint     text COLLATE "C" NOT NULL,
    organization_id uuid NOT NULL,
    operator_id     uuid,
    host            text NOT NULL,
    pid             bigint NOT NULL,
    program         text NOT NULL,
    out             text NOT NULL,
    lists           jsonb,
    options         jsonb,
    started_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    exit_code       integer NOT NULL,
    summary         jsonb
);
CREATE UNIQUE INDEX runs_open ON runs (fingerprint) WHERE finished_at IS NULL;
CREATE INDEX runs_started ON runs (started_at);

-- The ledger: one row for every input row of a run.
CREATE TABLE run_rows (
    run_id     uuid NOT NULL,
    row_no     bigint NOT NULL,
    outcome    text NOT NULL,
    reason     text NOT NULL,
    account_id uuid,
    into_row   bigint,
    link_id    text COLLATE "C",
    detail     jsonb,
    PRIMARY KEY (run_id, row_no)
);

-- The lock of an organization's runs. (name, token) is unique so that raising
-- the token counts as changing a key: a takeover waits for transactions that
-- hold the row's key, a renewal does not.
CREATE TABLE lease (
    name        text COLLATE "C" PRIMARY KEY,
    token       bigint NOT NULL,
    held        boolean NOT NULL,
    run_id      uuid,
    holder      text NOT NULL,
    host        text NOT NULL,
    pid         bigint NOT NULL,
    acquired_at timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    UNIQUE (name, token)
);

-- Rich enough to undo a run; it outlives the accounts it speaks of. detail is only
-- ever read whole: json keeps it as it was written, jsonb would take it apart.
CREATE TABLE audit (
    id              uuid PRIMARY KEY,
    at              timestamptz NOT NULL,
    organization_id uuid,
    run_id          uuid,
    row_no          bigint,
    operator_id     uuid,
    account_id      uuid,
    source          text NOT NULL,
    action          text NOT NULL,
    detail          json
);
CREATE INDEX audit_account ON audit (account_id);

-- Keyed marks of people who were erased; all zeros for the whole platform.
CREATE TABLE suppressions (
    mark            text COLLATE "C" NOT NULL,
    organization_id uuid NOT NULL,
    kid             text COLLATE "C" NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (mark, organization_id)
);
