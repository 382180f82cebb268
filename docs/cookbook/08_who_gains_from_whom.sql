-- title: Who gains people from whom
-- description: Each pair of companies with people that went from one to the other.
-- column previous_company: the company they left
-- column company: the company they joined
-- column people: how many
SELECT previous_company, company, count(*) AS people
FROM moves
WHERE kind = 'hire' AND previous_company_id <> company_id
GROUP BY previous_company_id, company_id
ORDER BY people DESC, previous_company, company
LIMIT 8
