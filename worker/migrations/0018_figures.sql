-- What the figures of a site are made of, so that no comment is read for them: whether each of the latest verdicts
-- held its comment (1) or not (0), and the seconds that held comments waited for a person, eight digits each; the
-- oldest first.
ALTER TABLE tallies ADD COLUMN verdicts TEXT NOT NULL DEFAULT '';
ALTER TABLE tallies ADD COLUMN waits TEXT NOT NULL DEFAULT '';
UPDATE tallies SET verdicts = coalesce((
    SELECT group_concat(held, '' ORDER BY created_at, seq) FROM (
      SELECT verdict = 'hold' AS held, created_at, seq FROM comments INDEXED BY comments_site
      WHERE site_id = tallies.site_id AND verdict IS NOT NULL AND erased = 0
      ORDER BY created_at DESC, seq DESC LIMIT 1000)), ''),
  waits = coalesce((
    SELECT group_concat(printf('%08d', min(max(waited, 0), 99999999)), '' ORDER BY created_at, seq) FROM (
      SELECT (d.decided_at - coalesce(c.edited_at, c.created_at)) / 1000 AS waited, c.created_at, c.seq FROM (
        SELECT * FROM comments INDEXED BY comments_site WHERE site_id = tallies.site_id
        ORDER BY created_at DESC, seq DESC LIMIT 1000) c
        JOIN decisions d ON d.id = c.decision_id
      WHERE c.verdict = 'hold' AND c.erased = 0 AND d.actor_kind IN ('moderator', 'operator')
      ORDER BY c.created_at DESC, c.seq DESC LIMIT 250)), '');

-- Whether a person approved or refused it, and that stands: what previews of settings and exports look at.
ALTER TABLE comments ADD COLUMN judged INTEGER NOT NULL DEFAULT 0;
UPDATE comments SET judged = 1
WHERE status IN ('approved', 'rejected', 'spam')
  AND decision_id IN (SELECT id FROM decisions WHERE actor_kind IN ('moderator', 'operator'));
CREATE INDEX comments_judged ON comments (site_id, created_at, seq) WHERE judged = 1;
