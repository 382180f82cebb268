-- title: Hires by region
-- description: Places are mapped to the Danish regions and their NUTS codes (places.md); a place that is not stated or
--   not known has none.
-- column region: the region
-- column nuts: its code
-- column hires: people hired there
-- column share: share of the hires whose region is known
-- chart: bar x=region y=hires
SELECT region, nuts, count(*) AS hires, round(1.0 * count(*) / sum(count(*)) OVER (), 3) AS share
FROM moves
WHERE kind = 'hire' AND region IS NOT NULL
GROUP BY region, nuts
ORDER BY hires DESC, region
