-- Each request and how it ended.
SELECT
  f.id,
  f.run_id,
  s.name AS source,
  f.page_id,
  p.kind AS page_kind,
  f.at,
  f.outcome,
  f.url,
  f.final_url,
  f.status,
  f.reason,
  f.detail,
  f.bytes_received,
  f.elapsed_ms,
  f.etag,
  f.last_modified,
  f.body_sha256,
  f.archive_file,
  f.archive_offset,
  f.allowed_by,
  f.headings,
  f.reservation
FROM "fetch" f
JOIN page p ON p.id = f.page_id
JOIN source s ON s.id = f.source_id
