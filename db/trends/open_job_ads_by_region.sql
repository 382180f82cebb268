-- title: Open job ads by region
-- description: How many job ads are open now in each region. An ad that runs under two places counts in both.
-- column region: the region, or `not stated` where no place is stated or known
-- column open_job_ads: number of open ads
-- column companies: number of different companies with an open ad there
-- column newest: when the newest of them was seen first (UTC)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- chart: bar x=region y=open_job_ads
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
)
SELECT
  coalesce(f.region, 'not stated') AS region,
  count(*) AS open_job_ads,
  count(DISTINCT f.company_id) AS companies,
  max(f.first_seen) AS newest
FROM job_ad_fact f
WHERE f.gone_at IS NULL
  AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
  AND (:function IS NULL OR f.function = :function)
GROUP BY coalesce(f.region, 'not stated')
ORDER BY coalesce(f.region, 'not stated') = 'not stated', open_job_ads DESC, region
