-- +goose Up
-- Where lists come from that are synced, night after night: whom each of them
-- named last, and what they were given because of it. Only that may be taken away.

CREATE TABLE sources (
    organization_id text NOT NULL REFERENCES organizations (id),
    name            text NOT NULL,
    brand_id        text NOT NULL REFERENCES brands (id),
    kind            text NOT NULL,
    header          text,
    last_run        text,
    last_rows       bigint NOT NULL,
    last_at         text,
    held_at         text,
    held_run        text,
    held_why        text NOT NULL,
    created_at      text NOT NULL,
    PRIMARY KEY (organization_id, name)
) WITHOUT ROWID;

-- The people of a source. A row is written when somebody joins, is missing for
-- the first time, is removed, or returns: never because a night went by.
CREATE TABLE source_people (
    organization_id text NOT NULL REFERENCES organizations (id),
    source          text NOT NULL,
    account_id      text NOT NULL REFERENCES accounts (id),
    since_run       text,
    absent_run      text,
    absences        bigint NOT NULL,
    PRIMARY KEY (account_id, organization_id, source)
) WITHOUT ROWID;
CREATE INDEX source_people_page ON source_people (organization_id, source, account_id);

-- What a source gave people. What several gave goes with the last of them.
CREATE TABLE sync_grants (
    organization_id text NOT NULL REFERENCES organizations (id),
    source          text NOT NULL,
    account_id      text NOT NULL REFERENCES accounts (id),
    what            text NOT NULL,
    target          text NOT NULL,
    former          text NOT NULL,
    given           text NOT NULL,
    since_run       text,
    PRIMARY KEY (account_id, organization_id, source, what, target)
) WITHOUT ROWID;

-- The ledger of people who are missing from the lists of a run: they have no rows.
CREATE TABLE run_removals (
    run_id     text NOT NULL REFERENCES runs (id),
    n          bigint NOT NULL,
    account_id text NOT NULL,
    outcome    text NOT NULL,
    reason     text NOT NULL,
    detail     text,
    PRIMARY KEY (run_id, n)
) WITHOUT ROWID;
CREATE INDEX run_removals_account ON run_removals (account_id, run_id);
