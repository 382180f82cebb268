-- title: Who gains people from whom
-- description: Pairs of companies between which people move: how many a company hired from the other, how many it
--   lost to it, and the difference, among hires that state the former employer. Without a company the pairs with
--   the greatest difference, of those with at least two people one way.
-- column company: the company that gains more than it loses, or the one asked for
-- column other: the company on the other side
-- column gained: people whom the company hired from the other
-- column lost: people whom the other hired from the company
-- column net: gained less lost
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: heatmap x=company y=other color=net
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
flow AS (
  SELECT f.previous_company_id AS left_id, f.company_id AS joined_id, count(*) AS people
  FROM move_fact f
  WHERE +f.kind = 'hire' -- the plus: company by company
    AND f.previous_company_id IS NOT NULL
    AND f.company_id IS NOT NULL
    AND f.company_id <> f.previous_company_id
    AND (
      :company IS NULL
      OR f.company_id = (SELECT company_id FROM asked)
      OR f.previous_company_id = (SELECT company_id FROM asked)
    )
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY f.previous_company_id, f.company_id
),
pairs AS (
  SELECT joined_id AS company_id, left_id AS other_id, people AS gained, 0 AS lost
  FROM flow
  WHERE CASE WHEN :company IS NULL THEN people > 1 ELSE joined_id = (SELECT company_id FROM asked) END
  UNION ALL
  SELECT left_id, joined_id, 0, people
  FROM flow
  WHERE CASE WHEN :company IS NULL THEN people > 1 ELSE left_id = (SELECT company_id FROM asked) END
),
netted AS (
  SELECT company_id, other_id, sum(gained) AS gained, sum(lost) AS lost
  FROM pairs
  GROUP BY company_id, other_id
  HAVING :company IS NOT NULL OR sum(gained) > sum(lost)
  ORDER BY abs(sum(gained) - sum(lost)) DESC, sum(gained) DESC, company_id, other_id
  LIMIT 100
)
SELECT c.name AS company, o.name AS other, n.gained, n.lost, n.gained - n.lost AS net
FROM netted n
JOIN company c ON c.id = n.company_id
JOIN company o ON o.id = n.other_id
ORDER BY abs(n.gained - n.lost) DESC, n.gained DESC, c.name, o.name
