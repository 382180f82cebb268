-- title: Seniority over time
-- description: How many people were hired at each level in each month, among hires that state a role.
-- column month: the month (YYYY-MM)
-- column seniority: how senior the role is (docs/roles.md)
-- column hires: number of hires
-- column share: share of the month's hires whose role is known, 0 to 1
-- column days_watched: days of the month on which a source with announcements was watched and well
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: area x=month y=hires color=seniority
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
counted AS (
  SELECT f.month, f.seniority, count(*) AS hires
  FROM move_fact f
  WHERE f.kind = 'hire'
    AND f.seniority IS NOT NULL
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.month, f.seniority
)
SELECT
  c.month,
  c.seniority,
  c.hires,
  round(1.0 * c.hires / sum(c.hires) OVER (PARTITION BY c.month), 3) AS share,
  coalesce(w.move_days, 0) AS days_watched
FROM counted c
LEFT JOIN watched_months w ON w.month = c.month
ORDER BY c.month, c.hires DESC, c.seniority
