-- title: Where people come from
-- description: The companies whose people are hired by others most, among hires that state the former employer.
--   Moves within a company are left out.
-- column previous_company: the company that people left
-- column hires: number of people whom another company hired from it
-- column hired_by: number of different companies that hired them
-- column latest_start: start date of the newest such hire, as far as it is known (YYYY, YYYY-MM or YYYY-MM-DD)
-- parameter since: first day of the start date (YYYY-MM-DD)
-- parameter until: last day of the start date (YYYY-MM-DD)
-- chart: ranked x=previous_company y=hires
SELECT
  previous_company,
  count(*) AS hires,
  count(DISTINCT company_id) AS hired_by,
  substr(max(start_date_first || '|' || start_date), 12) AS latest_start
FROM moves
WHERE kind = 'hire'
  AND previous_company_id IS NOT NULL
  AND (company_id IS NULL OR company_id <> previous_company_id)
  AND (:since IS NULL OR start_date_first >= :since)
  AND (:until IS NULL OR start_date_first <= :until)
GROUP BY previous_company_id, previous_company
ORDER BY hires DESC, hired_by DESC, previous_company
LIMIT 50
