-- +goose Up
-- What is taken away is moved here, with who took it away, when and why: so it
-- can come back as it was. A row stays when that has happened.

CREATE TABLE memberships_ended (
    account_id  uuid NOT NULL REFERENCES accounts (id),
    brand_id    uuid NOT NULL REFERENCES brands (id),
    kind        text NOT NULL,
    role        text COLLATE "C" NOT NULL,
    permissions jsonb,
    attributes  jsonb,
    run_id      uuid,
    source      text NOT NULL,
    granted_by  uuid,
    granted_at  timestamptz NOT NULL,
    ended_at    timestamptz NOT NULL,
    ended_run   uuid,
    ended_by    uuid,
    ended_why   text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, brand_id, ended_at)
);
CREATE INDEX memberships_ended_brand ON memberships_ended (brand_id, account_id);

CREATE TABLE campaign_access_ended (
    account_id  uuid NOT NULL REFERENCES accounts (id),
    campaign_id uuid NOT NULL REFERENCES campaigns (id),
    run_id      uuid,
    source      text NOT NULL,
    granted_by  uuid,
    granted_at  timestamptz NOT NULL,
    ended_at    timestamptz NOT NULL,
    ended_run   uuid,
    ended_by    uuid,
    ended_why   text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, campaign_id, ended_at)
);

CREATE TABLE product_access_ended (
    account_id      uuid NOT NULL REFERENCES accounts (id),
    organization_id uuid NOT NULL REFERENCES organizations (id),
    product         text COLLATE "C" NOT NULL,
    run_id          uuid,
    source          text NOT NULL,
    granted_by      uuid,
    granted_at      timestamptz NOT NULL,
    ended_at        timestamptz NOT NULL,
    ended_run       uuid,
    ended_by        uuid,
    ended_why       text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, organization_id, product, ended_at)
);

-- Who may act on the whole platform. No organization can give itself that: only
-- whoever may change the schema writes here.
CREATE TABLE platform_operators (
    account_id uuid PRIMARY KEY REFERENCES accounts (id),
    added_at   timestamptz NOT NULL,
    added_by   text NOT NULL
);
