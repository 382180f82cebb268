-- Each time a move, a job ad or an unread announcement was seen on a page.
SELECT
  'move' AS record,
  i.move_id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  i.text AS text_here
FROM move_sighting i
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
UNION ALL
SELECT
  'job_ad' AS record,
  i.job_ad_id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  i.text AS text_here
FROM job_ad_sighting i
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
UNION ALL
SELECT
  'unparsed' AS record,
  i.unparsed_id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  NULL AS text_here
FROM unparsed_sighting i
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
