-- Each job ad, once, with its life as far as it was seen: db/ad_life.py says what ends one.
SELECT
  a.id,
  c.name AS company,
  a.company_id,
  a.title,
  a.region,
  coalesce(a.url, (SELECT min(v.url) FROM job_ad v WHERE v.same_as_id = a.id)) AS url,
  coalesce(a.posted, (SELECT min(v.posted) FROM job_ad v WHERE v.same_as_id = a.id)) AS posted,
  coalesce(a.deadline, (SELECT min(v.deadline) FROM job_ad v WHERE v.same_as_id = a.id)) AS deadline,
  coalesce(a.employment_type, (SELECT min(v.employment_type) FROM job_ad v WHERE v.same_as_id = a.id)) AS employment_type,
  a.identifier,
  x.function,
  x.seniority,
  x.region AS region_name,
  x.nuts,
  x.first_seen,
  x.last_seen,
  coalesce(x.times_seen, 0) AS times_seen,
  CASE WHEN x.gone_at IS NULL THEN 1 ELSE 0 END AS is_open,
  x.gone_at,
  coalesce(x.times_relisted, 0) AS times_relisted,
  x.days_open,
  (
    SELECT group_concat(seen.name, ', ')
    FROM (
      SELECT DISTINCT s.name
      FROM job_ad_sighting i
      JOIN "fetch" f ON f.id = i.fetch_id
      JOIN source s ON s.id = f.source_id
      WHERE i.job_ad_id IN (SELECT a.id UNION ALL SELECT v.id FROM job_ad v WHERE v.same_as_id = a.id)
      ORDER BY s.name
    ) AS seen
  ) AS sources,
  (
    SELECT f.url
    FROM job_ad_sighting i
    JOIN "fetch" f ON f.id = i.fetch_id
    WHERE i.job_ad_id IN (SELECT a.id UNION ALL SELECT v.id FROM job_ad v WHERE v.same_as_id = a.id)
    ORDER BY i.seen_at, i.fetch_id
    LIMIT 1
  ) AS page_url,
  a.text,
  a.company AS company_written,
  c.name_folded AS company_folded,
  a.title_folded,
  a.evidence,
  a.rule,
  a.parser_version
FROM job_ad a
JOIN company c ON c.id = a.company_id
LEFT JOIN job_ad_fact x ON x.job_ad_id = a.id
WHERE a.same_as_id IS NULL
