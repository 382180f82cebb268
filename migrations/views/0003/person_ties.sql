-- What ties two moves of one name to one person, or keeps them apart, with its reason.
SELECT
  m.person_id,
  m.person,
  t.move_id,
  t.other_move_id,
  o.person_id AS other_person_id,
  CASE WHEN t.is_same THEN 1 ELSE 0 END AS is_same,
  c.name AS company,
  t.reason
FROM person_tie t
JOIN move m ON m.id = t.move_id
JOIN move o ON o.id = t.other_move_id
LEFT JOIN company c ON c.id = t.company_id
