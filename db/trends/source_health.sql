-- title: Sources: coverage and healthy days
-- description: For each source and month the days on which it was looked at and well, and how much of what was in
--   rotation the runs saw. Every count over time has to be read with this.
-- column month: the month (YYYY-MM)
-- column source: the source's name
-- column days: days of the month on which a run looked at it
-- column healthy_days: of these, days on which one run saw it whole and raised no alarm
-- column runs: number of runs
-- column coverage: mean estimated share of what was in rotation that the runs saw, 0 to 1; empty where it was not
--   estimated
-- column days_watched: the same as healthy_days: days on which this source can be counted on
-- parameter since: the first month, by a day in it (YYYY-MM-DD)
-- parameter until: the last month, by a day in it (YYYY-MM-DD)
-- parameter source: a source, by its name in config.yaml
-- chart: heatmap x=month y=source color=healthy_days
WITH days AS (
  SELECT
    substr(d.day, 1, 7) AS month,
    d.source_id,
    count(*) AS days,
    sum(d.healthy) AS healthy_days,
    sum(d.runs) AS runs
  FROM source_day d
  GROUP BY substr(d.day, 1, 7), d.source_id
),
covered AS (
  SELECT substr(r.started_at, 1, 7) AS month, c.source_id, avg(c.share) AS share
  FROM coverage c
  JOIN run r ON r.id = c.run_id
  GROUP BY substr(r.started_at, 1, 7), c.source_id
)
SELECT
  d.month,
  s.name AS source,
  d.days,
  d.healthy_days,
  d.runs,
  round(c.share, 3) AS coverage,
  d.healthy_days AS days_watched
FROM days d
JOIN source s ON s.id = d.source_id
LEFT JOIN covered c ON c.month = d.month AND c.source_id = d.source_id
WHERE (:source IS NULL OR s.name = :source)
  AND (:since IS NULL OR d.month >= substr(:since, 1, 7))
  AND (:until IS NULL OR d.month <= substr(:until, 1, 7))
ORDER BY d.month, s.name
