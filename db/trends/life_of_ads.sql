-- title: The life of job ads
-- description: How long job ads stay up, by the month in which they were seen first. An ad is gone when a good look
--   at its source goes without it, or its own page is gone (docs/data-model.md); a broken fetch ends none.
-- column month: the month in which the ads were seen first (YYYY-MM)
-- column ads: number of ads
-- column companies: number of different companies
-- column still_open: ads that are open now
-- column median_days: half of those that are gone were up for at most so many days
-- column relisted: ads that were put up again after they were gone
-- column days_watched: days of the month on which a source with job ads was watched and well
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: line x=month y=median_days
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
lives AS (
  SELECT
    f.month,
    f.days_open,
    f.gone_at IS NULL AS is_open,
    count(*) AS ads,
    sum(f.times_relisted > 0) AS relisted
  FROM job_ad_fact f
  WHERE 1
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.month, f.days_open, f.gone_at IS NULL
),
ranked AS (
  SELECT
    month,
    days_open,
    sum(ads) OVER (PARTITION BY month ORDER BY days_open) AS up_to,
    sum(ads) OVER (PARTITION BY month) AS gone
  FROM lives
  WHERE NOT is_open
),
medians AS (
  SELECT month, min(days_open) AS median_days
  FROM ranked
  WHERE 2 * up_to >= gone
  GROUP BY month
),
employers AS (
  SELECT month, count(*) AS companies
  FROM (
    SELECT DISTINCT f.month, f.company_id
    FROM job_ad_fact f
    WHERE 1
      AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
      AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
      AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
      AND (:function IS NULL OR f.function = :function)
      AND (:region IS NULL OR f.region = :region)
  )
  GROUP BY month
)
SELECT
  l.month,
  sum(l.ads) AS ads,
  max(e.companies) AS companies,
  sum(CASE WHEN l.is_open THEN l.ads ELSE 0 END) AS still_open,
  max(m.median_days) AS median_days,
  sum(l.relisted) AS relisted,
  coalesce(max(w.job_ad_days), 0) AS days_watched
FROM lives l
JOIN employers e ON e.month = l.month
LEFT JOIN medians m ON m.month = l.month
LEFT JOIN watched_months w ON w.month = l.month
GROUP BY l.month
ORDER BY l.month
