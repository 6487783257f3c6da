-- +goose Up
-- How many people of the staff and clients there are, which a plan may limit:
-- counted beside a million creators.

CREATE INDEX memberships_seats ON memberships (brand_id, kind, account_id) WHERE kind <> 'creator';
