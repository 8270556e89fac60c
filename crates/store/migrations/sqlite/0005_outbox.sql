-- Who follows the record, and how far each has come: all up to that place in the record is followed up. Each row carries a seal.
CREATE TABLE followers (
    name    TEXT   PRIMARY KEY,
    settled BIGINT NOT NULL,
    seal    TEXT   NOT NULL
);

-- What was recorded in one go and somebody has still to follow up, by the place in the record of its last entry. Rows go as the
-- last of the followers settles them; where nobody follows, none are made. Each row carries a seal.
CREATE TABLE outbox (
    position      BIGINT PRIMARY KEY,
    negotiation   TEXT   NOT NULL,
    first_version BIGINT NOT NULL,
    last_version  BIGINT NOT NULL,
    kind          TEXT   NOT NULL,
    at            TEXT   NOT NULL,
    seal          TEXT   NOT NULL
);
