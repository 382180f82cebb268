-- Each job ad, once, with its life as far as it was seen.
-- Open is an ad that no later good look at its source went without. A good look: a run that ended by itself, had more
-- answers than failures from the source, and found ads there at all. An ad with a page of its own is open until that
-- page is gone or shows other ads instead. So neither a failed fetch nor a parser that finds nothing ends an ad, and
-- an ad whose page has been reserved against text and data mining since it was seen last stays as it was.
SELECT
  a.id,
  c.name AS company,
  a.company_id,
  a.title,
  a.region,
  a.url,
  a.posted,
  a.deadline,
  a.employment_type,
  a.identifier,
  (SELECT min(i.seen_at) FROM job_ad_sighting i WHERE i.job_ad_id = a.id) AS first_seen,
  (SELECT max(i.seen_at) FROM job_ad_sighting i WHERE i.job_ad_id = a.id) AS last_seen,
  (SELECT count(*) FROM job_ad_sighting i WHERE i.job_ad_id = a.id) AS times_seen,
  CASE
    WHEN EXISTS (
      SELECT 1
      FROM job_ad_sighting i
      JOIN "fetch" f ON f.id = i.fetch_id
      JOIN page p ON p.id = f.page_id
      WHERE i.job_ad_id = a.id
        AND (
          (
            p.kind <> 'job_ad'
            AND f.run_id >= coalesce(
              (
                SELECT max(l.run_id)
                FROM run_source l
                WHERE l.source_id = f.source_id AND l.whole AND l.job_ads_seen > 0
              ),
              0
            )
          )
          OR (
            p.kind = 'job_ad'
            AND f.id = (
              SELECT g.id
              FROM "fetch" g
              WHERE g.page_id = p.id
                AND (
                  g.reason IN ('not_found', 'soft_404')
                  OR EXISTS (SELECT 1 FROM job_ad_sighting x WHERE x.fetch_id = g.id)
                )
              ORDER BY g.at DESC, g.id DESC
              LIMIT 1
            )
          )
        )
    ) THEN 1
    WHEN (
      SELECT g.reason
      FROM "fetch" g
      WHERE g.page_id = (
          SELECT f.page_id
          FROM job_ad_sighting i
          JOIN "fetch" f ON f.id = i.fetch_id
          WHERE i.job_ad_id = a.id
          ORDER BY i.seen_at DESC, i.fetch_id DESC
          LIMIT 1
        )
      ORDER BY g.at DESC, g.id DESC
      LIMIT 1
    ) = 'reserved' THEN 1
    ELSE 0
  END AS is_open,
  (
    SELECT group_concat(seen.name, ', ')
    FROM (
      SELECT DISTINCT s.name
      FROM job_ad_sighting i
      JOIN "fetch" f ON f.id = i.fetch_id
      JOIN source s ON s.id = f.source_id
      WHERE i.job_ad_id = a.id
      ORDER BY s.name
    ) AS seen
  ) AS sources,
  (
    SELECT f.url
    FROM job_ad_sighting i
    JOIN "fetch" f ON f.id = i.fetch_id
    WHERE i.job_ad_id = a.id
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
