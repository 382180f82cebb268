-- What each run had from each source.
SELECT
  l.run_id,
  s.name AS source,
  r.started_at,
  r.finished_at,
  r.status,
  CASE WHEN l.whole THEN 1 ELSE 0 END AS whole,
  l.pages_fetched,
  l.pages_unchanged,
  l.pages_failed,
  l.feeds_answered,
  l.feeds_failed,
  l.moves_seen,
  l.job_ads_seen,
  l.unparsed_seen,
  l.problems_seen,
  l.failures,
  l.measures
FROM run_source l
JOIN run r ON r.id = l.run_id
JOIN source s ON s.id = l.source_id
