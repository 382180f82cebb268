-- title: Hires without a job ad
-- description: Companies that hire people without a job ad that was seen: by network, by headhunters, or by ads
--   elsewhere.
-- column company: the company
-- column hires: number of its hires
-- column without_ad: of these, hires without an ad that fits
-- column share: without_ad by hires, 0 to 1
-- column ads: number of its job ads ever seen
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=company y=without_ad
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
hired AS (
  SELECT f.company_id, count(*) AS hires
  FROM move_fact f
  WHERE +f.kind = 'hire' -- the plus: company by company
    AND f.company_id IS NOT NULL
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.company_id
),
joined AS (
  SELECT f.company_id, count(DISTINCT f.move_id) AS hires
  FROM hire_ad h
  CROSS JOIN move_fact f
  WHERE f.move_id = h.move_id
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.company_id
),
counted AS (
  SELECT h.company_id, h.hires, h.hires - coalesce(j.hires, 0) AS without_ad
  FROM hired h
  LEFT JOIN joined j ON j.company_id = h.company_id
  WHERE h.hires > coalesce(j.hires, 0)
  ORDER BY h.hires - coalesce(j.hires, 0) DESC, h.hires, h.company_id
  LIMIT 50
)
SELECT
  c.name AS company,
  n.hires,
  n.without_ad,
  round(1.0 * n.without_ad / n.hires, 3) AS share,
  (SELECT count(*) FROM job_ad_fact a WHERE a.company_id = n.company_id) AS ads
FROM counted n
JOIN company c ON c.id = n.company_id
ORDER BY n.without_ad DESC, n.hires, c.name
