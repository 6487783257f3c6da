-- +goose Up
-- Organizations, brands and runs that rows name. Of the tables that an import
-- writes most of, every row of a run names the same ones: whatever writes there
-- names them here, in the same transaction, and has no foreign key of its own.
-- A row here stays, so what was named once cannot be deleted.
CREATE TABLE named (
    id              text PRIMARY KEY,
    organization_id text REFERENCES organizations (id),
    brand_id        text REFERENCES brands (id),
    run_id          text REFERENCES runs (id)
) WITHOUT ROWID;
INSERT INTO named (id, organization_id) SELECT id, id FROM organizations;
INSERT INTO named (id, brand_id) SELECT id, id FROM brands;
INSERT INTO named (id, run_id) SELECT id, id FROM runs;

-- Databases that are older than this keep the foreign keys that they have.
