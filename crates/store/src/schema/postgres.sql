-- Every column, constraint, index, guard, rule and policy of our tables, as lines of text that are the same on any version
-- of PostgreSQL. Names of schemas are left out: the records may lie in any.
WITH ours AS (
    SELECT oid, relname, relkind, relpersistence, relrowsecurity FROM pg_class
    WHERE oid IN (to_regclass('entries'), to_regclass('chain'), to_regclass('negotiations'), to_regclass('participants'),
                  to_regclass('users'), to_regclass('keys'), to_regclass('log'), to_regclass('book'), to_regclass('tally'),
                  to_regclass('followers'), to_regclass('outbox'))
)
SELECT line FROM (
    SELECT concat_ws(' ', 'table', relname, relkind::text, relpersistence::text,
                     CASE WHEN relrowsecurity THEN 'rows hidden' END) AS line
    FROM ours
    UNION ALL
    SELECT concat_ws(' ', 'column', relname, lpad(row_number() OVER (PARTITION BY ours.oid ORDER BY attnum)::text, 2, '0'),
                     attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
                     CASE WHEN atthasdef THEN 'default' END, nullif(attidentity::text, ''), nullif(attgenerated::text, ''))
    FROM ours JOIN pg_attribute ON attrelid = ours.oid
    WHERE attnum > 0 AND NOT attisdropped
    UNION ALL
    -- From version 18 on NOT NULL is a constraint too; above it is told of the column.
    SELECT concat_ws(' ', 'constraint', relname, conname, contype::text, CASE WHEN NOT convalidated THEN 'not valid' END,
                     CASE WHEN contype = 'c' THEN pg_get_expr(conbin, conrelid) END)
    FROM ours JOIN pg_constraint ON conrelid = ours.oid
    WHERE contype <> 'n'
    UNION ALL
    SELECT concat_ws(' ', 'index', ours.relname, named.relname, amname, CASE WHEN indisunique THEN 'unique' END,
                     CASE WHEN NOT (indisvalid AND indisready) THEN 'not valid' END,
                     (SELECT string_agg(pg_get_indexdef(indexrelid, place, false) || indoption[place - 1]::text, ',' ORDER BY place)
                      FROM generate_series(1, indnatts::int) AS place),
                     pg_get_expr(indpred, indrelid))
    FROM ours JOIN pg_index ON indrelid = ours.oid JOIN pg_class named ON named.oid = indexrelid
    JOIN pg_am ON pg_am.oid = named.relam
    UNION ALL
    SELECT concat_ws(' ', 'guard', relname, tgname, tgtype::text, tgenabled::text, CASE WHEN tgqual IS NOT NULL THEN 'when' END,
                     lanname, proname, md5(prosrc))
    FROM ours JOIN pg_trigger ON tgrelid = ours.oid JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_language ON pg_language.oid = prolang
    WHERE NOT tgisinternal
    UNION ALL
    SELECT concat_ws(' ', 'rule', relname, rulename) FROM ours JOIN pg_rewrite ON ev_class = ours.oid
    UNION ALL
    SELECT concat_ws(' ', 'policy', relname, polname) FROM ours JOIN pg_policy ON polrelid = ours.oid
    UNION ALL
    SELECT concat_ws(' ', 'heir', relname, inhrelid::regclass::text) FROM ours JOIN pg_inherits ON inhparent = ours.oid
) AS lines
ORDER BY line COLLATE "C"
