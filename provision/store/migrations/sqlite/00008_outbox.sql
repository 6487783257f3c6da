-- +goose Up
-- How often nobody knew whether a mail had been taken: the answer was lost, or
-- whoever sent it was gone. Such a mail is sent once more, and not twice.
ALTER TABLE outbox ADD COLUMN doubts integer NOT NULL DEFAULT 0;
