-- Each time a move, a job ad or an unread announcement was seen on a page.
SELECT
  'move' AS record,
  m.id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  nullif(coalesce(i.text, v.text), m.text) AS text_here,
  v.company AS company_here
FROM move_sighting i
JOIN move v ON v.id = i.move_id
JOIN move m ON m.id = coalesce(v.same_as_id, v.id)
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
UNION ALL
SELECT
  'job_ad' AS record,
  a.id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  nullif(coalesce(i.text, v.text), a.text) AS text_here,
  v.company AS company_here
FROM job_ad_sighting i
JOIN job_ad v ON v.id = i.job_ad_id
JOIN job_ad a ON a.id = coalesce(v.same_as_id, v.id)
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
  NULL AS text_here,
  NULL AS company_here
FROM unparsed_sighting i
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
