-- title: The ad and the hire that it led to
-- description: An ad and a later hire of the same company in a like role are joined, with a score and a reason.
-- column company: the company
-- column title: the ad
-- column role: what somebody was hired as
-- column days_to_fill: days from the ad to the hire
-- column score: how sure it is, 0 to 1
-- column reason: why
SELECT company, title, role, days_to_fill, round(score, 2) AS score, reason
FROM ad_hires
ORDER BY score DESC, company, title, role
LIMIT 8
