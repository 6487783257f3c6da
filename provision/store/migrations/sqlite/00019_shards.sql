-- +goose Up
-- A plan may be carried out in parts, each by a process of its own: how far
-- those of a run are, and that they share the lock of the organization's runs.
CREATE TABLE run_shards (
    run_id text NOT NULL REFERENCES runs (id),
    shard  bigint NOT NULL,
    shards bigint NOT NULL,
    state  text NOT NULL,
    token  bigint NOT NULL,
    PRIMARY KEY (run_id, shard)
) WITHOUT ROWID;
ALTER TABLE lease ADD COLUMN shared boolean NOT NULL DEFAULT false;
