-- title: Companies hiring most
-- description: The companies with the most hires, with the job ads they have open now.
-- column company: the company
-- column hires: number of people hired
-- column latest_start: start date of the newest hire, as far as it is known (YYYY, YYYY-MM or YYYY-MM-DD)
-- column open_job_ads: number of its job ads that are open
-- parameter since: first day of the start date (YYYY-MM-DD)
-- parameter until: last day of the start date (YYYY-MM-DD)
-- chart: ranked x=company y=hires
WITH hiring AS (
  SELECT
    company_id,
    company,
    count(*) AS hires,
    max(start_date_first || '|' || start_date) AS newest
  FROM moves
  WHERE kind = 'hire'
    AND company_id IS NOT NULL
    AND (:since IS NULL OR start_date_first >= :since)
    AND (:until IS NULL OR start_date_first <= :until)
  GROUP BY company_id, company
),
open_ads AS (
  SELECT company_id, count(*) AS ads
  FROM job_ads
  WHERE is_open = 1
  GROUP BY company_id
)
SELECT
  h.company,
  h.hires,
  substr(h.newest, 12) AS latest_start,
  coalesce(o.ads, 0) AS open_job_ads
FROM hiring h
LEFT JOIN open_ads o ON o.company_id = h.company_id
ORDER BY h.hires DESC, h.newest DESC, h.company
LIMIT 50
