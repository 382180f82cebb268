-- title: Job ads without a hire
-- description: Companies whose job ads led to no hire that was seen: given up, filled quietly, or filled by
--   somebody who was not announced. Only ads that have been gone for half a year count, so that a hire had time to
--   be announced.
-- column company: the company
-- column ads: number of its ads that have been gone for half a year
-- column without_hire: of these, ads without a hire that fits
-- column share: without_hire by ads, 0 to 1
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=company y=without_hire
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
edge AS (
  SELECT datetime(max(day), '-183 days') AS latest FROM source_day
),
counted AS (
  SELECT
    f.company_id,
    count(*) AS ads,
    sum(NOT EXISTS (SELECT 1 FROM hire_ad h WHERE h.job_ad_id = f.job_ad_id)) AS without_hire
  FROM job_ad_fact f
  WHERE f.gone_at < (SELECT latest FROM edge)
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.company_id
  ORDER BY without_hire DESC, ads, f.company_id
  LIMIT 50
)
SELECT
  c.name AS company,
  n.ads,
  n.without_hire,
  round(1.0 * n.without_hire / n.ads, 3) AS share
FROM counted n
JOIN company c ON c.id = n.company_id
WHERE n.without_hire > 0
ORDER BY n.without_hire DESC, n.ads, c.name
