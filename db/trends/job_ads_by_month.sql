-- title: Job ads by month
-- description: How many job ads were put up in each month, by function.
-- column month: the month in which the ads were seen first (YYYY-MM)
-- column function: what the job is about (docs/roles.md)
-- column ads: number of ads
-- column share: share of the month's ads, 0 to 1
-- column days_watched: days of the month on which a source with job ads was watched and well
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: area x=month y=ads color=function
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
counted AS (
  SELECT f.month, f.function, count(*) AS ads
  FROM job_ad_fact f
  WHERE 1
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.month, f.function
)
SELECT
  c.month,
  c.function,
  c.ads,
  round(1.0 * c.ads / sum(c.ads) OVER (PARTITION BY c.month), 3) AS share,
  coalesce(w.job_ad_days, 0) AS days_watched
FROM counted c
LEFT JOIN watched_months w ON w.month = c.month
ORDER BY c.month, c.ads DESC, c.function
