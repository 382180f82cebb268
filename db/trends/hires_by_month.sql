-- title: Hires by month
-- description: How many people started a new job in each month, by the start date that the announcement states.
--   Every hire is counted once: where only the year is known it stands under the year alone, and where no start
--   date is known under `unknown`, so the rows add up to all hires.
-- column month: month of the start date (YYYY-MM); the year alone (YYYY), or `unknown`, where no more is known
-- column hires: number of hires
-- column companies: number of different companies that hired
-- parameter since: first day of the start date (YYYY-MM-DD)
-- parameter until: last day of the start date (YYYY-MM-DD)
-- chart: bar x=month y=hires
SELECT
  coalesce(substr(start_date, 1, 7), 'unknown') AS month,
  count(*) AS hires,
  count(DISTINCT company_id) AS companies
FROM moves
WHERE kind = 'hire'
  AND (:since IS NULL OR start_date_first >= :since)
  AND (:until IS NULL OR start_date_first <= :until)
GROUP BY coalesce(substr(start_date, 1, 7), 'unknown')
ORDER BY month
