-- +goose Up
-- A source may be given up, or called otherwise: its old name stays, so that nobody
-- takes it for another one. How long a list usually takes to come again says whether
-- the next one is late.

ALTER TABLE sources ADD COLUMN usual_seconds bigint NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN ended_at text;
ALTER TABLE sources ADD COLUMN ended_run text;
ALTER TABLE sources ADD COLUMN renamed_to text NOT NULL DEFAULT '';
