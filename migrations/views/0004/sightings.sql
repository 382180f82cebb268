-- Each time a move, a job ad or an unread announcement was seen on a page. What was read under another name of the
-- company stands in a part of its own, so that each part finds a record's sightings by its index.
SELECT
  'move' AS record,
  i.move_id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  i.text AS text_here,
  v.company AS company_here
FROM move_sighting i
JOIN move v ON v.id = i.move_id AND v.same_as_id IS NULL
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
UNION ALL
SELECT
  'move' AS record,
  v.same_as_id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  nullif(coalesce(i.text, v.text), o.text) AS text_here,
  v.company AS company_here
FROM move v
JOIN move o ON o.id = v.same_as_id
JOIN move_sighting i ON i.move_id = v.id
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
WHERE v.same_as_id IS NOT NULL
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
  i.text AS text_here,
  v.company AS company_here
FROM job_ad_sighting i
JOIN job_ad v ON v.id = i.job_ad_id AND v.same_as_id IS NULL
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
UNION ALL
SELECT
  'job_ad' AS record,
  v.same_as_id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  nullif(coalesce(i.text, v.text), o.text) AS text_here,
  v.company AS company_here
FROM job_ad v
JOIN job_ad o ON o.id = v.same_as_id
JOIN job_ad_sighting i ON i.job_ad_id = v.id
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
WHERE v.same_as_id IS NOT NULL
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
