-- Each announcement that could not be read whole, and whether a later parser could.
SELECT
  u.id,
  u.text,
  u.reason,
  u.label,
  CASE WHEN u.resolved_at IS NULL THEN 1 ELSE 0 END AS is_open,
  u.resolved_at,
  u.resolved_by,
  u.parser_version,
  (SELECT min(i.seen_at) FROM unparsed_sighting i WHERE i.unparsed_id = u.id) AS first_seen,
  (SELECT max(i.seen_at) FROM unparsed_sighting i WHERE i.unparsed_id = u.id) AS last_seen,
  (SELECT count(*) FROM unparsed_sighting i WHERE i.unparsed_id = u.id) AS times_seen,
  (
    SELECT f.url
    FROM unparsed_sighting i
    JOIN "fetch" f ON f.id = i.fetch_id
    WHERE i.unparsed_id = u.id
    ORDER BY i.seen_at, i.fetch_id
    LIMIT 1
  ) AS page_url
FROM unparsed u
