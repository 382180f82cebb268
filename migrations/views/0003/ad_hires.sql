-- Each job ad and the later hire that it is likely to have led to.
SELECT
  h.job_ad_id,
  h.move_id,
  c.name AS company,
  a.company_id,
  a.title,
  ad.function,
  ad.region,
  ad.first_seen AS ad_first_seen,
  ad.gone_at AS ad_gone_at,
  m.person,
  m.person_id,
  m.role,
  m.start_date,
  f.first_seen AS hire_first_seen,
  h.score,
  h.days_to_fill,
  h.reason
FROM hire_ad h
JOIN job_ad a ON a.id = h.job_ad_id
JOIN job_ad_fact ad ON ad.job_ad_id = h.job_ad_id
JOIN move m ON m.id = h.move_id
JOIN move_fact f ON f.move_id = h.move_id
JOIN company c ON c.id = a.company_id
