-- title: Days to fill a position, by function
-- description: Over the joined ads and hires; `navnenyt trends time_to_fill` has the quarters as well.
-- column function: what the job is about
-- column filled: ads with their hire
-- column days: days to fill, on average
-- chart: ranked x=function y=days
SELECT function, count(*) AS filled, round(avg(days_to_fill)) AS days
FROM ad_hires
GROUP BY function
ORDER BY days DESC, function
