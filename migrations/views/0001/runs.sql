-- Each run of the program, with its sums over all sources.
SELECT
  r.id,
  r.started_at,
  r.finished_at,
  r.status,
  r.exit_status,
  r.parser_version,
  r.sources,
  (SELECT sum(l.pages_fetched) FROM run_source l WHERE l.run_id = r.id) AS pages_fetched,
  (SELECT sum(l.pages_unchanged) FROM run_source l WHERE l.run_id = r.id) AS pages_unchanged,
  (SELECT sum(l.pages_failed) FROM run_source l WHERE l.run_id = r.id) AS pages_failed,
  (SELECT sum(l.moves_seen) FROM run_source l WHERE l.run_id = r.id) AS moves_seen,
  (SELECT sum(l.job_ads_seen) FROM run_source l WHERE l.run_id = r.id) AS job_ads_seen,
  (SELECT sum(l.unparsed_seen) FROM run_source l WHERE l.run_id = r.id) AS unparsed_seen,
  (SELECT sum(l.problems_seen) FROM run_source l WHERE l.run_id = r.id) AS problems_seen,
  r.summary
FROM run r
