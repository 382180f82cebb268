-- Each spelling under which a company was seen, with the page that showed it first.
SELECT
  n.id,
  c.name AS company,
  n.company_id,
  n.name AS spelling,
  f.at AS first_seen,
  f.url AS page_url
FROM company_name n
JOIN company c ON c.id = n.company_id
JOIN "fetch" f ON f.id = n.first_fetch_id
