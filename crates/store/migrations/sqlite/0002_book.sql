-- What is kept beside the record and may change: calendars, counterparts, colleagues and visits. A revision counts the
-- changes; each row's seal is a hash of the rest of it.
CREATE TABLE book (
    shelf      TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    revision   BIGINT NOT NULL,
    changed_at TEXT   NOT NULL,
    changed_by TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    seal       TEXT   NOT NULL,
    PRIMARY KEY (shelf, name)
);
