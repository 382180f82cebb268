-- title: Companies new to the market
-- description: Companies that hired for the first time that was seen, the newest first. In the first year of
--   watching nearly every company is new.
-- column company: the company
-- column month: month of its first hire (YYYY-MM)
-- column hires: number of its hires since
-- column functions: number of different functions among them
-- column open_job_ads: number of its job ads that are open now
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: none
WITH firsts AS (
  SELECT f.company_id, min(f.month) AS month, count(*) AS hires
  FROM move_fact f
  WHERE +f.kind = 'hire' -- the plus: company by company
    AND f.company_id IS NOT NULL
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.company_id
),
newest AS (
  SELECT i.company_id, i.month, i.hires
  FROM firsts i
  WHERE (:since IS NULL OR i.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR i.month <= substr(:until, 1, 7))
  ORDER BY i.month DESC, i.hires DESC, i.company_id
  LIMIT 100
)
SELECT
  c.name AS company,
  n.month,
  n.hires,
  (
    SELECT count(DISTINCT f.function)
    FROM move_fact f
    WHERE f.company_id = n.company_id
      AND f.kind = 'hire'
      AND (:function IS NULL OR f.function = :function)
      AND (:region IS NULL OR f.region = :region)
  ) AS functions,
  (SELECT count(*) FROM job_ad_fact a WHERE a.company_id = n.company_id AND a.gone_at IS NULL) AS open_job_ads
FROM newest n
JOIN company c ON c.id = n.company_id
ORDER BY n.month DESC, n.hires DESC, c.name
