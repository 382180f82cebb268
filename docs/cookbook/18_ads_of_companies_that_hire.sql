-- title: Open ads of the companies that hired lately
-- description: Whoever hired in the last three months and still looks for people.
-- column company: the company
-- column title: the ad
-- column region: where, as the ad states it
-- column hires: people it hired in the three months
WITH lately AS (
  SELECT company_id, count(*) AS hires
  FROM moves
  WHERE kind = 'hire' AND first_seen >= (SELECT date(max(first_seen), '-3 months') FROM moves)
  GROUP BY company_id
)
SELECT a.company, a.title, a.region, lately.hires
FROM job_ads AS a
JOIN lately ON lately.company_id = a.company_id
WHERE a.is_open
ORDER BY lately.hires DESC, a.company, a.title
LIMIT 8
