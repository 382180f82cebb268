-- title: People who come back
-- description: The newest hires of people by a company that they had worked for before: the announcement names it
--   among the earlier employers, or an earlier hire of the same person there is known, with another employer in
--   between. A hire told twice, both times from the same employer, is no return.
-- column person: the person
-- column company: the company that they came back to
-- column role: the role they came back to
-- column month: month of the return (YYYY-MM)
-- column known_by: `announcement` where it names the company among earlier employers, else `earlier hire`
-- column previous_company: the employer in between, as far as it is stated
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
)
SELECT
  m.person,
  c.name AS company,
  m.role,
  f.month,
  CASE
    WHEN EXISTS (SELECT 1 FROM move_earlier e WHERE e.move_id = f.move_id AND e.company_id = f.company_id)
      THEN 'announcement'
    ELSE 'earlier hire'
  END AS known_by,
  p.name AS previous_company
FROM move_fact f
JOIN move m ON m.id = f.move_id
JOIN company c ON c.id = f.company_id
LEFT JOIN company p ON p.id = f.previous_company_id
WHERE f.kind = 'hire'
  AND (f.previous_company_id IS NULL OR f.previous_company_id <> f.company_id)
  AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
  AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
  AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
  AND (:function IS NULL OR f.function = :function)
  AND (:region IS NULL OR f.region = :region)
  AND (
    EXISTS (SELECT 1 FROM move_earlier e WHERE e.move_id = f.move_id AND e.company_id = f.company_id)
    OR EXISTS (
      SELECT 1
      FROM move_fact b
      WHERE b.person_id = f.person_id
        AND +b.company_id = f.company_id -- the plus: a person's few moves are looked through, not a company's many
        AND +b.kind = 'hire'
        AND b.month < f.month
        AND (
          f.previous_company_id <> coalesce(b.previous_company_id, 0)
          OR EXISTS (
            SELECT 1
            FROM move_fact o
            WHERE o.person_id = f.person_id
              AND +o.kind = 'hire'
              AND +o.company_id <> f.company_id
              AND o.month BETWEEN b.month AND f.month
          )
        )
    )
  )
ORDER BY f.month DESC, f.move_id DESC
LIMIT 100
