-- +goose Up
-- What a run is compared by with another run of its list: a run with the name of
-- its list, a row with a mark of the person it tells of, which also rows have that
-- led to no account, and with what of it differs from the account.

ALTER TABLE runs ADD COLUMN list text;
CREATE INDEX runs_list ON runs (organization_id, list, finished_at) WHERE list IS NOT NULL;

ALTER TABLE run_rows ADD COLUMN person text;
ALTER TABLE run_rows ADD COLUMN differs text;
CREATE INDEX run_rows_unsettled ON run_rows (run_id, person) WHERE account_id IS NULL;
