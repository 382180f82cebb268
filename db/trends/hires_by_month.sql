-- title: Hires by month
-- description: How many people started a new job in each month, by the month of the start date or, where none is
--   stated, the month in which the hire was seen first. A month that was watched and had no hire counts 0. Months
--   with few watched days have few hires for that reason.
-- column month: the month (YYYY-MM)
-- column hires: number of hires
-- column companies: number of different companies that hired
-- column trend: hires a month, the mean of this month and the eleven before; empty in the first year
-- column days_watched: days of the month on which a source with announcements was watched and well
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: line x=month y=hires
WITH RECURSIVE asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
hired AS (
  SELECT f.month, f.company_id, count(*) AS hires
  FROM move_fact f
  WHERE f.kind = 'hire'
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.month, f.company_id
),
counted AS (
  SELECT month, sum(hires) AS hires, count(company_id) AS companies
  FROM hired
  GROUP BY month
),
watched(month) AS (
  SELECT min(month) FROM watched_months WHERE move_days > 0
  UNION ALL
  SELECT strftime('%Y-%m', month || '-01', '+1 month')
  FROM watched
  WHERE month < (SELECT max(month) FROM watched_months WHERE move_days > 0)
),
months AS (
  SELECT month, 12 * substr(month, 1, 4) + substr(month, 6) AS number
  FROM (SELECT month FROM counted UNION SELECT month FROM watched)
  WHERE month IS NOT NULL
),
series AS (
  SELECT
    m.month,
    coalesce(c.hires, 0) AS hires,
    coalesce(c.companies, 0) AS companies,
    sum(c.hires) OVER (ORDER BY m.number RANGE BETWEEN 11 PRECEDING AND CURRENT ROW) AS of_a_year,
    m.number - coalesce((SELECT min(number) FROM months JOIN watched USING (month)), min(m.number) OVER ()) AS since_first
  FROM months m
  LEFT JOIN counted c ON c.month = m.month
)
SELECT
  s.month,
  s.hires,
  s.companies,
  CASE WHEN s.since_first >= 11 THEN round(coalesce(s.of_a_year, 0) / 12.0, 1) END AS trend,
  coalesce(w.move_days, 0) AS days_watched
FROM series s
LEFT JOIN watched_months w ON w.month = s.month
WHERE (:since IS NULL OR s.month >= substr(:since, 1, 7))
  AND (:until IS NULL OR s.month <= substr(:until, 1, 7))
ORDER BY s.month
