-- What became of an author's wish for another look: it waits (`open`), or staff upheld the refusal or overturned it, with
-- words for the author. A decision keeps what it found, so that its undo brings it back.
ALTER TABLE comments ADD COLUMN appeal_state TEXT CHECK (appeal_state IN ('open', 'upheld', 'overturned'));
ALTER TABLE comments ADD COLUMN appeal_answer TEXT;
ALTER TABLE decisions ADD COLUMN appeal_before TEXT;
UPDATE comments SET appeal_state = CASE
  WHEN status = 'pending' AND (SELECT action FROM decisions WHERE id = decision_id) = 'appeal' THEN 'open'
  WHEN status IN ('pending', 'approved') THEN 'overturned' ELSE 'upheld' END
WHERE appeal IS NOT NULL AND erased = 0;
UPDATE decisions SET appeal_before = 'open'
WHERE decision_before IN (SELECT id FROM decisions WHERE action = 'appeal');
CREATE INDEX comments_appeals ON comments (created_at, seq) WHERE appeal_state = 'open';
CREATE INDEX comments_appeals_site ON comments (site_id, created_at, seq) WHERE appeal_state = 'open';
CREATE INDEX comments_appeals_thread ON comments (thread_id, created_at, seq) WHERE appeal_state = 'open';
INSERT INTO unindexed (seq, day) SELECT seq, created_at / 86400000 FROM comments WHERE appeal_state = 'open';

ALTER TABLE tallies ADD COLUMN appeals INTEGER NOT NULL DEFAULT 0;
UPDATE tallies SET appeals = (
  SELECT count(*) FROM comments c INDEXED BY comments_appeals_site
  WHERE c.site_id = tallies.site_id AND c.appeal_state = 'open');
ALTER TABLE totals ADD COLUMN appeals INTEGER NOT NULL DEFAULT 0;
UPDATE totals SET appeals = (SELECT coalesce(sum(appeals), 0) FROM tallies);
DROP TRIGGER tallies_changed;
CREATE TRIGGER tallies_changed AFTER UPDATE OF held, flagged, appeals, spam, total, version ON tallies
WHEN (NEW.held, NEW.flagged, NEW.appeals, NEW.spam, NEW.total, NEW.version)
  IS NOT (OLD.held, OLD.flagged, OLD.appeals, OLD.spam, OLD.total, OLD.version)
BEGIN
  UPDATE totals SET held = held + NEW.held - OLD.held, flagged = flagged + NEW.flagged - OLD.flagged,
    appeals = appeals + NEW.appeals - OLD.appeals,
    spam = spam + NEW.spam - OLD.spam, total = total + NEW.total - OLD.total,
    version = version + NEW.version - OLD.version;
END;
DROP TRIGGER tallies_removed;
CREATE TRIGGER tallies_removed AFTER DELETE ON tallies
BEGIN
  UPDATE totals SET held = held - OLD.held, flagged = flagged - OLD.flagged, appeals = appeals - OLD.appeals,
    spam = spam - OLD.spam, total = total - OLD.total, version = version + 1;
END;
