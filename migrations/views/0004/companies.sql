-- Each company with its spellings and what is known of its hiring.
SELECT
  c.id,
  c.name,
  c.name_folded,
  c.cvr,
  (
    SELECT group_concat(spelt.name, ' | ')
    FROM (SELECT n.name FROM company_name n WHERE n.company_id = c.id ORDER BY n.name) AS spelt
  ) AS names,
  (SELECT count(*) FROM move_fact x WHERE x.company_id = c.id AND x.kind = 'hire') AS hires,
  (SELECT count(*) FROM move_fact x WHERE x.company_id = c.id) AS moves,
  (
    SELECT count(*)
    FROM move_fact x
    WHERE x.previous_company_id = c.id AND x.kind = 'hire' AND (x.company_id IS NULL OR x.company_id <> c.id)
  ) AS hired_away,
  (SELECT max(m.start_date_first) FROM move m WHERE m.company_id = c.id AND m.kind = 'hire') AS latest_hire_start,
  (SELECT count(*) FROM job_ad_fact x WHERE x.company_id = c.id) AS job_ads,
  (SELECT count(*) FROM job_ad_fact x WHERE x.company_id = c.id AND x.gone_at IS NULL) AS open_job_ads
FROM company c
