-- title: The sentence that a move rests on, and where it stood
-- description: Every fact leads back to words on a page. `fold(…)` makes any spelling comparable: SQLite's own LIKE
--   does not know that Å is å.
-- column text: the announcement, as it was read
-- column page_url: the page that showed it first
-- column first_seen: on which day
-- column times_seen: how often it was seen, on however many pages
SELECT text, page_url, date(first_seen) AS first_seen, times_seen
FROM moves
WHERE company_folded LIKE '%' || fold('NORDLYS') || '%'
ORDER BY id
LIMIT 3
