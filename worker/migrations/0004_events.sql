-- What happened, as ids and codes; the audit log is the part of it that staff reads (`logged`). An event never
-- holds what an author wrote: whoever shows it reads reasons and findings where they stand. Rows are never removed,
-- so ids go up without being counted apart.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  act TEXT NOT NULL,
  site_id TEXT,
  comment_id TEXT,
  details TEXT NOT NULL DEFAULT '{}',
  logged INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Until now entries kept reasons and findings, and findings name authors and quote comments; and they kept the
-- addresses of bans. Now they keep which decision and which ban it was.
INSERT INTO events (id, at, actor_kind, actor_id, actor_name, act, site_id, comment_id, details)
SELECT id, at, actor_kind, actor_id, actor_name, act, site_id, comment_id,
  CASE
    WHEN act IN ('comment.approve', 'comment.reject', 'comment.spam', 'comment.delete', 'comment.restore',
      'comment.edit', 'comment.withdraw', 'comment.appeal')
    THEN json_patch(json_remove(details, '$.reason', '$.findings'), coalesce((
      SELECT json_object('decisionId', d.id, 'revision', d.revision)
      FROM comments c JOIN decisions d INDEXED BY decisions_comment
        ON d.comment_seq = c.seq AND d.decided_at = l.at AND 'comment.' || d.action = l.act
      WHERE c.id = l.comment_id LIMIT 1), '{}'))
    WHEN act IN ('ban.add', 'ban.remove')
    THEN json_patch(
      CASE details ->> 'kind' WHEN 'address' THEN json_remove(details, '$.value', '$.reason')
        ELSE json_remove(details, '$.reason') END,
      coalesce((SELECT json_object('banId', b.id) FROM bans b
        WHERE b.site_id = l.site_id AND b.kind = details ->> 'kind' AND b.value = details ->> 'value'), '{}'))
    ELSE details
  END
FROM audit_log l ORDER BY id;
DROP TABLE audit_log;

CREATE INDEX events_log ON events (id) WHERE logged = 1;
CREATE INDEX events_site ON events (site_id, id) WHERE logged = 1;
CREATE INDEX events_comment ON events (comment_id, id) WHERE comment_id IS NOT NULL AND logged = 1;
CREATE TRIGGER events_keep_rows BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_keep_words BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Notes go with their writer's last comment.
CREATE INDEX flags_noted ON flags (reader) WHERE note <> '';

-- What is still to be told to the outside: to whom, about what, and not before `next_at`. Whoever takes a row
-- pushes `next_at` on and gives it its next `turn`, so that nobody else delivers it meanwhile, and it comes again
-- if they never come back. Delivered rows are removed; those given up stay for a while.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  destination TEXT NOT NULL,
  subject TEXT NOT NULL,
  site_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  turn INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  dead_at INTEGER,
  UNIQUE (destination, subject)
) STRICT;
CREATE INDEX outbox_due ON outbox (next_at) WHERE dead_at IS NULL;
CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;
