-- About the bytes that a site's comments take, as `store/sizes.ts` reckons them: kept as they change, and counted once.
ALTER TABLE tallies ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE tallies SET bytes = o.bytes FROM (
  SELECT site_id, sum(2000 + octet_length(body) + octet_length(content) + octet_length(name)
    + coalesce(octet_length(email), 0) + coalesce(octet_length(url), 0) + octet_length(page_url)
    + octet_length(page_title)) AS bytes
  FROM comments GROUP BY site_id) o
WHERE tallies.site_id = o.site_id;
UPDATE tallies SET bytes = tallies.bytes + o.bytes FROM (
  SELECT c.site_id, sum(octet_length(r.body) + octet_length(r.content) + 200) AS bytes
  FROM revisions r JOIN comments c ON c.seq = r.comment_seq GROUP BY c.site_id) o
WHERE tallies.site_id = o.site_id;
