-- +goose Up
-- Memberships that wait until their people accept them: the columns of
-- memberships, the names of the campaigns ("brand/campaign") and products that
-- come with them, and everything that the token of the question is computed
-- from. A row stays when it has been answered: nobody is asked twice who
-- declined. No membership is one before it stands in memberships.
CREATE TABLE membership_offers (
    account_id  uuid NOT NULL REFERENCES accounts (id),
    brand_id    uuid NOT NULL REFERENCES brands (id),
    kind        text NOT NULL,
    role        text COLLATE "C" NOT NULL,
    permissions jsonb,
    attributes  jsonb,
    run_id      uuid,
    source      text NOT NULL,
    granted_by  uuid,
    granted_at  timestamptz NOT NULL,
    campaigns   jsonb,
    products    jsonb,
    link_id     text COLLATE "C" NOT NULL UNIQUE,
    kid         text COLLATE "C" NOT NULL,
    audience    text NOT NULL,
    email       text COLLATE "C" NOT NULL,
    expires_at  timestamptz NOT NULL,
    state       text COLLATE "C" NOT NULL CHECK (state IN ('live', 'redeemed', 'revoked')),
    end_reason  text,
    ended_at    timestamptz,
    PRIMARY KEY (account_id, brand_id)
);
