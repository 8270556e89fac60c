-- Every fact of every negotiation, in one chain: each entry's hash covers the one before it.
CREATE TABLE entries (
    position    BIGINT PRIMARY KEY,
    negotiation TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    recorded_at TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    format      BIGINT NOT NULL,
    body        TEXT   NOT NULL,
    previous    TEXT   NOT NULL,
    hash        TEXT   NOT NULL,
    UNIQUE (negotiation, version)
);

-- The end of each chain, so that entries cut off at the end are missed: 1 is the record, 2 the log.
CREATE TABLE chain (
    id       BIGINT PRIMARY KEY CHECK (id IN (1, 2)),
    position BIGINT NOT NULL,
    hash     TEXT   NOT NULL
);
INSERT INTO chain VALUES (1, 0, ''), (2, 0, '');

-- What is listed of each negotiation, for whom, by counterpart and by clock. All of it follows from the entries.
-- Moments are microseconds since 1970.
CREATE TABLE negotiations (
    id          TEXT   PRIMARY KEY,
    counterpart TEXT   NOT NULL,
    due_at      BIGINT,
    needed_by   BIGINT,
    summary     TEXT   NOT NULL
);
CREATE INDEX negotiations_by_counterpart ON negotiations (counterpart);
CREATE INDEX negotiations_by_need ON negotiations (needed_by) WHERE needed_by IS NOT NULL;
CREATE INDEX negotiations_by_due ON negotiations (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE participants (
    participant TEXT   NOT NULL,
    negotiation TEXT   NOT NULL,
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (participant, negotiation)
);
CREATE INDEX participants_by_change ON participants (participant, changed_at, negotiation);
CREATE INDEX participants_by_negotiation ON participants (negotiation);

-- Who has an account, and what opens it. Each row's seal is a hash of the rest of it.
CREATE TABLE users (
    name       TEXT PRIMARY KEY,
    role       TEXT NOT NULL,
    password   TEXT NOT NULL,
    created_at TEXT NOT NULL,
    closed_at  TEXT NOT NULL,
    seal       TEXT NOT NULL
);
CREATE TABLE keys (
    hash       TEXT PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    owner      TEXT NOT NULL,
    label      TEXT NOT NULL,
    scopes     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at   TEXT NOT NULL,
    seal       TEXT NOT NULL
);
CREATE INDEX keys_by_owner ON keys (owner);

-- Who saw what is privileged, who came in, and what became of accounts, in a chain of its own.
CREATE TABLE log (
    position    BIGINT PRIMARY KEY,
    at          TEXT   NOT NULL,
    who         TEXT   NOT NULL,
    what        TEXT   NOT NULL,
    negotiation TEXT   NOT NULL,
    previous    TEXT   NOT NULL,
    hash        TEXT   NOT NULL
);
CREATE INDEX log_by_negotiation ON log (negotiation, position);

CREATE FUNCTION entries_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are never changed or removed';
END $$;
CREATE TRIGGER entries_are_kept BEFORE UPDATE OR DELETE ON entries
FOR EACH ROW EXECUTE FUNCTION entries_are_kept();
CREATE TRIGGER log_is_kept BEFORE UPDATE OR DELETE ON log
FOR EACH ROW EXECUTE FUNCTION entries_are_kept();
