-- Each day on which a source was looked at, and whether it was well.
SELECT
  s.name AS source,
  s.kind,
  d.day,
  d.runs,
  CASE WHEN d.healthy THEN 1 ELSE 0 END AS healthy
FROM source_day d
JOIN source s ON s.id = d.source_id
