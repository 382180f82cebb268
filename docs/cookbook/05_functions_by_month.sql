-- title: What people are hired for, month by month
-- description: Each role has a function, by tables that anyone can read and extend (roles.md).
-- column month: the month
-- column function: what the role is about
-- column hires: people hired for it
-- chart: area x=month y=hires color=function
SELECT month, function, count(*) AS hires
FROM moves
WHERE kind = 'hire' AND function IS NOT NULL
GROUP BY month, function
ORDER BY month, hires DESC, function
