-- +goose Up
-- What is taken away is moved here, with who took it away, when and why: so it
-- can come back as it was. A row stays when that has happened.

CREATE TABLE memberships_ended (
    account_id  text NOT NULL REFERENCES accounts (id),
    brand_id    text NOT NULL REFERENCES brands (id),
    kind        text NOT NULL,
    role        text NOT NULL,
    permissions text,
    attributes  text,
    run_id      text,
    source      text NOT NULL,
    granted_by  text,
    granted_at  text NOT NULL,
    ended_at    text NOT NULL,
    ended_run   text,
    ended_by    text,
    ended_why   text NOT NULL,
    PRIMARY KEY (account_id, brand_id, ended_at)
) WITHOUT ROWID;
CREATE INDEX memberships_ended_brand ON memberships_ended (brand_id, account_id);

CREATE TABLE campaign_access_ended (
    account_id  text NOT NULL REFERENCES accounts (id),
    campaign_id text NOT NULL REFERENCES campaigns (id),
    run_id      text,
    source      text NOT NULL,
    granted_by  text,
    granted_at  text NOT NULL,
    ended_at    text NOT NULL,
    ended_run   text,
    ended_by    text,
    ended_why   text NOT NULL,
    PRIMARY KEY (account_id, campaign_id, ended_at)
) WITHOUT ROWID;

CREATE TABLE product_access_ended (
    account_id      text NOT NULL REFERENCES accounts (id),
    organization_id text NOT NULL REFERENCES organizations (id),
    product         text NOT NULL,
    run_id          text,
    source          text NOT NULL,
    granted_by      text,
    granted_at      text NOT NULL,
    ended_at        text NOT NULL,
    ended_run       text,
    ended_by        text,
    ended_why       text NOT NULL,
    PRIMARY KEY (account_id, organization_id, product, ended_at)
) WITHOUT ROWID;

-- Who may act on the whole platform. No organization can give itself that: only
-- whoever may change the schema writes here.
CREATE TABLE platform_operators (
    account_id text PRIMARY KEY REFERENCES accounts (id),
    added_at   text NOT NULL,
    added_by   text NOT NULL
) WITHOUT ROWID;
