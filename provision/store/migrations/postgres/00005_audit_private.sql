-- +goose Up
-- What undoing a change needs of the person's own data: apart from the audit,
-- which is never changed: detail is null once the run or the person is purged.

CREATE TABLE audit_private (
    audit_id   uuid PRIMARY KEY REFERENCES audit (id),
    run_id     uuid,
    account_id uuid,
    detail     jsonb
);
CREATE INDEX audit_private_run ON audit_private (run_id);
CREATE INDEX audit_private_account ON audit_private (account_id);
