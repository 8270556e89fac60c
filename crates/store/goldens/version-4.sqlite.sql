PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO _sqlx_migrations VALUES(1,'entries','2026-11-27 17:44:48',1,X'8354f4437b6c45c71b2bd3475985e2e0698cc55701151bd085287933a54adbabb41d2e96afa0f1cb14c535338d44101d',7708738);
INSERT INTO _sqlx_migrations VALUES(2,'book','2026-11-27 17:44:48',1,X'2ceb347bbb1915360ff36e6595f0725f12b5b33f40bbec84f65bbdfff2c55266e034873a5f11a226c222fa602f087d15',7969567);
INSERT INTO _sqlx_migrations VALUES(3,'worth','2026-11-27 17:44:48',1,X'e7bcd9dcf63f25c7e1f6f9a41215441e1665fb5a32cbb7a0db0f62d4dc3cbb5d896df8640be3e546395946f8f5f0d447',7665027);
INSERT INTO _sqlx_migrations VALUES(4,'tally','2026-11-27 17:44:48',1,X'0549a0925c639f87bdc883772a3da81d869964c536b92678ed310ffbab872021c626b754cc170c4c269081344fd8a166',7721623);
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
INSERT INTO entries VALUES(1,'mh659ktve0',1,'2026-11-27T17:44:48.981582Z','nora',1,'{"fact":"opened","title":"Renewal with Northwind","role":"seller","currency":"EUR","counterpart":"Northwind"}','','e509aefec1550a704cf7128b2d441bb606416b1d0be51186048cc9ef46d85564');
INSERT INTO entries VALUES(2,'mh659ktve0',2,'2026-11-27T17:44:48.981582Z','nora',1,'{"fact":"joined","user":"nora","part":"negotiator","privy":true}','e509aefec1550a704cf7128b2d441bb606416b1d0be51186048cc9ef46d85564','53630de0172a1e453827175d7afb109b70252df52be65b3d518cfb1a0e6ef0f9');
INSERT INTO entries VALUES(3,'mh659ktve0',3,'2026-11-27T17:44:48.981582Z','nora',1,'{"fact":"joined","user":"bea","part":"boss","privy":true}','53630de0172a1e453827175d7afb109b70252df52be65b3d518cfb1a0e6ef0f9','bc12e9afe08295e62c22ec2b0fa6d80d0ba58628b4546aece7deeaf94d2699a4');
INSERT INTO entries VALUES(4,'mh659ktve0',4,'2026-11-27T17:44:56.369673Z','nora',1,'{"fact":"prepared","walk_away":"1050000","target":"1400000","boss_limit":null,"counterpart_limit":{"low":"1140000","likely":"1230000","high":"1340000"},"our_alternative":null,"their_alternative":null,"issues":{},"rounds_left":8,"deadline":null,"days_per_round":null,"cost_of_delay_per_week":null,"cost_of_escalating":null,"later_deals":null,"value_per_deal":null,"boss_time_cost":null,"boss_expected":false,"assumptions":{}}','bc12e9afe08295e62c22ec2b0fa6d80d0ba58628b4546aece7deeaf94d2699a4','1debca6bd9fc5d2ee7eb17f45e284e61a93309a70d539e118820f11a5b421191');
INSERT INTO entries VALUES(5,'mh659ktve0',5,'2026-11-27T17:44:56.678051Z','bea',1,'{"fact":"mandate_granted","mandate":{"price":"1180000"}}','1debca6bd9fc5d2ee7eb17f45e284e61a93309a70d539e118820f11a5b421191','fb848555b009901495614e482ed8f310ad0db0c7ada81c79d3b9208232b8bf84');
INSERT INTO entries VALUES(6,'mh659ktve0',6,'2026-11-27T17:44:56.883493Z','nora',1,'{"fact":"offered","by":"us","package":{"price":"1400000"},"level":"negotiator","channel":"mail","binding":false}','fb848555b009901495614e482ed8f310ad0db0c7ada81c79d3b9208232b8bf84','57dcbc59abe00cc8c5c11bda36f869eb4c554ad2caefacab101538dc21cefc5c');
INSERT INTO entries VALUES(7,'mh659ktve0',7,'2026-11-27T17:44:57.171614Z','nora',1,'{"fact":"offered","by":"them","package":{"price":"1050000"},"level":"negotiator","channel":"mail","binding":false}','57dcbc59abe00cc8c5c11bda36f869eb4c554ad2caefacab101538dc21cefc5c','cd729e1e8ec92c06f8efb47ff5b663220fd75e90c48c9de9edb1afbf3aba5147');
INSERT INTO entries VALUES(8,'mh659ktve0',8,'2026-11-27T17:44:57.454924Z','nora',1,'{"fact":"advice_taken","plan":"both_bosses","next_act":"continue","sentence":"Stay at your level. Ask your boss, privately, how far you may go if they do not move for 3 rounds, or at the latest in round 7; but not once they offer what you may accept. Propose taking it to both bosses if they do not move for 3 rounds, or at the latest in the last round. Don''t bring your boss in.","values":{"best_found":"103201.06","boss_at_impasse":"102684.37","boss_at_outset":"87781.32","both_bosses":"102540.85","guidance":"98192.64","hand_over":"83937.92","ladder":"103201.06","own_level":"72586.55","walk_away":"0"},"precedent":"0","seed":1,"samples":65536,"engine_version":"0.1.0","case_fingerprint":"eadbebc2532f16b12cbf81440a54771bb75c9a5c0490b7a0beb934bfabead648","knew":7}','cd729e1e8ec92c06f8efb47ff5b663220fd75e90c48c9de9edb1afbf3aba5147','9293066b059f27942106e1232dc9d0b8983b88adc989718262d02f37792c131b');
INSERT INTO entries VALUES(9,'mh659ktve0',9,'2026-11-27T17:45:12.686928Z','nora',1,'{"fact":"guidance_asked","question":{"point":{"on":"price","to":"1150000"},"recommendation":"it closes the gap","needed_by":"2026-11-29T17:45:12.686928Z","otherwise":"We stay within the present limits."},"about":7}','9293066b059f27942106e1232dc9d0b8983b88adc989718262d02f37792c131b','8a688ab8ffce99dceb6d8bf38e890394e8ad3bed99eea013fa40ea454a053fc5');
CREATE TABLE chain (
    id       BIGINT PRIMARY KEY CHECK (id IN (1, 2)),
    position BIGINT NOT NULL,
    hash     TEXT   NOT NULL
);
INSERT INTO chain VALUES(1,9,'8a688ab8ffce99dceb6d8bf38e890394e8ad3bed99eea013fa40ea454a053fc5');
INSERT INTO chain VALUES(2,5,'95caa95e71c21a4e31d076028214bf3f8a38c00131105f753346dba1199621f5');
CREATE TABLE negotiations (
    id          TEXT   PRIMARY KEY,
    counterpart TEXT   NOT NULL,
    due_at      BIGINT,
    needed_by   BIGINT,
    summary     TEXT   NOT NULL
, worth BIGINT);
INSERT INTO negotiations VALUES('mh659ktve0','northwind',1795887912686928,1795974312686928,'{"title":"Renewal with Northwind","counterpart":"Northwind","role":"seller","currency":"EUR","phase":"open","version":9,"opened_at":"2026-11-27T17:44:48.981582Z","changed_at":"2026-11-27T17:45:12.686928Z","appearances":0,"calls":0,"ours":"1400000","theirs":"1050000","boss_called":false,"privileged":{"due":"2026-11-28T17:45:12.686928Z","questions":1,"needed_by":"2026-11-29T17:45:12.686928Z","plan":"both_bosses","boss_now":"-15419.74","impasse":null},"participants":[{"user":"bea","part":"boss","privy":true},{"user":"nora","part":"negotiator","privy":true}]}',NULL);
CREATE TABLE participants (
    participant TEXT   NOT NULL,
    negotiation TEXT   NOT NULL,
    changed_at  BIGINT NOT NULL,
    PRIMARY KEY (participant, negotiation)
);
INSERT INTO participants VALUES('nora','mh659ktve0',1795801512686928);
INSERT INTO participants VALUES('bea','mh659ktve0',1795801512686928);
CREATE TABLE users (
    name       TEXT PRIMARY KEY,
    role       TEXT NOT NULL,
    password   TEXT NOT NULL,
    created_at TEXT NOT NULL,
    closed_at  TEXT NOT NULL,
    seal       TEXT NOT NULL
);
INSERT INTO users VALUES('ada','admin','$argon2id$v=19$m=19456,t=2,p=1$NB9joyG94QPCwkGNUttrqw$tmocfAY5vjSeQot7plFuZw55dg6QobAiXX8ZcsvgBfI','2026-11-27T17:45:19.57666Z','','a9347089ae25975d1018c660190f6166bf2c0652deda0d3d828ccd90b9457e35');
INSERT INTO users VALUES('nora','member','$argon2id$v=19$m=19456,t=2,p=1$Ivqne44tO9tBTOdnMhbJtQ$VAty2ui4hXq9XnCTs/xEqkfm3jCW4ZJTIgD5U+lJYSQ','2026-11-27T17:45:19.914037Z','','2c733be02cbb22c64a3391887186cc85b7ec26ee159c5156dc99c86b5eaac996');
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
CREATE TABLE log (
    position    BIGINT PRIMARY KEY,
    at          TEXT   NOT NULL,
    who         TEXT   NOT NULL,
    what        TEXT   NOT NULL,
    negotiation TEXT   NOT NULL,
    previous    TEXT   NOT NULL,
    hash        TEXT   NOT NULL
);
INSERT INTO log VALUES(1,'2026-11-27T17:44:56.369673Z','nora','saw the preparation','mh659ktve0','','d20f232c9d96a00fbf852bc5ea7eef2d20bc88fa02692708a347e12ba52b90fe');
INSERT INTO log VALUES(2,'2026-11-27T17:44:57.454924Z','nora','saw the case','mh659ktve0','d20f232c9d96a00fbf852bc5ea7eef2d20bc88fa02692708a347e12ba52b90fe','b98c35adffa05b50e659d36cb433dd5b0e41c5bd9d4be16ea3c2b54c4d59015e');
INSERT INTO log VALUES(3,'2026-11-27T17:45:12.920497Z','bea','saw the brief','mh659ktve0','b98c35adffa05b50e659d36cb433dd5b0e41c5bd9d4be16ea3c2b54c4d59015e','3641513bf22afd3f109917ff8f395d823dc84444088294ab1bc5caeee624e0e8');
INSERT INTO log VALUES(4,'2026-11-27T17:45:19.57666Z','me','made the account ada (admin)','','3641513bf22afd3f109917ff8f395d823dc84444088294ab1bc5caeee624e0e8','2795795a144b9a098a66fff92890eedef263c3cb7dcee84513ab958bb99746d0');
INSERT INTO log VALUES(5,'2026-11-27T17:45:19.914037Z','me','made the account nora (member)','','2795795a144b9a098a66fff92890eedef263c3cb7dcee84513ab958bb99746d0','95caa95e71c21a4e31d076028214bf3f8a38c00131105f753346dba1199621f5');
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
CREATE TABLE tally (
    id     BIGINT PRIMARY KEY CHECK (id = 1),
    figure TEXT   NOT NULL
);
INSERT INTO tally VALUES(1,'85474b69829eb59b5a2b57e86889ade308c020bccb465c6b5e1505fbe7efb7a3');
CREATE INDEX negotiations_by_counterpart ON negotiations (counterpart);
CREATE INDEX negotiations_by_need ON negotiations (needed_by) WHERE needed_by IS NOT NULL;
CREATE INDEX negotiations_by_due ON negotiations (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX participants_by_change ON participants (participant, changed_at, negotiation);
CREATE INDEX participants_by_negotiation ON participants (negotiation);
CREATE INDEX keys_by_owner ON keys (owner);
CREATE INDEX log_by_negotiation ON log (negotiation, position);
CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER log_is_never_removed BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE INDEX negotiations_by_worth ON negotiations (worth DESC) WHERE worth IS NOT NULL;
COMMIT;
