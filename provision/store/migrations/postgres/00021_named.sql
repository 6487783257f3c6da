-- +goose Up
-- Organizations, brands and runs that rows name. Of the tables that an import
-- writes most of, every row of a run names the same ones: whatever writes there
-- names them here, in the same transaction, and has no foreign key of its own.
-- A row here stays, so what was named once cannot be deleted.
CREATE TABLE named (
    id              uuid PRIMARY KEY,
    organization_id uuid REFERENCES organizations (id),
    brand_id        uuid REFERENCES brands (id),
    run_id          uuid REFERENCES runs (id)
);
INSERT INTO named (id, organization_id) SELECT id, id FROM organizations;
INSERT INTO named (id, brand_id) SELECT id, id FROM brands;
INSERT INTO named (id, run_id) SELECT id, id FROM runs;

-- Of databases that are older than this. What the audit keeps is jsonb there for good:
-- to change it would stop the platform for as long as it takes to write it anew.
ALTER TABLE accounts DROP CONSTRAINT IF EXISTS accounts_owner_id_fkey;
ALTER TABLE profiles DROP CONSTRAINT IF EXISTS profiles_account_id_fkey;
ALTER TABLE memberships DROP CONSTRAINT IF EXISTS memberships_brand_id_fkey;
ALTER TABLE links DROP CONSTRAINT IF EXISTS links_organization_id_fkey;
ALTER TABLE run_rows DROP CONSTRAINT IF EXISTS run_rows_run_id_fkey;
