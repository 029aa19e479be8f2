-- What was decided together is told as one line, which opens: the lines in it (`logged` is 2) are found by what they
-- have in common, and by their comment.
DROP INDEX events_comment;
CREATE INDEX events_comment ON events (comment_id, id) WHERE comment_id IS NOT NULL AND logged > 0;
CREATE INDEX events_bulk ON events (details ->> 'bulkId', id) WHERE logged = 2;

-- The log of a member of staff, and of all acts but those that screening does all day.
CREATE INDEX events_actor ON events (actor_id, id) WHERE logged = 1 AND actor_kind IN ('moderator', 'operator');
CREATE INDEX events_act ON events (act, id) WHERE logged = 1 AND act NOT IN ('comment.approve', 'comment.spam');

-- What staff did to authors themselves, and the former state of a site.
CREATE INDEX events_author ON events (details ->> 'value', id) WHERE act IN ('author.badge', 'ban.add', 'ban.remove');
CREATE INDEX events_site_state ON events (site_id, id) WHERE act IN ('site.add', 'site.change');
