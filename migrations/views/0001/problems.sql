-- Each problem of a page, with how long it has been there.
SELECT
  x.id,
  s.name AS source,
  x.code,
  x.message,
  x.text,
  p.url AS page_url,
  x.page_id,
  (SELECT min(i.seen_at) FROM problem_sighting i WHERE i.problem_id = x.id) AS first_seen,
  (SELECT max(i.seen_at) FROM problem_sighting i WHERE i.problem_id = x.id) AS last_seen,
  (SELECT count(*) FROM problem_sighting i WHERE i.problem_id = x.id) AS times_seen
FROM problem x
JOIN page p ON p.id = x.page_id
JOIN source s ON s.id = p.source_id
