-- title: What could not be read
-- description: An announcement that no rule reads whole is kept with its text, and read again by each newer release.
-- column reason: why not
-- column announcements: how many
-- column example: one of them
SELECT reason, count(*) AS announcements, min(text) AS example
FROM unparsed_announcements
GROUP BY reason
ORDER BY announcements DESC, reason
