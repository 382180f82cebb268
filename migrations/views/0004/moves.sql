-- Each people move, once, with when and where it was seen.
SELECT
  m.id,
  m.kind,
  m.person,
  m.person_id,
  m.age,
  c.name AS company,
  m.company_id,
  m.role,
  m.unit,
  m.location,
  m.start_date,
  m.start_date_first,
  m.start_date_precision,
  m.start_date_text,
  m.previous_role,
  pc.name AS previous_company,
  m.previous_company_id,
  m.earlier_companies,
  m.education,
  m.institution,
  m.focus,
  m.label,
  x.function,
  x.seniority,
  x.previous_function,
  x.region,
  x.nuts,
  x.month,
  x.month_basis,
  x.lead_days,
  x.first_seen,
  x.last_seen,
  coalesce(x.times_seen, 0) AS times_seen,
  (
    SELECT group_concat(seen.name, ', ')
    FROM (
      SELECT DISTINCT s.name
      FROM move_sighting i
      JOIN "fetch" f ON f.id = i.fetch_id
      JOIN source s ON s.id = f.source_id
      WHERE i.move_id IN (SELECT m.id UNION ALL SELECT v.id FROM move v WHERE v.same_as_id = m.id)
      ORDER BY s.name
    ) AS seen
  ) AS sources,
  (
    SELECT f.url
    FROM move_sighting i
    JOIN "fetch" f ON f.id = i.fetch_id
    WHERE i.move_id IN (SELECT m.id UNION ALL SELECT v.id FROM move v WHERE v.same_as_id = m.id)
    ORDER BY i.seen_at, i.fetch_id
    LIMIT 1
  ) AS page_url,
  m.text,
  m.company AS company_written,
  m.previous_company AS previous_company_written,
  pe.name_folded AS person_folded,
  c.name_folded AS company_folded,
  m.role_folded,
  m.evidence,
  m.rule,
  m.parser_version
FROM move m
JOIN person pe ON pe.id = m.person_id
LEFT JOIN company c ON c.id = m.company_id
LEFT JOIN company pc ON pc.id = m.previous_company_id
LEFT JOIN move_fact x ON x.move_id = m.id
WHERE m.same_as_id IS NULL
