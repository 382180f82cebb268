-- Each site that is watched, with what its last runs had.
SELECT
  s.id,
  s.name,
  s.title,
  s.kind,
  (SELECT max(r.started_at) FROM run_source l JOIN run r ON r.id = l.run_id WHERE l.source_id = s.id) AS last_run_at,
  (SELECT max(r.started_at) FROM run_source l JOIN run r ON r.id = l.run_id WHERE l.source_id = s.id AND l.whole)
    AS last_success_at,
  (SELECT max(f.at) FROM "fetch" f WHERE f.source_id = s.id) AS last_request_at,
  (SELECT count(*) FROM page p WHERE p.source_id = s.id AND p.kind <> 'feed') AS pages_known
FROM source s
