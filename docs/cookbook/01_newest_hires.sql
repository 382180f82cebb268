-- title: Who started where, the newest first
-- description: A start date may be a year (`2026`), a month (`2026-01`) or a day: they compare as text.
--   `start_date_first` is the first day that it may mean.
-- column start_date: as the announcement states it
-- column person: who
-- column role: as what
-- column company: where
-- column previous_company: where from, as far as it is stated
SELECT start_date, person, role, company, previous_company
FROM moves
WHERE kind = 'hire'
ORDER BY start_date_first DESC, person
LIMIT 8
