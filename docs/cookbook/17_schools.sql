-- title: Schools of those who are hired
-- description: Lists such as `institution`, `education` and `earlier_companies` are JSON: `json_each` makes rows of them.
-- column school: the school
-- column hires: people hired who went there
-- chart: ranked x=school y=hires
SELECT school.value AS school, count(*) AS hires
FROM moves, json_each(moves.institution) AS school
WHERE kind = 'hire'
GROUP BY school.value
ORDER BY hires DESC, school
LIMIT 10
