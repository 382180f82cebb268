-- title: Open job ads by region
-- description: How many job ads are open now in each region, as the ads name it. An ad that runs under two regions
--   counts in both.
-- column region: the region that the ad states, or `not stated`
-- column open_job_ads: number of open ads
-- column companies: number of different companies with an open ad there
-- column newest: when the newest of them was seen first (UTC)
-- chart: ranked x=region y=open_job_ads
SELECT
  coalesce(region, 'not stated') AS region,
  count(*) AS open_job_ads,
  count(DISTINCT company_id) AS companies,
  max(first_seen) AS newest
FROM job_ads
WHERE is_open = 1
GROUP BY coalesce(region, 'not stated')
ORDER BY open_job_ads DESC, region
