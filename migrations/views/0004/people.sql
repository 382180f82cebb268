-- Each person with the newest of their moves.
SELECT
  p.id,
  p.name,
  p.name_folded,
  (SELECT count(*) FROM move_fact x WHERE x.person_id = p.id) AS moves,
  n.kind AS latest_kind,
  c.name AS latest_company,
  n.role AS latest_role,
  n.start_date AS latest_start_date,
  (SELECT min(x.first_seen) FROM move_fact x WHERE x.person_id = p.id) AS first_seen,
  (SELECT max(x.last_seen) FROM move_fact x WHERE x.person_id = p.id) AS last_seen
FROM person p
LEFT JOIN move n ON n.id = (
  SELECT m.id
  FROM move m
  WHERE m.person_id = p.id AND m.same_as_id IS NULL
  ORDER BY CASE WHEN m.start_date_first IS NULL THEN 1 ELSE 0 END, m.start_date_first DESC, m.id DESC
  LIMIT 1
)
LEFT JOIN company c ON c.id = n.company_id
