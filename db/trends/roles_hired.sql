-- title: Roles hired
-- description: The roles that people are hired into most. Spellings that differ only in case, accents or white
--   space are one role, shown as the first of them in the alphabet.
-- column role: the role, as announcements write it
-- column function: what it is about (docs/roles.md)
-- column seniority: how senior it is (docs/roles.md)
-- column hires: number of people hired into it
-- column companies: number of different companies that hired for it
-- column latest_month: month of the newest hire (YYYY-MM)
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=role y=hires
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
hired AS (
  SELECT f.role, f.company_id, count(*) AS hires, max(f.month) AS latest_month
  FROM move_fact f
  WHERE f.kind = 'hire'
    AND f.role IS NOT NULL
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.role, f.company_id
),
most AS (
  SELECT role, sum(hires) AS hires, count(company_id) AS companies, max(latest_month) AS latest_month
  FROM hired
  GROUP BY role
  ORDER BY sum(hires) DESC, role
  LIMIT 50
)
SELECT r.example AS role, r.function, r.seniority, m.hires, m.companies, m.latest_month
FROM most m
JOIN "role" r ON r.folded = m.role
ORDER BY m.hires DESC, m.role
