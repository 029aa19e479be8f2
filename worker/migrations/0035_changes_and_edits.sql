-- Decisions learn the acts `reject_change` (readers keep the earlier text) and `redact` (a text of the staff's in place of
-- one that is gone for good), and who took them back.
CREATE TABLE decisions_next (
  id TEXT PRIMARY KEY,
  comment_seq INTEGER NOT NULL REFERENCES comments (seq),
  revision INTEGER NOT NULL,
  action TEXT NOT NULL
    CHECK (action IN ('approve', 'reject', 'reject_change', 'spam', 'delete', 'restore', 'edit', 'redact',
      'withdraw', 'appeal')),
  reason TEXT,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('moderator', 'screening', 'author', 'operator')),
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  status_before TEXT NOT NULL,
  status_after TEXT NOT NULL,
  shown_before INTEGER,
  flags_before INTEGER NOT NULL DEFAULT 0,
  decision_before TEXT,
  decided_at INTEGER NOT NULL,
  undone_at INTEGER,
  undone_by TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO decisions_next (id, comment_seq, revision, action, reason, actor_kind, actor_id, actor_name,
  status_before, status_after, shown_before, flags_before, decision_before, decided_at, undone_at)
SELECT id, comment_seq, revision, action, reason, actor_kind, actor_id, actor_name,
  status_before, status_after, shown_before, flags_before, decision_before, decided_at, undone_at FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_next RENAME TO decisions;
CREATE INDEX decisions_comment ON decisions (comment_seq, decided_at);
UPDATE decisions SET undone_by = (
  SELECT e.actor_name FROM comments c JOIN events e INDEXED BY events_comment ON e.comment_id = c.id
    AND e.logged = 1 AND e.logged > 0
  WHERE c.seq = decisions.comment_seq AND e.act = 'comment.undo' AND e.details ->> 'decisionId' = decisions.id LIMIT 1)
WHERE undone_at IS NOT NULL;

-- When a version was made, unless it is the first, and by whom: `staff`, or null for its author. A comment's own columns
-- are of its latest version.
ALTER TABLE comments ADD COLUMN edited_by TEXT CHECK (edited_by = 'staff');
ALTER TABLE revisions ADD COLUMN edited_by TEXT CHECK (edited_by = 'staff');
ALTER TABLE revisions ADD COLUMN edited_at INTEGER;
UPDATE revisions SET edited_at = (
  SELECT b.replaced_at FROM revisions b
  WHERE b.comment_seq = revisions.comment_seq AND b.revision = revisions.revision - 1);
