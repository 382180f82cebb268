-- title: Companies hiring most
-- description: The companies with the most hires, with the job ads they have open now.
-- column company: the company
-- column hires: number of people hired
-- column latest_month: month of the newest hire (YYYY-MM)
-- column open_job_ads: number of its job ads that are open, of that function and region
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=company y=hires
WITH hiring AS (
  SELECT f.company_id, count(*) AS hires, max(f.month) AS latest_month
  FROM move_fact f
  WHERE +f.kind = 'hire' -- the plus: company by company
    AND f.company_id IS NOT NULL
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.company_id
  ORDER BY count(*) DESC, max(f.month) DESC, f.company_id
  LIMIT 50
)
SELECT
  c.name AS company,
  h.hires,
  h.latest_month,
  (
    SELECT count(*)
    FROM job_ad_fact a
    WHERE a.company_id = h.company_id
      AND a.gone_at IS NULL
      AND (:function IS NULL OR a.function = :function)
      AND (:region IS NULL OR a.region = :region)
  ) AS open_job_ads
FROM hiring h
JOIN company c ON c.id = h.company_id
ORDER BY h.hires DESC, h.latest_month DESC, c.name
