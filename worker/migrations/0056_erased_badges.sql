-- An event never changes, but that one about a badge loses its words with the person who is erased.
DROP TRIGGER events_keep_words;
UPDATE events INDEXED BY events_author
SET details = json_remove(details, '$.former', iif(details ->> 'badge' IS NULL, '$.former', '$.badge'))
WHERE details ->> 'value' IN (
    SELECT public_id FROM authors WHERE id IN (SELECT author_id FROM erasures WHERE ended_at IS NOT NULL))
  AND act = 'author.badge' AND act IN ('author.badge', 'author.trust', 'author.erase', 'ban.add', 'ban.remove');
CREATE TRIGGER events_keep_words BEFORE UPDATE ON events
WHEN old.act <> 'author.badge'
  OR new.details <> json_remove(old.details, '$.former', iif(old.details ->> 'badge' IS NULL, '$.former', '$.badge'))
  OR (new.id, new.at, new.actor_kind, new.actor_id, new.actor_name, new.act, new.site_id, new.comment_id, new.logged)
    IS NOT (old.id, old.at, old.actor_kind, old.actor_id, old.actor_name, old.act, old.site_id, old.comment_id, old.logged)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
