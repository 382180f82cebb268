-- Each decision that two names are one company or are not, with its reason, and the company it leads to now.
SELECT
  d.id,
  d.at,
  d.by_whom,
  d.verdict,
  d.name_a,
  d.name_b,
  d.score,
  d.reason,
  CASE WHEN d.overruled_at IS NULL THEN 1 ELSE 0 END AS is_valid,
  d.overruled_at,
  c.name AS company,
  a.company_id,
  d.key_a,
  d.key_b
FROM company_decision d
LEFT JOIN company_alias a ON a.key = d.key_a
LEFT JOIN company c ON c.id = a.company_id
