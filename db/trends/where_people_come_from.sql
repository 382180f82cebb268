-- title: Where people come from
-- description: The companies whose people are hired by others most, or by the company asked for, among hires that
--   state the former employer. Moves within a company are left out.
-- column previous_company: the company that people left
-- column hires: number of people whom another company hired from it
-- column hired_by: number of different companies that hired them
-- column latest_month: month of the newest such hire (YYYY-MM)
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: the company that hired them, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=previous_company y=hires
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
    AND (f.company_id IS NULL OR f.company_id <> f.previous_company_id)
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.previous_company_id, f.company_id
),
left_most AS (
  SELECT
    previous_company_id,
    sum(hires) AS hires,
    count(company_id) AS hired_by,
    max(latest_month) AS latest_month
  FROM flow
  GROUP BY previous_company_id
  ORDER BY sum(hires) DESC, count(company_id) DESC, previous_company_id
  LIMIT 50
)
SELECT c.name AS previous_company, l.hires, l.hired_by, l.latest_month
FROM left_most l
JOIN company c ON c.id = l.previous_company_id
ORDER BY l.hires DESC, l.hired_by DESC, c.name
