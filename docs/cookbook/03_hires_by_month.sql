-- title: Hires by month
-- description: By the month of the start or, where none is stated, of the first sighting. The same question with the
--   days watched and a trend: `navnenyt trends hires_by_month`.
-- column month: the month
-- column hires: people who started
-- column companies: different companies that hired
-- chart: bar x=month y=hires
SELECT month, count(*) AS hires, count(DISTINCT company_id) AS companies
FROM moves
WHERE kind = 'hire'
GROUP BY month
ORDER BY month
