-- +goose Up
-- What reviewers decided about held people, to be replayed every night. digest
-- names what all records of a person say, record one of them, person the
-- person by the first key alone. They are digests: no address or handle stands
-- here; evidence holds accounts and marks of the keys that led to them.
CREATE TABLE decisions (
    organization_id text NOT NULL REFERENCES organizations (id),
    digest          text NOT NULL,
    record          text NOT NULL,
    person          text NOT NULL,
    choice          text NOT NULL,
    account_id      text,
    evidence        text,
    decided_by      text,
    decided_at      text NOT NULL,
    run_id          text,
    row_no          bigint NOT NULL,
    note            text NOT NULL,
    PRIMARY KEY (organization_id, digest, record)
) WITHOUT ROWID;
CREATE INDEX decisions_person ON decisions (organization_id, person);
CREATE INDEX decisions_account ON decisions (account_id);

