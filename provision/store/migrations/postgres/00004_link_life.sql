-- +goose Up
-- The life of a link begins when it is first shown: generated_at is null until
-- then, and expires_at only what it will be at the earliest. Both are set
-- once, together; lifetime is in seconds. end_reason says why a link was
-- revoked. Links of before have all been shown.

ALTER TABLE links ADD COLUMN generated_at timestamptz;
ALTER TABLE links ADD COLUMN lifetime bigint NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN end_reason text;
UPDATE links SET generated_at = created_at;
