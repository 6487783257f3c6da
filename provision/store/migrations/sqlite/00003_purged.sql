-- +goose Up
-- When what holds personal data of a run was removed: its files, and the
-- details of its rows in run_rows.

ALTER TABLE runs ADD COLUMN purged_at text;
