-- Lessons that a model is made of lie in packs, some dozens in a row: the latest thousand of each class. Of the others
-- only what they count together with is kept; their texts are read again where they are needed again.
CREATE TABLE lesson_packs (
  site_id TEXT NOT NULL REFERENCES sites (id),
  pack INTEGER NOT NULL,
  lessons TEXT NOT NULL,
  PRIMARY KEY (site_id, pack)
) STRICT, WITHOUT ROWID;

INSERT INTO lesson_packs (site_id, pack, lessons)
SELECT site_id, n / 64 + 1, json_group_array(json_object('seq', comment_seq, 'label', label, 'author', author_id,
  'source', source, 'cluster', cluster, 'features', features))
FROM (
  SELECT l.*, row_number() OVER (PARTITION BY l.site_id ORDER BY l.comment_seq) - 1 AS n
  FROM (
    SELECT s.id AS site_id, k.label AS label, coalesce((
      SELECT comment_seq FROM lessons INDEXED BY lessons_label
      WHERE site_id = s.id AND label = k.label AND place < 20 ORDER BY comment_seq DESC LIMIT 1 OFFSET 999), 0) AS least
    FROM sites s CROSS JOIN (SELECT 'fine' AS label UNION ALL SELECT 'spam') k) e
  CROSS JOIN lessons l INDEXED BY lessons_label
    ON l.site_id = e.site_id AND l.label = e.label AND l.place < 20 AND l.comment_seq >= e.least)
GROUP BY site_id, n / 64;

CREATE TABLE lessons_next (
  site_id TEXT NOT NULL REFERENCES sites (id),
  comment_seq INTEGER NOT NULL,
  label TEXT NOT NULL CHECK (label IN ('fine', 'spam')),
  author_id INTEGER NOT NULL,
  source INTEGER,
  cluster INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (site_id, comment_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO lessons_next (site_id, comment_seq, label, author_id, source, cluster, place)
SELECT site_id, comment_seq, label, author_id, source, cluster, place FROM lessons;
DROP TABLE lessons;
ALTER TABLE lessons_next RENAME TO lessons;

-- Lessons of a flood are spare: so many of its group came before (`place`). They are told apart, so that neither how
-- many there are nor which comes next is a matter of reading all.
CREATE INDEX lessons_label ON lessons (site_id, label, comment_seq) WHERE place < 20;
CREATE INDEX lessons_author_id ON lessons (site_id, label, author_id) WHERE place < 20;
CREATE INDEX lessons_source ON lessons (site_id, label, source) WHERE place < 20 AND source IS NOT NULL;
CREATE INDEX lessons_cluster ON lessons (site_id, label, cluster) WHERE place < 20;
CREATE INDEX lessons_spare_author_id ON lessons (site_id, label, author_id) WHERE place >= 20;
CREATE INDEX lessons_spare_source ON lessons (site_id, label, source) WHERE place >= 20 AND source IS NOT NULL;
CREATE INDEX lessons_spare_cluster ON lessons (site_id, label, cluster) WHERE place >= 20;
