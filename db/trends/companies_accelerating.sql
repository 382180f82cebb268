-- title: Companies that hire more than before
-- description: Hires of the twelve months up to the last one watched, or up to `until`, against the twelve months
--   before. What is expected takes into account how many days of each year were watched, and the first rows are
--   those where the difference is least likely to be chance. Without a watched day in both years there is no
--   answer.
-- column company: the company
-- column hires: hires in the last twelve months
-- column hires_before: hires in the twelve months before
-- column expected: hires to expect in the last twelve months had nothing changed, given all hires of both years and
--   the days watched in each
-- column excess: squared difference from what was expected, by what chance alone would make it: above 4 it is
--   hardly chance
-- column days_watched: healthy days in the last twelve months
-- column days_watched_before: healthy days in the twelve months before
-- parameter until: the last month that counts, by a day in it (YYYY-MM-DD)
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=company y=excess
WITH edge AS (
  SELECT coalesce(substr(:until, 1, 7), (SELECT max(month) FROM watched_months), strftime('%Y-%m', 'now')) AS month
),
spans AS (
  SELECT
    month AS last_month,
    strftime('%Y-%m', month || '-01', '-11 months') AS first_month,
    strftime('%Y-%m', month || '-01', '-23 months') AS first_before
  FROM edge
),
days AS (
  SELECT
    coalesce(sum(CASE WHEN w.month >= s.first_month THEN w.move_days END), 0) AS now_days,
    coalesce(sum(CASE WHEN w.month < s.first_month THEN w.move_days END), 0) AS before_days
  FROM spans s
  LEFT JOIN watched_months w ON w.month BETWEEN s.first_before AND s.last_month
),
hired AS (
  SELECT
    f.company_id,
    count(CASE WHEN f.month >= s.first_month THEN 1 END) AS hires,
    count(CASE WHEN f.month < s.first_month THEN 1 END) AS hires_before
  FROM spans s
  JOIN move_fact f ON f.kind = 'hire' AND f.month BETWEEN s.first_before AND s.last_month
  WHERE f.company_id IS NOT NULL
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.company_id
),
measured AS (
  SELECT
    h.*,
    d.now_days,
    d.before_days,
    1.0 * d.now_days / (d.now_days + d.before_days) AS share
  FROM hired h
  CROSS JOIN days d
  WHERE d.now_days > 0 AND d.before_days > 0
),
compared AS (
  SELECT
    *,
    (hires + hires_before) * share AS expected
  FROM measured
)
SELECT
  c.name AS company,
  m.hires,
  m.hires_before,
  round(m.expected, 1) AS expected,
  round((m.hires - m.expected) * (m.hires - m.expected) / (m.expected * (1 - m.share)), 1) AS excess,
  m.now_days AS days_watched,
  m.before_days AS days_watched_before
FROM compared m
JOIN company c ON c.id = m.company_id
WHERE m.hires > m.expected
ORDER BY
  (m.hires - m.expected) * (m.hires - m.expected) / (m.expected * (1 - m.share)) DESC,
  m.hires DESC,
  c.name
LIMIT 50
