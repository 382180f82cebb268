-- title: What is announced, month by month
-- description: Hires are most of it; promotions, degrees, anniversaries and elections to a board are announced too.
-- column month: the month
-- column kind: what is announced
-- column moves: how many
-- chart: heatmap x=month y=kind color=moves
SELECT month, kind, count(*) AS moves
FROM moves
GROUP BY month, kind
ORDER BY month, kind
