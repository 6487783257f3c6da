-- +goose Up
-- What became of a person in all runs: the report of a run is replaced by the
-- next where both go into one folder.

CREATE INDEX run_rows_account ON run_rows (account_id) WHERE account_id IS NOT NULL;
