-- What readers said of a comment and nobody has answered: how much, since when, and what (a bit a reason). Comments that
-- nobody flagged are in none of these lists.
ALTER TABLE comments ADD COLUMN open_flags INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN last_flag_at INTEGER;
ALTER TABLE comments ADD COLUMN flag_reasons INTEGER NOT NULL DEFAULT 0;
UPDATE comments SET (open_flags, last_flag_at, flag_reasons) = (
  SELECT count(*), max(at), max(reason = 'spam') + 2 * max(reason = 'abuse') + 4 * max(reason = 'off_topic')
    + 8 * max(reason = 'personal_data') + 16 * max(reason = 'other')
  FROM flags WHERE comment_seq = comments.seq AND answered_by IS NULL)
WHERE seq IN (SELECT comment_seq FROM flags WHERE answered_by IS NULL);
CREATE INDEX comments_flagged_latest ON comments (last_flag_at, seq, flag_reasons) WHERE open_flags > 0;
CREATE INDEX comments_flagged_latest_site ON comments (site_id, last_flag_at, seq, flag_reasons) WHERE open_flags > 0;
CREATE INDEX comments_flagged_most ON comments (open_flags, seq, flag_reasons) WHERE open_flags > 0;
CREATE INDEX comments_flagged_most_site ON comments (site_id, open_flags, seq, flag_reasons) WHERE open_flags > 0;

-- `at_once`: it brings the comment before a person alone. `upheld`: whether a person agreed (1), or not (0), when answering
-- it. `muted`: it counts nowhere, because its reader is muted.
ALTER TABLE flags ADD COLUMN site_id TEXT NOT NULL DEFAULT '';
ALTER TABLE flags ADD COLUMN at_once INTEGER NOT NULL DEFAULT 0;
ALTER TABLE flags ADD COLUMN upheld INTEGER;
ALTER TABLE flags ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
UPDATE flags SET site_id = (SELECT site_id FROM comments WHERE seq = flags.comment_seq),
  upheld = (SELECT CASE WHEN d.action IN ('reject', 'spam', 'delete', 'edit', 'redact') THEN 1
    WHEN d.action = 'approve' AND d.status_before = 'approved' THEN 0 END FROM decisions d WHERE d.id = flags.answered_by);
DROP INDEX flags_open;
CREATE INDEX flags_open ON flags (comment_seq, at) WHERE answered_by IS NULL;
CREATE INDEX flags_at_once ON flags (site_id) WHERE at_once = 1 AND answered_by IS NULL;
CREATE INDEX flags_of_reader ON flags (site_id, reader);

-- Those who flagged, by the start of the hash of the token they keep: how often staff agreed with them, and who is muted.
CREATE TABLE reporters (
  site_id TEXT NOT NULL REFERENCES sites (id),
  id TEXT NOT NULL,
  upheld INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  answered_at INTEGER NOT NULL,
  muted_at INTEGER,
  muted_by TEXT,
  PRIMARY KEY (site_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO reporters (site_id, id, upheld, refused, answered_at)
SELECT f.site_id, substr(f.reader, 1, 16), sum(f.upheld), sum(1 - f.upheld), max(d.decided_at)
FROM flags f JOIN decisions d ON d.id = f.answered_by WHERE f.upheld IS NOT NULL GROUP BY 1, 2;
CREATE INDEX reporters_age ON reporters (answered_at) WHERE muted_at IS NULL;
CREATE INDEX reporters_muted ON reporters (muted_at, id) WHERE muted_at IS NOT NULL;
CREATE INDEX reporters_muted_site ON reporters (site_id, muted_at, id) WHERE muted_at IS NOT NULL;

-- How many comments of a site have open flags.
ALTER TABLE tallies ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
UPDATE tallies SET reported = (
  SELECT count(*) FROM comments c INDEXED BY comments_flagged_latest_site
  WHERE c.site_id = tallies.site_id AND c.open_flags > 0);
ALTER TABLE totals ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
UPDATE totals SET reported = (SELECT coalesce(sum(reported), 0) FROM tallies);
DROP TRIGGER tallies_changed;
CREATE TRIGGER tallies_changed AFTER UPDATE OF held, flagged, reported, appeals, spam, total, version ON tallies
WHEN (NEW.held, NEW.flagged, NEW.reported, NEW.appeals, NEW.spam, NEW.total, NEW.version)
  IS NOT (OLD.held, OLD.flagged, OLD.reported, OLD.appeals, OLD.spam, OLD.total, OLD.version)
BEGIN
  UPDATE totals SET held = held + NEW.held - OLD.held, flagged = flagged + NEW.flagged - OLD.flagged,
    reported = reported + NEW.reported - OLD.reported, appeals = appeals + NEW.appeals - OLD.appeals,
    spam = spam + NEW.spam - OLD.spam, total = total + NEW.total - OLD.total,
    version = version + NEW.version - OLD.version;
END;
DROP TRIGGER tallies_removed;
CREATE TRIGGER tallies_removed AFTER DELETE ON tallies
BEGIN
  UPDATE totals SET held = held - OLD.held, flagged = flagged - OLD.flagged, reported = reported - OLD.reported,
    appeals = appeals - OLD.appeals, spam = spam - OLD.spam, total = total - OLD.total, version = version + 1;
END;
