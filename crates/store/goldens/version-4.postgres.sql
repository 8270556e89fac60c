CREATE FUNCTION public.entries_are_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'entries are never changed or removed';
END $$;
CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE public.book (
    shelf text NOT NULL,
    name text NOT NULL,
    revision bigint NOT NULL,
    changed_at text NOT NULL,
    changed_by text NOT NULL,
    body text NOT NULL,
    seal text NOT NULL
);
CREATE TABLE public.chain (
    id bigint NOT NULL,
    "position" bigint NOT NULL,
    hash text NOT NULL,
    CONSTRAINT chain_id_check CHECK ((id = ANY (ARRAY[(1)::bigint, (2)::bigint])))
);
CREATE TABLE public.entries (
    "position" bigint NOT NULL,
    negotiation text NOT NULL,
    version bigint NOT NULL,
    recorded_at text NOT NULL,
    recorded_by text NOT NULL,
    format bigint NOT NULL,
    body text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL
);
CREATE TABLE public.keys (
    hash text NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    owner text NOT NULL,
    label text NOT NULL,
    scopes text NOT NULL,
    created_at text NOT NULL,
    expires_at text NOT NULL,
    ended_at text NOT NULL,
    seal text NOT NULL
);
CREATE TABLE public.log (
    "position" bigint NOT NULL,
    at text NOT NULL,
    who text NOT NULL,
    what text NOT NULL,
    negotiation text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL
);
CREATE TABLE public.negotiations (
    id text NOT NULL,
    counterpart text NOT NULL,
    due_at bigint,
    needed_by bigint,
    summary text NOT NULL,
    worth bigint
);
CREATE TABLE public.participants (
    participant text NOT NULL,
    negotiation text NOT NULL,
    changed_at bigint NOT NULL
);
CREATE TABLE public.tally (
    id bigint NOT NULL,
    figure text NOT NULL,
    CONSTRAINT tally_id_check CHECK ((id = 1))
);
CREATE TABLE public.users (
    name text NOT NULL,
    role text NOT NULL,
    password text NOT NULL,
    created_at text NOT NULL,
    closed_at text NOT NULL,
    seal text NOT NULL
);
INSERT INTO public._sqlx_migrations VALUES (1, 'entries', '2026-11-27 17:45:26.192253+00', true, '\xb29c8145177ff9c743e8a65ee5e7ab2e2a411b3e9c3dec2dac72f85f3213f0640986faaaada04fb21f9c1c39cc6e86e1', 120497193);
INSERT INTO public._sqlx_migrations VALUES (2, 'book', '2026-11-27 17:45:26.324663+00', true, '\x2ceb347bbb1915360ff36e6595f0725f12b5b33f40bbec84f65bbdfff2c55266e034873a5f11a226c222fa602f087d15', 15975751);
INSERT INTO public._sqlx_migrations VALUES (3, 'worth', '2026-11-27 17:45:26.341021+00', true, '\x387c36007c9c3f824a0db959e5e26ebf8c4b67a86843aa5bf5714e96a47acae8b6ab5eecaff20a2b22fdc7444b81501b', 5681606);
INSERT INTO public._sqlx_migrations VALUES (4, 'tally', '2026-11-27 17:45:26.352572+00', true, '\x0549a0925c639f87bdc883772a3da81d869964c536b92678ed310ffbab872021c626b754cc170c4c269081344fd8a166', 20109826);
INSERT INTO public.chain VALUES (1, 9, '8a688ab8ffce99dceb6d8bf38e890394e8ad3bed99eea013fa40ea454a053fc5');
INSERT INTO public.chain VALUES (2, 5, '95caa95e71c21a4e31d076028214bf3f8a38c00131105f753346dba1199621f5');
INSERT INTO public.entries VALUES (1, 'mh659ktve0', 1, '2026-11-27T17:44:48.981582Z', 'nora', 1, '{"fact":"opened","title":"Renewal with Northwind","role":"seller","currency":"EUR","counterpart":"Northwind"}', '', 'e509aefec1550a704cf7128b2d441bb606416b1d0be51186048cc9ef46d85564');
INSERT INTO public.entries VALUES (2, 'mh659ktve0', 2, '2026-11-27T17:44:48.981582Z', 'nora', 1, '{"fact":"joined","user":"nora","part":"negotiator","privy":true}', 'e509aefec1550a704cf7128b2d441bb606416b1d0be51186048cc9ef46d85564', '53630de0172a1e453827175d7afb109b70252df52be65b3d518cfb1a0e6ef0f9');
INSERT INTO public.entries VALUES (3, 'mh659ktve0', 3, '2026-11-27T17:44:48.981582Z', 'nora', 1, '{"fact":"joined","user":"bea","part":"boss","privy":true}', '53630de0172a1e453827175d7afb109b70252df52be65b3d518cfb1a0e6ef0f9', 'bc12e9afe08295e62c22ec2b0fa6d80d0ba58628b4546aece7deeaf94d2699a4');
INSERT INTO public.entries VALUES (4, 'mh659ktve0', 4, '2026-11-27T17:44:56.369673Z', 'nora', 1, '{"fact":"prepared","walk_away":"1050000","target":"1400000","boss_limit":null,"counterpart_limit":{"low":"1140000","likely":"1230000","high":"1340000"},"our_alternative":null,"their_alternative":null,"issues":{},"rounds_left":8,"deadline":null,"days_per_round":null,"cost_of_delay_per_week":null,"cost_of_escalating":null,"later_deals":null,"value_per_deal":null,"boss_time_cost":null,"boss_expected":false,"assumptions":{}}', 'bc12e9afe08295e62c22ec2b0fa6d80d0ba58628b4546aece7deeaf94d2699a4', '1debca6bd9fc5d2ee7eb17f45e284e61a93309a70d539e118820f11a5b421191');
INSERT INTO public.entries VALUES (5, 'mh659ktve0', 5, '2026-11-27T17:44:56.678051Z', 'bea', 1, '{"fact":"mandate_granted","mandate":{"price":"1180000"}}', '1debca6bd9fc5d2ee7eb17f45e284e61a93309a70d539e118820f11a5b421191', 'fb848555b009901495614e482ed8f310ad0db0c7ada81c79d3b9208232b8bf84');
INSERT INTO public.entries VALUES (6, 'mh659ktve0', 6, '2026-11-27T17:44:56.883493Z', 'nora', 1, '{"fact":"offered","by":"us","package":{"price":"1400000"},"level":"negotiator","channel":"mail","binding":false}', 'fb848555b009901495614e482ed8f310ad0db0c7ada81c79d3b9208232b8bf84', '57dcbc59abe00cc8c5c11bda36f869eb4c554ad2caefacab101538dc21cefc5c');
INSERT INTO public.entries VALUES (7, 'mh659ktve0', 7, '2026-11-27T17:44:57.171614Z', 'nora', 1, '{"fact":"offered","by":"them","package":{"price":"1050000"},"level":"negotiator","channel":"mail","binding":false}', '57dcbc59abe00cc8c5c11bda36f869eb4c554ad2caefacab101538dc21cefc5c', 'cd729e1e8ec92c06f8efb47ff5b663220fd75e90c48c9de9edb1afbf3aba5147');
INSERT INTO public.entries VALUES (8, 'mh659ktve0', 8, '2026-11-27T17:44:57.454924Z', 'nora', 1, '{"fact":"advice_taken","plan":"both_bosses","next_act":"continue","sentence":"Stay at your level. Ask your boss, privately, how far you may go if they do not move for 3 rounds, or at the latest in round 7; but not once they offer what you may accept. Propose taking it to both bosses if they do not move for 3 rounds, or at the latest in the last round. Don''t bring your boss in.","values":{"best_found":"103201.06","boss_at_impasse":"102684.37","boss_at_outset":"87781.32","both_bosses":"102540.85","guidance":"98192.64","hand_over":"83937.92","ladder":"103201.06","own_level":"72586.55","walk_away":"0"},"precedent":"0","seed":1,"samples":65536,"engine_version":"0.1.0","case_fingerprint":"eadbebc2532f16b12cbf81440a54771bb75c9a5c0490b7a0beb934bfabead648","knew":7}', 'cd729e1e8ec92c06f8efb47ff5b663220fd75e90c48c9de9edb1afbf3aba5147', '9293066b059f27942106e1232dc9d0b8983b88adc989718262d02f37792c131b');
INSERT INTO public.entries VALUES (9, 'mh659ktve0', 9, '2026-11-27T17:45:12.686928Z', 'nora', 1, '{"fact":"guidance_asked","question":{"point":{"on":"price","to":"1150000"},"recommendation":"it closes the gap","needed_by":"2026-11-29T17:45:12.686928Z","otherwise":"We stay within the present limits."},"about":7}', '9293066b059f27942106e1232dc9d0b8983b88adc989718262d02f37792c131b', '8a688ab8ffce99dceb6d8bf38e890394e8ad3bed99eea013fa40ea454a053fc5');
INSERT INTO public.log VALUES (1, '2026-11-27T17:44:56.369673Z', 'nora', 'saw the preparation', 'mh659ktve0', '', 'd20f232c9d96a00fbf852bc5ea7eef2d20bc88fa02692708a347e12ba52b90fe');
INSERT INTO public.log VALUES (2, '2026-11-27T17:44:57.454924Z', 'nora', 'saw the case', 'mh659ktve0', 'd20f232c9d96a00fbf852bc5ea7eef2d20bc88fa02692708a347e12ba52b90fe', 'b98c35adffa05b50e659d36cb433dd5b0e41c5bd9d4be16ea3c2b54c4d59015e');
INSERT INTO public.log VALUES (3, '2026-11-27T17:45:12.920497Z', 'bea', 'saw the brief', 'mh659ktve0', 'b98c35adffa05b50e659d36cb433dd5b0e41c5bd9d4be16ea3c2b54c4d59015e', '3641513bf22afd3f109917ff8f395d823dc84444088294ab1bc5caeee624e0e8');
INSERT INTO public.log VALUES (4, '2026-11-27T17:45:19.57666Z', 'me', 'made the account ada (admin)', '', '3641513bf22afd3f109917ff8f395d823dc84444088294ab1bc5caeee624e0e8', '2795795a144b9a098a66fff92890eedef263c3cb7dcee84513ab958bb99746d0');
INSERT INTO public.log VALUES (5, '2026-11-27T17:45:19.914037Z', 'me', 'made the account nora (member)', '', '2795795a144b9a098a66fff92890eedef263c3cb7dcee84513ab958bb99746d0', '95caa95e71c21a4e31d076028214bf3f8a38c00131105f753346dba1199621f5');
INSERT INTO public.negotiations VALUES ('mh659ktve0', 'northwind', 1795887912686928, 1795974312686928, '{"title":"Renewal with Northwind","counterpart":"Northwind","role":"seller","currency":"EUR","phase":"open","version":9,"opened_at":"2026-11-27T17:44:48.981582Z","changed_at":"2026-11-27T17:45:12.686928Z","appearances":0,"calls":0,"ours":"1400000","theirs":"1050000","boss_called":false,"privileged":{"due":"2026-11-28T17:45:12.686928Z","questions":1,"needed_by":"2026-11-29T17:45:12.686928Z","plan":"both_bosses","boss_now":"-15419.74","impasse":null},"participants":[{"user":"bea","part":"boss","privy":true},{"user":"nora","part":"negotiator","privy":true}]}', NULL);
INSERT INTO public.participants VALUES ('bea', 'mh659ktve0', 1795801512686928);
INSERT INTO public.participants VALUES ('nora', 'mh659ktve0', 1795801512686928);
INSERT INTO public.tally VALUES (1, '85474b69829eb59b5a2b57e86889ade308c020bccb465c6b5e1505fbe7efb7a3');
INSERT INTO public.users VALUES ('ada', 'admin', '$argon2id$v=19$m=19456,t=2,p=1$NB9joyG94QPCwkGNUttrqw$tmocfAY5vjSeQot7plFuZw55dg6QobAiXX8ZcsvgBfI', '2026-11-27T17:45:19.57666Z', '', 'a9347089ae25975d1018c660190f6166bf2c0652deda0d3d828ccd90b9457e35');
INSERT INTO public.users VALUES ('nora', 'member', '$argon2id$v=19$m=19456,t=2,p=1$Ivqne44tO9tBTOdnMhbJtQ$VAty2ui4hXq9XnCTs/xEqkfm3jCW4ZJTIgD5U+lJYSQ', '2026-11-27T17:45:19.914037Z', '', '2c733be02cbb22c64a3391887186cc85b7ec26ee159c5156dc99c86b5eaac996');
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.book
    ADD CONSTRAINT book_pkey PRIMARY KEY (shelf, name);
