-- One more chain, over everything: each transaction that changes anything ends with a moment, whose hash covers where the record
-- and the log ended then, the seals of the rows beside them that came or went, and the hash before it. What came or went with no
-- line in the log is apart: who follows the record, what they have still to follow up, and sessions that a copy leaves behind.
CREATE TABLE moments (
    place   BIGINT PRIMARY KEY,
    entries BIGINT NOT NULL,
    lines   BIGINT NOT NULL,
    turned  TEXT   NOT NULL,
    silent  TEXT   NOT NULL,
    hash    TEXT   NOT NULL
);

-- Who made a key for somebody else; empty where its owner did. The seal covers it where it is not empty.
ALTER TABLE keys ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
