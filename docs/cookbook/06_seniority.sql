-- title: How senior are the people who are hired, by function
-- description: A table of two divisions is a heatmap.
-- column function: what the role is about
-- column seniority: its level
-- column hires: people hired
-- chart: heatmap x=seniority y=function color=hires
SELECT function, seniority, count(*) AS hires
FROM moves
WHERE kind = 'hire' AND function IS NOT NULL
GROUP BY function, seniority
ORDER BY function, seniority
