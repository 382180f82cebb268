-- Each role of a move and title of an ad, with what it is taken for.
SELECT
  r.example AS role,
  r.function,
  r.seniority,
  r.rule,
  (SELECT count(*) FROM move m WHERE m.role_folded = r.folded AND m.same_as_id IS NULL) AS moves,
  (SELECT count(*) FROM job_ad a WHERE a.title_folded = r.folded AND a.same_as_id IS NULL) AS job_ads,
  r.folded AS role_folded,
  r.tables_version
FROM "role" r
