-- Each place of a move or an ad, with the region it is taken to be in.
SELECT
  p.example AS place,
  p.region,
  p.nuts,
  p.folded AS place_folded
FROM place p
