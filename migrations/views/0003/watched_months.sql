-- Each month in Denmark with the days of it on which what was looked at was well: what a count over time is read with.
SELECT
  substr(CAST(d.day AS VARCHAR), 1, 7) AS month,
  count(DISTINCT CASE WHEN s.kind = 'articles' THEN d.day END) AS move_days,
  count(DISTINCT d.day) AS job_ad_days
FROM source_day d
JOIN source s ON s.id = d.source_id
WHERE d.healthy
GROUP BY substr(CAST(d.day AS VARCHAR), 1, 7)
