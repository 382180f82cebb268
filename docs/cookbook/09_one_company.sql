-- title: One company: who came and who left
-- description: `company_key(…)` finds a company by any of its spellings. All that is known of it, with every page, is
--   in `navnenyt company`.
-- column direction: whether somebody came or left
-- column person: who
-- column role: as what
-- column other: from where, or where to
-- column start_date: from when
WITH it AS (SELECT company_id AS id FROM company_alias WHERE key = company_key('Stenbider Telekom'))
SELECT 'came' AS direction, person, role, previous_company AS other, start_date
FROM moves
WHERE kind = 'hire' AND company_id = (SELECT id FROM it)
UNION ALL
SELECT 'left', person, previous_role, company, start_date
FROM moves
WHERE kind = 'hire' AND previous_company_id = (SELECT id FROM it) AND company_id <> previous_company_id
ORDER BY direction, start_date DESC, person
LIMIT 10
