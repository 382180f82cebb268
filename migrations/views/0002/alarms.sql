-- What runs found broken, and what to do about it.
SELECT
  a.id,
  a.run_id,
  s.name AS source,
  r.started_at,
  a.stage,
  a.code,
  a.sentence,
  a.advice,
  a.notified_at
FROM alarm a
JOIN run r ON r.id = a.run_id
JOIN source s ON s.id = a.source_id
