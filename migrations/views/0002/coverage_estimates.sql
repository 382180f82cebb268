-- How much of what was in rotation each run saw, estimated from how often it saw each record.
SELECT
  c.run_id,
  s.name AS source,
  r.started_at,
  c.record,
  c.pages,
  c.draws,
  c.seen,
  c.once,
  c.twice,
  c.share,
  c.share_low,
  c.share_high,
  c.total,
  c.low,
  c.high
FROM coverage c
JOIN run r ON r.id = c.run_id
JOIN source s ON s.id = c.source_id
