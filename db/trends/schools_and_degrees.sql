-- title: Schools and degrees of those hired
-- description: The schools, or the degrees and trades, that announcements of hires name most.
-- column name: the school or the degree, as it is written first in the alphabet
-- column hires: number of people hired who have it
-- column companies: number of different companies that hired them
-- column latest_month: month of the newest such hire (YYYY-MM)
-- parameter what: `school` (as without it) or `degree`
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=name y=hires
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
hired AS (
  SELECT s.folded, f.company_id, count(*) AS hires, max(f.month) AS latest_month
  FROM move_study s
  CROSS JOIN move_fact f
  WHERE f.move_id = s.move_id
    AND +s.what = CASE WHEN :what = 'degree' THEN 'degree' ELSE 'school' END
    AND f.kind = 'hire'
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY s.folded, f.company_id
),
most AS (
  SELECT folded, sum(hires) AS hires, count(company_id) AS companies, max(latest_month) AS latest_month
  FROM hired
  GROUP BY folded
  ORDER BY sum(hires) DESC, folded
  LIMIT 50
)
SELECT
  (
    SELECT min(s.name)
    FROM move_study s
    WHERE s.what = CASE WHEN :what = 'degree' THEN 'degree' ELSE 'school' END AND s.folded = m.folded
  ) AS name,
  m.hires,
  m.companies,
  m.latest_month
FROM most m
ORDER BY m.hires DESC, m.folded
