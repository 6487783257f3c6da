-- +goose Up
-- What reviewers decided about held people, to be replayed every night. digest
-- names what all records of a person say, record one of them, person the
-- person by the first key alone. They are digests: no address or handle stands
-- here; evidence holds accounts and marks of the keys that led to them.
CREATE TABLE decisions (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    digest          text COLLATE "C" NOT NULL,
    record          text COLLATE "C" NOT NULL,
    person          text COLLATE "C" NOT NULL,
    choice          text NOT NULL,
    account_id      uuid,
    evidence        jsonb,
    decided_by      uuid,
    decided_at      timestamptz NOT NULL,
    run_id          uuid,
    row_no          bigint NOT NULL,
    note            text NOT NULL,
    PRIMARY KEY (organization_id, digest, record)
);
CREATE INDEX decisions_person ON decisions (organization_id, person);
CREATE INDEX decisions_account ON decisions (account_id);

