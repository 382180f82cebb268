-- title: Time to fill
-- description: Days from the first day of a job ad to the start of whoever was hired by it, by function, company or
--   region. An ad and a hire are joined by likeness (docs/links.md), so single cases may be wrong; the median
--   is robust.
-- column what: the function, the company or the region, as `by` asks
-- column filled: how often an ad was filled; one put up anew, or for several, can be more than once
-- column fastest_quarter: a quarter was filled within so many days
-- column median_days: half was filled within so many days
-- column slowest_quarter: a quarter took so many days or more
-- parameter by: `function` (as without it), `company` or `region`
-- parameter since: the first month in which the ad was put up, by a day in it (YYYY-MM-DD)
-- parameter until: the last month in which the ad was put up, by a day in it (YYYY-MM-DD)
-- parameter company: a company, by any of its names
-- parameter function: what the role is about: `development`, `sales`, … (docs/roles.md)
-- parameter region: a Danish region, or `Udlandet` (docs/places.md)
-- chart: ranked x=what y=median_days
WITH asked AS (
  SELECT coalesce(
    (SELECT company_id FROM company_alias WHERE key = '=' || fold(:company)),
    (SELECT company_id FROM company_alias WHERE key = company_key(:company))
  ) AS company_id
),
filled AS (
  SELECT
    CASE :by
      WHEN 'company' THEN CAST(f.company_id AS TEXT)
      WHEN 'region' THEN coalesce(f.region, 'not stated')
      ELSE f.function
    END AS what,
    h.days_to_fill AS days,
    count(*) AS ads
  FROM hire_ad h
  JOIN job_ad_fact f ON f.job_ad_id = h.job_ad_id
  WHERE 1
    AND (:since IS NULL OR f.month >= substr(:since, 1, 7))
    AND (:until IS NULL OR f.month <= substr(:until, 1, 7))
    AND (:company IS NULL OR f.company_id = (SELECT company_id FROM asked))
    AND (:function IS NULL OR f.function = :function)
    AND (:region IS NULL OR f.region = :region)
  GROUP BY 1, 2
),
ranked AS (
  SELECT
    what,
    days,
    ads,
    sum(ads) OVER (PARTITION BY what ORDER BY days) AS up_to,
    sum(ads) OVER (PARTITION BY what) AS filled
  FROM filled
),
measured AS (
  SELECT
    what,
    max(filled) AS filled,
    min(CASE WHEN 4 * up_to >= filled THEN days END) AS fastest_quarter,
    min(CASE WHEN 2 * up_to >= filled THEN days END) AS median_days,
    min(CASE WHEN 4 * up_to >= 3 * filled THEN days END) AS slowest_quarter
  FROM ranked
  GROUP BY what
  ORDER BY max(filled) DESC, what
  LIMIT 50
)
SELECT
  CASE :by WHEN 'company' THEN (SELECT name FROM company WHERE id = CAST(m.what AS INTEGER)) ELSE m.what END AS what,
  m.filled,
  m.fastest_quarter,
  m.median_days,
  m.slowest_quarter
FROM measured m
ORDER BY m.filled DESC, 1
