-- +goose Up
-- What became of accounts that were joined with another of the same person:
-- the account is gone, and its id leads on. One that its account was joined
-- with in turn leads on from there.

CREATE TABLE account_merges (
    merged_id       uuid PRIMARY KEY,
    account_id      uuid NOT NULL,
    organization_id uuid NOT NULL,
    run_id          uuid,
    source          text NOT NULL,
    merged_by       uuid,
    merged_at       timestamptz NOT NULL
);
CREATE INDEX account_merges_account ON account_merges (account_id);

-- What a run did: to be told, and to be taken back.
CREATE INDEX audit_run ON audit (run_id) WHERE run_id IS NOT NULL;
