-- title: How long before the start a hire is announced
-- description: Below zero the announcement was seen after the person had started.
-- column month: the month of the start
-- column hires: hires whose first day is stated
-- column days: days from the first sighting to the start, on average
-- chart: line x=month y=days
SELECT month, count(*) AS hires, round(avg(lead_days)) AS days
FROM moves
WHERE kind = 'hire' AND start_date_precision = 'day'
GROUP BY month
HAVING count(*) > 2
ORDER BY month