ALTER TABLE ONLY public.chain
    ADD CONSTRAINT chain_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_negotiation_version_key UNIQUE (negotiation, version);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_id_key UNIQUE (id);
ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.log
    ADD CONSTRAINT log_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.negotiations
    ADD CONSTRAINT negotiations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.participants
    ADD CONSTRAINT participants_pkey PRIMARY KEY (participant, negotiation);
ALTER TABLE ONLY public.tally
    ADD CONSTRAINT tally_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (name);
CREATE INDEX keys_by_owner ON public.keys USING btree (owner);
CREATE INDEX log_by_negotiation ON public.log USING btree (negotiation, "position");
CREATE INDEX negotiations_by_counterpart ON public.negotiations USING btree (counterpart);
CREATE INDEX negotiations_by_due ON public.negotiations USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX negotiations_by_need ON public.negotiations USING btree (needed_by) WHERE (needed_by IS NOT NULL);
CREATE INDEX negotiations_by_worth ON public.negotiations USING btree (worth DESC) WHERE (worth IS NOT NULL);
CREATE INDEX participants_by_change ON public.participants USING btree (participant, changed_at, negotiation);
CREATE INDEX participants_by_negotiation ON public.participants USING btree (negotiation);
CREATE TRIGGER entries_are_kept BEFORE DELETE OR UPDATE ON public.entries FOR EACH ROW EXECUTE FUNCTION public.entries_are_kept();
CREATE TRIGGER log_is_kept BEFORE DELETE OR UPDATE ON public.log FOR EACH ROW EXECUTE FUNCTION public.entries_are_kept();
