-- title: Job ads put up, month by month
-- description: By the month in which an ad was seen first; in the first month all that were up already count.
-- column month: the month
-- column ads: ads seen for the first time
-- column companies: different companies
-- chart: bar x=month y=ads
SELECT substr(first_seen, 1, 7) AS month, count(*) AS ads, count(DISTINCT company_id) AS companies
FROM job_ads
GROUP BY substr(first_seen, 1, 7)
ORDER BY month
