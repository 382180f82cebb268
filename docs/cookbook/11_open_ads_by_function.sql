-- title: Open job ads by function
-- description: What companies look for now.
-- column function: what the job is about
-- column ads: ads that are open
-- column companies: different companies that advertise
-- column oldest: first day of the ad that has been open longest
-- chart: ranked x=function y=ads
SELECT function, count(*) AS ads, count(DISTINCT company_id) AS companies, date(min(first_seen)) AS oldest
FROM job_ads
WHERE is_open
GROUP BY function
ORDER BY ads DESC, function
