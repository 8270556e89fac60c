-- What bringing the boss in was worth when advice was last taken, in hundredths, where a negotiation is open and it was worth
-- anything: to list first where the boss's time is worth most.
ALTER TABLE negotiations ADD COLUMN worth BIGINT;
UPDATE negotiations SET worth = CAST(ROUND((summary::json -> 'privileged' ->> 'boss_now')::numeric * 100) AS BIGINT)
WHERE summary::json ->> 'phase' = 'open' AND (summary::json -> 'privileged' ->> 'boss_now')::numeric > 0;
CREATE INDEX negotiations_by_worth ON negotiations (worth DESC) WHERE worth IS NOT NULL;
