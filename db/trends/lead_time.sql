-- title: Announced before the start
-- description: How many days before the first working day a hire is announced, by the month of the start, among
--   hires that state the day. Below 0 the announcement came after the start.
-- column month: the month of the start (YYYY-MM)
-- column hires: number of hires that state the day
-- column median_days: half was announced at least so many days before the start
-- column before_start: share announced before the first working day, 0 to 1
-- column days_watched: days of the month on which a source with announcements was watched and well
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: line x=month y=median_days
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
leads AS (
  SELECT f.month, f.lead_days, count(*) AS hires
  FROM move_fact f
  WHERE f.kind = 'hire'
    AND f.lead_days IS NOT NULL
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.month, f.lead_days
),
ranked AS (
  SELECT
    month,
    lead_days,
    hires,
    sum(hires) OVER (PARTITION BY month ORDER BY lead_days DESC) AS at_least,
    sum(hires) OVER (PARTITION BY month) AS of_month
  FROM leads
)
SELECT
  r.month,
  max(r.of_month) AS hires,
  max(CASE WHEN 2 * r.at_least >= r.of_month THEN r.lead_days END) AS median_days,
  round(1.0 * sum(CASE WHEN r.lead_days > 0 THEN r.hires ELSE 0 END) / max(r.of_month), 3) AS before_start,
  coalesce(max(w.move_days), 0) AS days_watched
FROM ranked r
LEFT JOIN watched_months w ON w.month = r.month
GROUP BY r.month
ORDER BY r.month
