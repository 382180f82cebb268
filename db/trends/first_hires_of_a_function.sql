-- title: First hires of a function
-- description: The newest first hires that a company makes in a function, where it had hired for other functions
--   before: a sign that it takes up something new. The month is that of the first hire.
-- column company: the company
-- column function: the function that is new there
-- column month: month of the first hire (YYYY-MM)
-- column role: its role
-- column person: who was hired
-- column hires: hires in that function since, the first included
-- column other_hires: hires for other functions before that month
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: none
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
firsts AS (
  SELECT f.company_id, f.function, min(f.month) AS month, count(*) AS hires
  FROM move_fact f
  WHERE f.kind = 'hire'
    AND f.company_id IS NOT NULL
    AND f.function IS NOT NULL
    AND f.function <> 'other'
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
  GROUP BY f.company_id, f.function
),
newest AS (
  SELECT
    i.company_id,
    i.function,
    i.month,
    i.hires,
    (
      SELECT min(f.move_id)
      FROM move_fact f
      WHERE f.company_id = i.company_id AND f.kind = 'hire' AND f.month = i.month AND f.function = i.function
    ) AS move_id
  FROM firsts i
  WHERE (:since IS NULL OR i.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR i.month <= substr(:until, 1, 7))
    AND EXISTS (
      SELECT 1
      FROM move_fact f
      WHERE f.company_id = i.company_id
        AND f.kind = 'hire'
        AND f.month < i.month
        AND f.function IS NOT NULL
    )
  ORDER BY i.month DESC, i.company_id, i.function
)
SELECT
  c.name AS company,
  n.function,
  n.month,
  m.role,
  m.person,
  n.hires,
  (
    SELECT count(*)
    FROM move_fact f
    WHERE f.company_id = n.company_id AND f.kind = 'hire' AND f.month < n.month AND f.function IS NOT NULL
  ) AS other_hires
FROM newest n
JOIN move_fact x ON x.move_id = n.move_id
JOIN move m ON m.id = n.move_id
JOIN company c ON c.id = n.company_id
WHERE :region IS NULL OR x.region = :region
LIMIT 100
