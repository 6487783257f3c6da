-- +goose Up
-- Memberships that wait until their people accept them: the columns of
-- memberships, the names of the campaigns ("brand/campaign") and products that
-- come with them, and everything that the token of the question is computed
-- from. A row stays when it has been answered: nobody is asked twice who
-- declined. No membership is one before it stands in memberships.
CREATE TABLE membership_offers (
    account_id  text NOT NULL REFERENCES accounts (id),
    brand_id    text NOT NULL REFERENCES brands (id),
    kind        text NOT NULL,
    role        text NOT NULL,
    permissions text,
    attributes  text,
    run_id      text,
    source      text NOT NULL,
    granted_by  text,
    granted_at  text NOT NULL,
    campaigns   text,
    products    text,
    link_id     text NOT NULL UNIQUE,
    kid         text NOT NULL,
    audience    text NOT NULL,
    email       text NOT NULL,
    expires_at  text NOT NULL,
    state       text NOT NULL CHECK (state IN ('live', 'redeemed', 'revoked')),
    end_reason  text,
    ended_at    text,
    PRIMARY KEY (account_id, brand_id)
) WITHOUT ROWID;
