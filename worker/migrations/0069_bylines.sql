-- A lesson keeps how name and website look. Those of comments with a website are read again from their comments.
INSERT OR IGNORE INTO untaught (comment_seq, site_id, since)
SELECT c.seq, c.site_id, 0
FROM lesson_packs p CROSS JOIN json_each(p.lessons) l CROSS JOIN comments c ON c.seq = l.value ->> 'seq'
WHERE c.url IS NOT NULL;
