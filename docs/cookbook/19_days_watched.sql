-- title: Days on which each source was watched and well
-- description: A count over time means little without it: a month with few such days has few hires for that reason.
-- column month: the month
-- column source: the site
-- column healthy: days on which a run saw it whole, without an alarm
-- chart: heatmap x=month y=source color=healthy
SELECT substr(day, 1, 7) AS month, source, sum(healthy) AS healthy
FROM source_days
GROUP BY substr(day, 1, 7), source
ORDER BY month, source
