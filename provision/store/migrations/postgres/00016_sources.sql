-- +goose Up
-- Where lists come from that are synced, night after night: whom each of them
-- named last, and what they were given because of it. Only that may be taken away.

CREATE TABLE sources (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    name            text COLLATE "C" NOT NULL,
    brand_id        uuid NOT NULL REFERENCES brands (id),
    kind            text NOT NULL,
    header          jsonb,
    last_run        uuid,
    last_rows       bigint NOT NULL,
    last_at         timestamptz,
    held_at         timestamptz,
    held_run        uuid,
    held_why        text COLLATE "C" NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, name)
);

-- The people of a source. A row is written when somebody joins, is missing for
-- the first time, is removed, or returns: never because a night went by.
CREATE TABLE source_people (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    source          text COLLATE "C" NOT NULL,
    account_id      uuid NOT NULL REFERENCES accounts (id),
    since_run       uuid,
    absent_run      uuid,
    absences        bigint NOT NULL,
    PRIMARY KEY (account_id, organization_id, source)
);
CREATE INDEX source_people_page ON source_people (organization_id, source, account_id);

-- What a source gave people. What several gave goes with the last of them.
CREATE TABLE sync_grants (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    source          text COLLATE "C" NOT NULL,
    account_id      uuid NOT NULL REFERENCES accounts (id),
    what            text COLLATE "C" NOT NULL,
    target          text COLLATE "C" NOT NULL,
    former          text COLLATE "C" NOT NULL,
    given           text COLLATE "C" NOT NULL,
    since_run       uuid,
    PRIMARY KEY (account_id, organization_id, source, what, target)
);

-- The ledger of people who are missing from the lists of a run: they have no rows.
CREATE TABLE run_removals (
    run_id     uuid NOT NULL REFERENCES runs (id),
    n          bigint NOT NULL,
    account_id uuid NOT NULL,
    outcome    text NOT NULL,
    reason     text COLLATE "C" NOT NULL,
    detail     jsonb,
    PRIMARY KEY (run_id, n)
);
CREATE INDEX run_removals_account ON run_removals (account_id, run_id);
