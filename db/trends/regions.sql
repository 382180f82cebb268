-- title: Hires by region
-- description: How many people are hired in each region, among hires that state a place, with the job ads that are
--   open there now.
-- column region: the region, or `not stated` where no place is stated or known
-- column hires: number of hires
-- column companies: number of different companies that hired
-- column share: share of the hires whose region is known, 0 to 1; empty for those where it is not
-- column open_job_ads: number of job ads open there now
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- chart: bar x=region y=hires
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
hired AS (
  SELECT f.region, f.company_id, count(*) AS hires
  FROM move_fact f
  WHERE f.kind = 'hire'
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
  GROUP BY f.region, f.company_id
),
counted AS (
  SELECT coalesce(region, 'not stated') AS region, sum(hires) AS hires, count(company_id) AS companies
  FROM hired
  GROUP BY coalesce(region, 'not stated')
),
open_ads AS (
  SELECT coalesce(f.region, 'not stated') AS region, count(*) AS ads
  FROM job_ad_fact f
  WHERE f.gone_at IS NULL
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
  GROUP BY coalesce(f.region, 'not stated')
)
SELECT
  c.region,
  c.hires,
  c.companies,
  CASE
    WHEN c.region <> 'not stated'
      THEN round(1.0 * c.hires / sum(CASE WHEN c.region <> 'not stated' THEN c.hires END) OVER (), 3)
  END AS share,
  coalesce(o.ads, 0) AS open_job_ads
FROM counted c
LEFT JOIN open_ads o ON o.region = c.region
ORDER BY c.region = 'not stated', c.hires DESC, c.region
