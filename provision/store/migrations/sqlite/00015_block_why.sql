-- +goose Up
-- Why somebody was blocked, in the operator's own words. It may be about the
-- person, and goes with them.
ALTER TABLE blocks ADD COLUMN why text NOT NULL DEFAULT '';
