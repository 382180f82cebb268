-- title: Companies hiring most
-- description: All spellings of a company are one row of `companies`; `names` lists them.
-- column company: the company
-- column hires: people it hired
-- column hired_away: people whom others hired from it
-- column open_ads: its job ads that are open now
-- chart: ranked x=company y=hires
SELECT name AS company, hires, hired_away, open_job_ads AS open_ads
FROM companies
WHERE hires > 0
ORDER BY hires DESC, hired_away, name
LIMIT 12
