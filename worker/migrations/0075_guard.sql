-- What people refuse for another reason than advertising is a lesson, too, and what screening publishes is held to it.
CREATE TABLE lessons_next (
  site_id TEXT NOT NULL REFERENCES sites (id),
  comment_seq INTEGER NOT NULL,
  label TEXT NOT NULL CHECK (label IN ('fine', 'spam', 'refused')),
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

CREATE INDEX lessons_label ON lessons (site_id, label, comment_seq) WHERE place < 20;
CREATE INDEX lessons_author_id ON lessons (site_id, label, author_id) WHERE place < 20;
CREATE INDEX lessons_source ON lessons (site_id, label, source) WHERE place < 20 AND source IS NOT NULL;
CREATE INDEX lessons_cluster ON lessons (site_id, label, cluster) WHERE place < 20;
CREATE INDEX lessons_spare_author_id ON lessons (site_id, label, author_id) WHERE place >= 20;
CREATE INDEX lessons_spare_source ON lessons (site_id, label, source) WHERE place >= 20 AND source IS NOT NULL;
CREATE INDEX lessons_spare_cluster ON lessons (site_id, label, cluster) WHERE place >= 20;

-- Made and kept with the model. An empty one: those lessons make none.
ALTER TABLE learners ADD COLUMN guard TEXT NOT NULL DEFAULT '';
-- The same of a model on its way.
ALTER TABLE fits ADD COLUMN guard_sums TEXT NOT NULL DEFAULT '';
ALTER TABLE fits ADD COLUMN guard_scores TEXT NOT NULL DEFAULT '';

-- The latest refusals of each site are taken in.
INSERT OR IGNORE INTO untaught (comment_seq, site_id, since)
SELECT seq, site_id, 0 FROM (
  SELECT c.seq, c.site_id, row_number() OVER (PARTITION BY c.site_id ORDER BY c.seq DESC) AS place
  FROM comments c INDEXED BY comments_judged CROSS JOIN decisions d ON d.id = c.decision_id
  WHERE c.judged = 1 AND c.status = 'rejected' AND d.reason NOT IN ('advertising', 'repeat', 'banned'))
WHERE place <= 150;
