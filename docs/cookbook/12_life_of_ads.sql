-- title: How long job ads stay up, by function
-- description: The median over ads that are gone: half were up for at most so many days. SQLite has no median, so the
--   middle row is taken. `first_seen` and `gone_at` are when navnenyt saw it; an ad may have been up before and after.
-- column function: what the job is about
-- column ads: ads that are gone
-- column median_days: the median of the days they were up
-- chart: ranked x=function y=median_days
WITH gone AS (
  SELECT
    function,
    days_open,
    row_number() OVER (PARTITION BY function ORDER BY days_open) AS place,
    count(*) OVER (PARTITION BY function) AS ads
  FROM job_ads
  WHERE gone_at IS NOT NULL
)
SELECT function, ads, days_open AS median_days
FROM gone
WHERE place = (ads + 1) / 2
ORDER BY median_days DESC, function
