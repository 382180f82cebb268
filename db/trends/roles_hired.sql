-- title: Roles hired
-- description: The roles that people are hired into most. Spellings that differ only in case, accents or white space
--   are one role, shown as the first of them in the alphabet.
-- column role: the role, as announcements write it
-- column hires: number of people hired into it
-- column companies: number of different companies that hired for it
-- column latest_start: start date of the newest hire, as far as it is known (YYYY, YYYY-MM or YYYY-MM-DD)
-- parameter since: first day of the start date (YYYY-MM-DD)
-- parameter until: last day of the start date (YYYY-MM-DD)
-- chart: ranked x=role y=hires
SELECT
  min(role) AS role,
  count(*) AS hires,
  count(DISTINCT company_id) AS companies,
  substr(max(start_date_first || '|' || start_date), 12) AS latest_start
FROM moves
WHERE kind = 'hire'
  AND role IS NOT NULL
  AND (:since IS NULL OR start_date_first >= :since)
  AND (:until IS NULL OR start_date_first <= :until)
GROUP BY role_folded
ORDER BY hires DESC, min(role_folded)
LIMIT 50
