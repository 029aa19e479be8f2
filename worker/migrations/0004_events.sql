-- What happened, as ids and codes; the audit log is the part of it that staff reads (`logged`). An event never
-- holds what an author wrote: whoever shows it reads reasons and findings where they stand.
DROP TRIGGER audit_log_keeps_rows;
DROP TRIGGER audit_log_keeps_words;
DROP INDEX audit_log_site;
DROP INDEX audit_log_comment;
ALTER TABLE audit_log RENAME TO events;
ALTER TABLE events ADD COLUMN logged INTEGER NOT NULL DEFAULT 1;

-- Until now entries kept reasons and findings, and findings name authors and quote comments. They keep the
-- decision instead.
UPDATE events SET details = json_patch(json_remove(details, '$.reason', '$.findings'), coalesce((
  SELECT json_object('decisionId', d.id, 'revision', d.revision)
  FROM comments c JOIN decisions d INDEXED BY decisions_comment
    ON d.comment_seq = c.seq AND d.decided_at = events.at AND 'comment.' || d.action = events.act
  WHERE c.id = events.comment_id LIMIT 1), '{}'))
WHERE act IN ('comment.approve', 'comment.reject', 'comment.spam', 'comment.delete', 'comment.restore',
  'comment.edit', 'comment.withdraw', 'comment.appeal');

-- They kept the addresses of bans, too. Those stay with the ban as long as it does.
UPDATE events SET details = json_patch(
  CASE details ->> 'kind' WHEN 'address' THEN json_remove(details, '$.value', '$.reason')
    ELSE json_remove(details, '$.reason') END,
  coalesce((SELECT json_object('banId', b.id) FROM bans b
    WHERE b.site_id = events.site_id AND b.kind = details ->> 'kind' AND b.value = details ->> 'value'), '{}'))
WHERE act IN ('ban.add', 'ban.remove');

CREATE INDEX events_log ON events (id) WHERE logged = 1;
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
