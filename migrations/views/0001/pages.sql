-- Each page that was ever found, with its last answer.
SELECT
  p.id,
  s.name AS source,
  p.kind,
  p.identity,
  p.url,
  p.title,
  p.published_at,
  (SELECT count(*) FROM "fetch" f WHERE f.page_id = p.id) AS times_asked,
  (SELECT max(f.at) FROM "fetch" f WHERE f.page_id = p.id) AS last_asked_at,
  (SELECT f.outcome FROM "fetch" f WHERE f.page_id = p.id ORDER BY f.at DESC, f.id DESC LIMIT 1) AS last_outcome,
  (SELECT f.reason FROM "fetch" f WHERE f.page_id = p.id ORDER BY f.at DESC, f.id DESC LIMIT 1) AS last_reason
FROM page p
JOIN source s ON s.id = p.source_id
