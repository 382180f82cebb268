-- title: Where people go
-- description: The companies that hire most people away from others, or from the company asked for, among hires
--   that state the former employer. Moves within a company are left out.
-- column company: the company that people joined
-- column hires: number of people it hired from other companies
-- column hired_from: number of different companies that they left
-- column latest_month: month of the newest such hire (YYYY-MM)
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: the company that people left, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=company y=hires
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
flow AS (
  SELECT f.previous_company_id, f.company_id, count(*) AS hires, max(f.month) AS latest_month
  FROM move_fact f
  WHERE +f.kind = 'hire' -- the plus: company by company
    AND f.previous_company_id IS NOT NULL
    AND f.company_id IS NOT NULL
    AND f.company_id <> f.previous_company_id
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.previous_company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.previous_company_id, f.company_id
),
joined_most AS (
  SELECT company_id, sum(hires) AS hires, count(*) AS hired_from, max(latest_month) AS latest_month
  FROM flow
  GROUP BY company_id
  ORDER BY sum(hires) DESC, count(*) DESC, company_id
  LIMIT 50
)
SELECT c.name AS company, j.hires, j.hired_from, j.latest_month
FROM joined_most j
JOIN company c ON c.id = j.company_id
ORDER BY j.hires DESC, j.hired_from DESC, c.name
